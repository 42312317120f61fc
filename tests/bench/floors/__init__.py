"""What the same work costs with nothing around it. Each module imports little: imports are memory."""
