"""Which events a session gets: https://docs.discord.com/developers/events/gateway#gateway-intents."""

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
GUILD_REACTIONS = 1 << 10
DIRECT_MESSAGES = 1 << 12
DIRECT_REACTIONS = 1 << 13
MESSAGE_CONTENT = 1 << 15

PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT

_BY_EVENT = {
    "MESSAGE": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "MESSAGE_REACTION": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "GUILD": (GUILDS, GUILDS),
    "CHANNEL": (GUILDS, GUILDS),
    "THREAD": (GUILDS, GUILDS),
}


def needed(event: str, *, private: bool) -> int:
    """The intent that an event needs; 0 where it needs none (INTERACTION_CREATE)."""
    family = event.rsplit("_", 1)[0]
    in_guild, in_private = _BY_EVENT.get(family, (0, 0))
    return in_private if private else in_guild
