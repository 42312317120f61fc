"""The rims: platforms, the command line, settings and the one composition root."""
