"""The adapter's pure parts: buttons, wishes, errors, the style sheet."""

import io
import uuid

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.sheet import Tile, draw_sheet
from adapters.telegram.api.errors import (
    Flooded,
    Moved,
    Reason,
    Refused,
    TokenRefused,
    Unreachable,
    translated,
)
from adapters.telegram.buttons import LIMIT_BYTES, Verb, Wish, packed, unpacked
from adapters.telegram.incoming.webhook import webhook_secret
from adapters.telegram.showing.sheets import A_PAGE, GRID
from adapters.telegram.where import Where, read, written
from adapters.telegram.wishes import start_link
from adapters.web.assets import preview_bytes
from adapters.wishes import style_in
from bot.errors import ChatGone
from bot.invites.payload import Invite
from bot.nouns import JobId, StyleId
from comfy.catalogue import load_catalogue

JOB = JobId("6f1b6a43-2f1c-4c8c-9f57-0c4a5a1f8b11")
NAMES = {
    StyleId("comic"): ("Comic",),
    StyleId("oil"): ("Ölfarbe", "Oil paint"),
    StyleId("flux-oil"): ("Ölporträt (KI)", "Oil portrait (AI)"),
    StyleId("stainedglass"): ("Buntglas", "Stained glass"),
}


@given(
    st.sampled_from(Verb), st.none() | st.uuids().map(lambda u: JobId(str(u))), st.text("az-9", max_size=30)
)
def test_buttons_carry_what_was_packed(verb: Verb, job: JobId | None, argument: str) -> None:
    data = packed(verb, job, argument)
    assert len(data.encode()) <= LIMIT_BYTES
    assert unpacked(data) == Wish(verb, job, argument)


def test_every_style_fits_into_a_button() -> None:
    catalogue = load_catalogue()
    styles = [*(style.id for style in catalogue.filters), *(graph.style.id for graph in catalogue.graphs)]
    assert all(unpacked(packed(Verb.CHOOSE, JOB, style)) == Wish(Verb.CHOOSE, JOB, style) for style in styles)
    with pytest.raises(ValueError, match="64"):
        packed(Verb.CHOOSE, JOB, "x" * 60)


@given(st.text(max_size=64))
def test_strange_data_is_no_wish_or_a_harmless_one(data: str) -> None:
    wish = unpacked(data)
    assert wish is None or wish.job is None or str(uuid.UUID(wish.job)) == wish.job


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("comic", "comic"),
        ("Comic, please!", "comic"),
        ("in ÖLFARBE bitte", "oil"),
        ("flux-oil", "flux-oil"),
        ("flux oil", "flux-oil"),
        ("oil portrait (AI)", "flux-oil"),
        ("stained_glass", "stainedglass"),
        ("a comical photo", None),
        ("", None),
        ("🎉", None),
    ],
)
def test_styles_named_in_words(words: str, style: str | None) -> None:
    assert style_in(words, NAMES) == style


def test_where_survives_the_row_and_strange_rows_are_empty() -> None:
    where = Where(7, 3, "de", "album")
    assert read(written(where)) == where
    assert read("") == read("{") == Where()


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (RetryAfter(7), Flooded),
        (ChatMigrated(-1005), Moved),
        (InvalidToken(), TokenRefused),
        (Forbidden("Forbidden: bot was blocked by the user"), ChatGone),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), ChatGone),
        (BadRequest("Bad Request: chat not found"), ChatGone),
        (Conflict("terminated by other getUpdates request"), Unreachable),
        (TimedOut(), Unreachable),
        (NetworkError("Bad Gateway"), Unreachable),
    ],
)
def test_errors_are_translated(error: TelegramError, kind: type[Exception]) -> None:
    assert type(translated(error)) is kind


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("message is not modified: specified new message content and …", Reason.UNCHANGED),
        ("message to edit not found", Reason.MISSING),
        ("message can't be edited", Reason.FIXED),
        ("message can't be deleted for everyone", Reason.FIXED),
        ("message to delete not found", Reason.MISSING),
        ("message thread not found", Reason.NO_THREAD),
        ("need administrator rights in the channel chat", Reason.NO_RIGHTS),
        ("there is no caption in the message to edit", Reason.NO_CAPTION),
        ("there is no text in the message to edit", Reason.NO_TEXT),
        ("not enough rights to send photos to the chat", Reason.NO_RIGHTS),
        ("CHAT_SEND_PHOTOS_FORBIDDEN", Reason.NO_RIGHTS),
        ("file is too big", Reason.TOO_BIG),
        ("wrong file identifier/http url specified", Reason.WRONG_FILE),
        ("BUTTON_DATA_INVALID", Reason.OTHER),
    ],
)
def test_refusals_are_told_apart(words: str, reason: Reason) -> None:
    found = translated(BadRequest(f"Bad Request: {words}"))
    assert isinstance(found, Refused)
    assert found.reason is reason


def test_a_flood_answer_says_how_long_and_a_failed_connection_that_nothing_was_sent() -> None:
    flooded = translated(RetryAfter(7))
    assert isinstance(flooded, Flooded)
    assert flooded.retry_after_s == 7
    for cause, unsent in (
        (httpx.ConnectError(""), True),
        (httpx.ConnectTimeout(""), True),
        (httpx.PoolTimeout(""), True),
        (httpx.ReadTimeout(""), False),
        (httpx.ReadError(""), False),
    ):
        found = translated(caused(NetworkError("x"), cause))
        assert isinstance(found, Unreachable)
        assert found.unsent is unsent


def test_the_webhooks_secret_is_derived_per_bot_and_fits_the_header() -> None:
    mine = webhook_secret(b"house", 1)
    assert mine == webhook_secret(b"house", 1)
    assert len({mine, webhook_secret(b"house", 2), webhook_secret(b"other", 1)}) == 3
    assert 1 <= len(mine) <= 256
    assert mine.isalnum()


def test_the_sheet_shows_every_tile_with_or_without_a_preview_and_stays_small() -> None:
    tiles = [Tile("Comic", preview_bytes("comic")), *[Tile(f"Style {n} with a long name") for n in range(8)]]
    assert len(tiles) == A_PAGE
    picture = draw_sheet(tiles)
    with Image.open(io.BytesIO(picture)) as sheet:
        assert sheet.width + sheet.height < 10_000
        assert sheet.convert("RGB").getpixel((2, 2)) == pytest.approx((17, 18, 30), abs=6)
    assert len(picture) < 300_000
    assert len(draw_sheet(tiles, GRID)) < len(picture)
    assert draw_sheet(tiles) == picture
    assert draw_sheet([])


def test_links_to_ones_own_chat() -> None:
    assert start_link("petaflop_bot", Invite(style="oil")) == "https://t.me/petaflop_bot?start=s_oil"
    assert start_link("petaflop_bot", Invite()) == "https://t.me/petaflop_bot"
    assert start_link(None, Invite(style="oil")) is None
    assert start_link("petaflop_bot", Invite(style="x" * 63)) is None
    assert start_link("petaflop_bot", Invite(style="öl")) is None
