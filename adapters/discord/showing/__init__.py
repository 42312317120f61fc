"""What Discord shows: cards, pictures, menus, feeds, the console's replies and forms."""
