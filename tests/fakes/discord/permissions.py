"""Permissions: bits, and what a channel's overwrites make of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BITS = {
    "administrator": 3,
    "manage_channels": 4,
    "add_reactions": 6,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "mention_everyone": 17,
    "use_external_emojis": 18,
    "use_application_commands": 31,
    "manage_threads": 34,
    "create_public_threads": 35,
    "create_private_threads": 36,
    "send_messages_in_threads": 38,
    "use_external_apps": 50,
}
ALL = (1 << 53) - 1


def bits(*names: str) -> int:
    """The value of some permissions."""
    return sum(1 << BITS[name] for name in names)


EVERYONE = bits(
    "add_reactions",
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "use_external_emojis",
    "use_application_commands",
    "create_public_threads",
    "send_messages_in_threads",
    "use_external_apps",
)
IN_PRIVATE = EVERYONE | bits("mention_everyone")


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel gives to and takes from a role (type 0) or a member (type 1)."""

    target: int
    type: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Overwrites:
    """A channel's, by target; later ones win."""

    entries: dict[int, Overwrite] = field(default_factory=dict)

    def change(self, target: int, type_: int, *, allow: int = 0, deny: int = 0) -> None:
        """Allow some bits and deny others; what isn't named stays."""
        old = self.entries.get(target, Overwrite(target, type_))
        self.entries[target] = Overwrite(
            target, type_, (old.allow | allow) & ~deny, (old.deny | deny) & ~allow
        )

    def applied(self, base: int, targets: list[int]) -> int:
        """The permissions of somebody with these targets: the guild's first, roles, the member last."""
        if base & bits("administrator"):
            return ALL
        for target in targets:
            found: Mapping[int, Overwrite] = self.entries
            if target in found:
                base = (base & ~found[target].deny) | found[target].allow
        return base
