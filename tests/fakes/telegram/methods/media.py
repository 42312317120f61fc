"""A call's words and files as the content of a message."""

from dataclasses import replace
from typing import Any

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import Attachment, Content, JsonObject, PhotoSize
from tests.fakes.telegram.wording.formatted import caption, text
from tests.fakes.telegram.world import World

SENT = "message is too long"
EDITED = "MESSAGE_TOO_LONG"
KINDS = {"photo": "photos", "document": "documents"}


def text_content(call: Call, keyboard: JsonObject | None, too_long: str) -> Content:
    """A text message.

    Raises:
        Refused: the text is empty, too long or unreadable.
    """
    entities = call.structure("entities", "entities") or ()
    wording = text(call.text("text"), call.text("parse_mode"), entities, too_long)
    return Content(wording.text, wording.entities, keyboard=keyboard)


def captioned(content: Content, source: JsonObject) -> Content:
    """The same media under the caption that a call or an ``InputMedia`` gives.

    Raises:
        Refused: too long, or unreadable.
    """
    wording = caption(
        str(source.get("caption") or ""),
        str(source.get("parse_mode") or ""),
        source.get("caption_entities") or (),
    )
    return replace(content, words=wording.text, entities=wording.entities)


def caption_fields(call: Call) -> JsonObject:
    """A call's own caption, in the form of an ``InputMedia``'s."""
    return {
        "caption": call.text("caption"),
        "parse_mode": call.text("parse_mode"),
        "caption_entities": call.structure("caption_entities", "entities"),
    }


async def sent_photo(world: World, call: Call, reference: str) -> tuple[PhotoSize, ...]:
    """The photo a parameter means: an upload or a ``file_id``.

    Raises:
        Refused: there is none, or Telegram would not take it.
    """
    upload = call.upload(reference or "photo")
    if upload is not None:
        return await world.files.add_photo(upload.content)
    if not reference or reference.startswith("attach://"):
        raise bad_request("there is no photo in the request")
    return world.files.photo(reference)


async def sent_document(world: World, call: Call, reference: str) -> Attachment:
    """The document a parameter means: an upload or a ``file_id``.

    Raises:
        Refused: there is none, or it is something else.
    """
    upload = call.upload(reference or "document")
    if upload is not None:
        return await world.files.add_document(upload.content, upload.name, upload.mime_type)
    if not reference or reference.startswith("attach://"):
        raise bad_request("there is no document in the request")
    return world.files.document(reference)


async def sent_animation(world: World, call: Call, reference: str) -> Attachment:
    """The GIF that an edit puts into a message: an upload.

    Raises:
        Refused: there is none, or it is no GIF with several frames.
    """
    upload = call.upload(reference or "animation")
    if upload is None:
        raise bad_request("there is no animation in the request")
    return await world.files.add_animation(upload.content, upload.name)


async def input_media(world: World, call: Call, media: Any, *, uploads: bool = True) -> Content:
    """An ``InputMediaPhoto``, ``InputMediaDocument`` or uploaded ``InputMediaAnimation`` with its caption.

    Raises:
        Refused: another type, no file, or a caption that is wrong.
    """
    if isinstance(media, dict) and media.get("type") == "animation" and uploads:
        return captioned(
            Content(attachment=await sent_animation(world, call, str(media.get("media", "")))), media
        )
    if not isinstance(media, dict) or media.get("type") not in KINDS:
        raise bad_request("can't parse InputMedia: media type is not photo or document")
    reference = str(media.get("media", ""))
    if reference.startswith("attach://") and not uploads:
        raise bad_request("invalid message content specified")
    if media["type"] == "photo":
        return captioned(Content(photo=await sent_photo(world, call, reference)), media)
    return captioned(Content(attachment=await sent_document(world, call, reference)), media)


def media_kind(content: Content) -> str:
    """The Bot API's name of what a message holds."""
    if content.photo:
        return "photo"
    return content.attachment.kind if content.attachment else "text"
