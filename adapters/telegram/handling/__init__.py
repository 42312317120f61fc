"""What is done about each event of a guest or a maintainer."""
