"""Which of a message's attachments are pictures, and what came instead of one. Pure."""

from collections.abc import Iterator

import discord

from adapters.discord.events import Attached, Nothing

AVATAR_PX = 1024  # a megapixel is what intake makes of a photo; Discord scales avatars to powers of two
SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp")


def of_message(message: discord.Message) -> tuple[Attached, ...]:
    """The pictures of a message, of what it forwards, and of its media galleries, in their order."""
    found = {attached.id: attached for attached in _attached(message)}
    return tuple(found.values())


def of_option(attachment: discord.Attachment) -> tuple[Attached, ...]:
    """The picture that was given to a command; none where it is something else."""
    return (_as_attached(attachment, 0, 0),) if is_picture(attachment) else ()


def of_user(user: discord.User | discord.Member) -> Attached:
    """A user's avatar as it is shown in this place."""
    avatar = user.display_avatar.with_static_format("png").with_size(AVATAR_PX)
    return Attached(0, avatar.url)


def is_picture(attachment: discord.Attachment) -> bool:
    """By its type, and by its name where Discord doesn't know the type, as with some phones' HEIC."""
    kind = attachment.content_type or ""
    named = attachment.filename.casefold().endswith(SUFFIXES)
    return kind.startswith("image/") or (named and kind in ("", "application/octet-stream"))


def instead(message: discord.Message) -> Nothing:
    """What a message without a picture holds."""
    if message.stickers:
        return "sticker"
    return next((_kind(attachment) for attachment in message.attachments), "text")


def instead_of(attachment: discord.Attachment) -> Nothing:
    """What was given to a command instead of a picture."""
    return _kind(attachment)


def as_attached(attachment: discord.Attachment) -> Attached:
    """What was given to a command: nothing but its address leads to it."""
    return _as_attached(attachment, 0, 0)


def _kind(attachment: discord.Attachment) -> Nothing:
    kind = (attachment.content_type or "").partition("/")[0]
    if attachment.is_voice_message() or kind == "audio":
        return "sound"
    return "moving" if kind == "video" else "file"


def _attached(message: discord.Message) -> Iterator[Attached]:
    attachments = [*message.attachments]
    for snapshot in message.message_snapshots:
        attachments += snapshot.attachments
    for attachment in attachments:
        if is_picture(attachment):
            yield _as_attached(attachment, message.channel.id, message.id)
    for gallery in _galleries(message):
        for item in gallery.items:
            yield from _in_gallery(item.media, message)


def _galleries(message: discord.Message) -> Iterator[discord.MediaGalleryComponent]:
    for component in message.components:
        parts = component.children if isinstance(component, discord.Container) else [component]
        yield from (part for part in parts if isinstance(part, discord.MediaGalleryComponent))


def _in_gallery(media: discord.UnfurledMediaItem, message: discord.Message) -> Iterator[Attached]:
    """Only what was uploaded to Discord: other addresses are whoever's, and are not called."""
    if media.attachment_id and (media.content_type or "image/").startswith("image/"):
        yield Attached(media.attachment_id, media.url, 0, message.channel.id, message.id)


def _as_attached(attachment: discord.Attachment, channel: int, message: int) -> Attached:
    return Attached(attachment.id, attachment.url, attachment.size, channel, message)
