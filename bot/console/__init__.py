"""The maintainers' console: what is said and asked when a maintainer works on the booth from a chat."""
