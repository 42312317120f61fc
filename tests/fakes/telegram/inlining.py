"""What becomes of a chosen result of inline mode."""

import secrets
from typing import TYPE_CHECKING

from tests.fakes.telegram.keyboards import checked
from tests.fakes.telegram.shapes import user_json
from tests.fakes.telegram.values import Content, JsonObject, User
from tests.fakes.telegram.wording.formatted import formatted

if TYPE_CHECKING:
    from tests.fakes.telegram.world import World


def content(world: "World", result: JsonObject) -> Content:
    """The message that an ``InlineQueryResult`` makes: a cached photo or document, or an article's text."""
    words = result if "message_text" not in (result.get("input_message_content") or {}) else None
    source = words or {
        "caption": result["input_message_content"]["message_text"],
        "parse_mode": result["input_message_content"].get("parse_mode"),
    }
    wording = formatted(str(source.get("caption") or ""), str(source.get("parse_mode") or ""), ())
    photo = world.files.photo(result["photo_file_id"]) if words and "photo_file_id" in result else ()
    document = None
    if words and "document_file_id" in result:
        document = world.files.document(result["document_file_id"])
    keyboard = checked(result.get("reply_markup") or {})
    return Content(wording.text, wording.entities, photo, document, keyboard)


def new_id(world: "World") -> str:
    """An ``inline_message_id``, which a message gets that has a keyboard."""
    return f"BAAA{secrets.token_urlsafe(12)}{len(world.inline_messages)}"


def tell_choice(world: "World", user: User, result: JsonObject, query: str, inline_id: str | None) -> None:
    """The bot hears of it when BotFather's inline feedback is on."""
    if not world.chosen_feedback:
        return
    payload = {"result_id": result["id"], "from": user_json(user), "query": query}
    if inline_id is not None:
        payload["inline_message_id"] = inline_id
    world.inbox.put("chosen_inline_result", payload, user.id)
