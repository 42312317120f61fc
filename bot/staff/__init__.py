"""The workers: each claims what the store says is due, does it, and writes down that it is done."""
