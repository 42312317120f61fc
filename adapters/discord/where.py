"""Where on Discord something happened, and how it is answered there.

It stands in every event, and it is the context of a job: kept in the job's row, in this adapter's notation.
"""

from dataclasses import field, replace

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bot.nouns import ChatKey, GuestKey

PLATFORM = "discord"
UPLOAD_LIMIT = 10 << 20  # bytes a file where nothing better is known; boosted servers allow more


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of the place.

    Attributes:
        channel: Discord's id of the channel, thread or direct messages.
        guild: The server; None outside of servers.
        member: Whether the bot itself is there, and so may speak through the channel. False where a guest
            brings it along (user install): there only the interaction's token reaches, while it lives.
        thread: Whether the channel is a thread.
        reply: The message that the answer belongs to; 0 for none.
        application: Our own id, which the token's addresses need.
        interaction: The interaction's id; 0 for what came as a message.
        token: Of the interaction. Without it, only the channel can be used.
        expires: When the token ends, in seconds since the epoch.
        thinking: Whether the interaction's answer (``@original``) shows that we think and has to become
            a message. False for presses: there ``@original`` is the message under the button.
        ephemeral: Whether that answer is seen by its guest only, so that only the token can edit it.
        upload_limit: Bytes a file may have here.
        permissions: What the bot may do here, as Discord's bits; None where it isn't known.
        language: In which the guest is answered; empty until the event is handled.
        user: Whose picture it is, by Discord's id; 0 until the event is handled.
    """

    channel: int
    guild: int | None = None
    member: bool = True
    thread: bool = False
    reply: int = 0
    application: int = 0
    interaction: int = 0
    token: str = field(default="", repr=False)
    expires: float = 0.0
    thinking: bool = False
    ephemeral: bool = False
    upload_limit: int = UPLOAD_LIMIT
    permissions: int | None = None
    language: str = ""
    user: int = 0

    @property
    def private(self) -> bool:
        """Whether guest and bot are alone."""
        return self.guild is None and self.member

    def of(self, user: int, language: str) -> "Where":
        """The same place, for this guest's picture, answered in this language."""
        return replace(self, user=user, language=language)

    def write(self) -> str:
        """The context of a job."""
        return _adapter.dump_json(self).decode()


_adapter = TypeAdapter(Where)


def read(context: str) -> Where:
    """The place of a kept context; one that can't be read is nowhere: channel 0."""
    try:
        return _adapter.validate_json(context)
    except ValidationError:
        return Where(0)


def guest_key(user: int) -> GuestKey:
    """A guest, by Discord's id."""
    return GuestKey(f"{PLATFORM}:{user}")


def chat_key(channel: int) -> ChatKey:
    """A chat, by Discord's id of the channel."""
    return ChatKey(f"{PLATFORM}:{channel}")


def chat_id(key: str) -> int:
    """Discord's id of a chat's key."""
    return int(key.partition(":")[2])
