"""Calls to the Bot API: in time, within its limits, errors translated, doubtful answers cleared up."""
