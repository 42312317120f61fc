"""Calls to Discord: bounded in time, sent once or safely again, with its errors translated."""
