"""Guests' use cases: photos taken in, pictures shared, kept and forgotten, and what everybody may see."""
