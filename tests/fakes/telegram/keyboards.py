"""Checks of ``reply_markup`` with Telegram's own words."""

from typing import Any

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject

MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
SCHEMES = ("http://", "https://", "tg://")
ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
OTHER_MARKUPS = ("keyboard", "remove_keyboard", "force_reply")


def inline_keyboard(call: Call) -> JsonObject | None:
    """The inline keyboard of a call; None where there is none, or another kind of markup.

    Raises:
        Refused: it is not what Telegram accepts.
    """
    markup = call.object("reply_markup", "reply markup")
    if any(kind in markup for kind in OTHER_MARKUPS):
        return None
    return checked(markup)


def checked(markup: JsonObject) -> JsonObject | None:
    """A keyboard that has buttons.

    Raises:
        Refused: a button is wrong, or there are too many.
    """
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array')
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('field "inline_keyboard" must be an Array of Arrays')
        for button in row:
            _check_button(button)
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse inline keyboard button: field "text" must be non-empty')
    actions = ACTIONS & button.keys()
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be specified")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(SCHEMES):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
