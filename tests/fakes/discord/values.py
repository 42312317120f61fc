"""The nouns of a channel, frozen: users, files, what stands in a message, and its versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]
"""A JSON object as it travels."""

EPHEMERAL = 1 << 6
LOADING = 1 << 7
SILENT = 1 << 12
COMPONENTS_V2 = 1 << 15

BUTTON, THUMBNAIL, GALLERY, FILE, TEXT = 2, 11, 12, 13, 10
SELECTS = frozenset({3, 5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class User:
    """A person, or the bot; ``avatar`` is the hash under which the CDN has the picture."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    avatar: str | None = None

    @property
    def mention(self) -> str:
        """How a message names the user."""
        return f"<@{self.id}>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message or of an interaction; lengths in pixels, None where it is no picture."""

    id: int
    name: str
    kind: str
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None
    description: str | None = None
    ephemeral: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button as it is seen."""

    label: str
    custom_id: str | None
    emoji: str
    disabled: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Select:
    """A select menu as it is seen; ``options`` are (label, value)."""

    custom_id: str
    type: int
    placeholder: str
    options: tuple[tuple[str, str], ...]
    disabled: bool


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a message; ``flags`` are those that belong to the words, such as Components V2."""

    words: str = ""
    attachments: tuple[Attachment, ...] = ()
    components: tuple[JsonObject, ...] = ()
    embeds: tuple[JsonObject, ...] = ()
    flags: int = 0
    mentions: tuple[int, ...] = ()

    @property
    def v2(self) -> bool:
        """Whether it is made of Components V2."""
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """Everything that can be read: the words, or all text displays, line under line."""
        texts = [part["content"] for part in walk(self.components) if part["type"] == TEXT]
        return "\n".join(filter(None, [self.words, *texts]))


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message answers."""

    message: int
    channel: int


@dataclass(frozen=True, slots=True)
class Message:
    """One version of a message: an edit makes the next one.

    Attributes:
        only_for: The one user who sees an ephemeral message.
        interaction: ``interaction_metadata``'s id.
        forwarded: What stood in the message that this one forwards; ``reply_to`` is that message.
        reactions: Users by emoji.
    """

    id: int
    channel: int
    author: User
    content: Content = Content()
    flags: int = 0
    reply_to: Reference | None = None
    edited: float | None = None
    nonce: str | None = None
    only_for: int | None = None
    interaction: int | None = None
    forwarded: Content | None = None
    reactions: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        """Whether it shows that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.author.bot

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """All files, seen or not."""
        return self.content.attachments

    @property
    def words(self) -> str:
        """Everything that can be read: the content, or all text displays, line under line."""
        return self.content.text

    @property
    def shown(self) -> tuple[Attachment, ...]:
        """The files that are seen: with Components V2 only those that a component shows."""
        if not self.content.v2:
            return self.attachments
        urls = list(media_urls(self.content.components))
        return tuple(file for url in urls for file in self.attachments if meant(file, url))

    @property
    def pictures(self) -> tuple[bytes, ...]:
        """The bytes of the pictures that are seen."""
        return tuple(file.content for file in self.shown if file.kind.startswith("image/"))

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, from top to bottom."""
        return tuple(_button(part) for part in walk(self.content.components) if part["type"] == BUTTON)

    @property
    def selects(self) -> tuple[Select, ...]:
        """All select menus."""
        return tuple(_select(part) for part in walk(self.content.components) if part["type"] in SELECTS)


def walk(components: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """Every component, those inside others too, in reading order."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        yield from walk([component[key] for key in ("accessory", "component") if key in component])


def media(components: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """Every media item that a component shows, as ``{"url": …}``."""
    for part in walk(components):
        if part["type"] == GALLERY:
            yield from (item["media"] for item in part["items"])
        elif part["type"] == THUMBNAIL:
            yield part["media"]
        elif part["type"] == FILE:
            yield part["file"]


def media_urls(components: Sequence[JsonObject]) -> Iterator[str]:
    """The URL of every media item."""
    return (item["url"] for item in media(components))


def meant(file: Attachment, url: str) -> bool:
    """Whether a media item's URL means this file: by its name, or by its place on the CDN."""
    return url == f"attachment://{file.name}" or f"/{file.id}/{file.name}" in url


def _button(part: JsonObject) -> Button:
    emoji = (part.get("emoji") or {}).get("name") or ""
    custom_id, disabled = part.get("custom_id"), bool(part.get("disabled"))
    return Button(part.get("label") or "", custom_id, emoji, disabled, part.get("url"))


def _select(part: JsonObject) -> Select:
    options = tuple((option["label"], option["value"]) for option in part.get("options", ()))
    placeholder, disabled = part.get("placeholder") or "", bool(part.get("disabled"))
    return Select(part["custom_id"], part["type"], placeholder, options, disabled)
