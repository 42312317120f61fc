"""What Telegram shows: cards, pictures, feeds, the console's replies, sheets, menus."""
