"""Formatted text: what a bot writes in HTML or Markdown, and what Telegram recognises by itself."""
