"""The serving process for an hour or a night: guests on all chats, faults, and whether anything grows."""
