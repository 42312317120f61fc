"""The styles that are there: the shelf, and what the store and the renderer know of them."""
