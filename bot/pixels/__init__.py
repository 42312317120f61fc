"""All work on pixels: photos cleaned, pictures framed and joined, charts and codes drawn."""
