"""From Telegram to the inbox: updates asked for or posted, translated into our words, written down."""
