"""Answers to button presses and inline queries, and prepared inline messages."""

import time

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.keyboards import checked
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.wording.formatted import caption
from tests.fakes.telegram.world import World

MAX_ANSWER = 200
MAX_RESULTS = 50
MAX_ID_BYTES = 64
PREPARED_FOR_S = 86_400
KINDS = frozenset({"photo", "document", "article"})


async def answer_callback_query(world: World, call: Call) -> bool:
    """Ends the wait of a pressed button, with a notice or an alert."""
    if len(call.text("text")) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = call.text("url")
    if url and not url.startswith(f"https://t.me/{world.bot.username}?start="):
        raise bad_request("URL_INVALID")  # games aside, only the bot's own chat may be opened
    answer = {"text": call.text("text"), "show_alert": call.flag("show_alert"), "url": url}
    world.queries.answer(call.text("callback_query_id"), answer)
    return True


async def answer_inline_query(world: World, call: Call) -> bool:
    """Up to 50 results."""
    results = call.structure("results", "inline query results") or []
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result.get("id") for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_result(world, result)
    answer = {
        "results": results,
        "button": call.object("button", "button") or None,
        "next_offset": call.text("next_offset"),
        "is_personal": call.flag("is_personal"),
        "cache_time": 300 if call.integer("cache_time") is None else call.integer("cache_time"),
    }
    world.queries.answer(call.text("inline_query_id"), answer)
    return True


async def save_prepared_inline_message(world: World, call: Call) -> JsonObject:
    """A message that a user may send to a chat of their choice."""
    user_id = call.integer("user_id")
    if user_id not in world.users:
        raise bad_request("USER_ID_INVALID")
    result = call.object("result", "inline query result")
    _check_result(world, result)
    prepared = world.queries.prepare(user_id or 0, result)
    return {"id": prepared.id, "expiration_date": int(time.time()) + PREPARED_FOR_S}


def _check_result(world: World, result: JsonObject) -> None:
    if result.get("type") not in KINDS:
        raise bad_request("can't parse inline query result: unsupported inline query result type")
    if not 1 <= len(str(result.get("id", "")).encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    checked(result.get("reply_markup") or {})
    caption(str(result.get("caption") or ""), str(result.get("parse_mode") or ""), ())
    if "photo_file_id" in result:
        world.files.photo(result["photo_file_id"])
    if "document_file_id" in result:
        world.files.document(result["document_file_id"])


METHODS = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "savePreparedInlineMessage": save_prepared_inline_message,
}
