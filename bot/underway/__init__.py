"""What is under way: the lines, how jobs come in and end, and what guests are told meanwhile."""
