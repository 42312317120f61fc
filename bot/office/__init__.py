"""Maintainers' use cases: who they are, and all that they do with styles, pictures and the booth."""
