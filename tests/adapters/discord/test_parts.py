"""The adapter's parts for what goes out: buttons, cards, menus, doors, permissions, pictures, the pad."""

import asyncio
import io
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from adapters.discord.api.doors import ByChannel, ByToken, Door, door, message_key, parts_of
from adapters.discord.api.errors import (
    Expired,
    Limited,
    Reason,
    Refused,
    TokenRefused,
    Unanswered,
    Unreachable,
    translated,
)
from adapters.discord.api.pad import Pad
from adapters.discord.api.permissions import missing, told
from adapters.discord.api.refusals import Refusals
from adapters.discord.api.sender import nonce_of
from adapters.discord.buttons import LIMIT_CHARACTERS, Deferral, Verb, Wish, deferral, packed, unpacked
from adapters.discord.layouts import Menu, Push, Sheet, Shot, drawn, plain
from adapters.discord.showing.cards import of_card
from adapters.discord.showing.choosing import A_MENU, Choice, of_styles, paged
from adapters.discord.showing.showcase import Showcase
from adapters.discord.showing.shrink import fitted
from adapters.discord.where import Where
from adapters.web.assets import preview_bytes
from bot.booth import StyleOffer
from bot.cards import Action, Button, Card
from bot.errors import ChatGone, DeliveryError
from bot.nouns import JobId, Picture, StyleId
from bot.states import JobState
from bot.words import words
from comfy.catalogue import load_catalogue

JOB = JobId("6f1b6a43-2f1c-4c8c-9f57-0c4a5a1f8b11")
ANN, BOB = 80351110224678912, 80351110224678913
TOKEN = "aW50ZXJhY3Rpb24="


def offers(count: int) -> list[StyleOffer]:
    return [StyleOffer(StyleId(f"s{n}"), f"Style {n}", "🎨", "filter", n % 5 > 0, 1.0) for n in range(count)]


@pytest.mark.parametrize(
    "name", ["<@1>", "<@&1>", "<#1>", "<:x:1>", "<a:x:1>", "</cmd:1>", "<t:0>", "<t:0:R>", "*a*"]
)
def test_what_discord_would_draw_in_a_name_stays_as_it_was_typed(name: str) -> None:
    assert plain(f"Comic · {name}") == f"Comic · {name}".replace("<", "\\<").replace("*", "\\*")


# -- buttons --------------------------------------------------------------------------------------------


@given(
    st.sampled_from(Verb),
    st.none() | st.uuids().map(lambda u: JobId(str(u))),
    st.integers(0, 2**63),
    st.text("az-9", max_size=25),
)
def test_buttons_carry_what_was_packed(verb: Verb, job: JobId | None, owner: int, value: str) -> None:
    wish = Wish(verb, job, owner, value)
    assert len(packed(wish)) <= LIMIT_CHARACTERS
    assert unpacked(packed(wish)) == wish


def test_every_style_fits_into_a_button() -> None:
    catalogue = load_catalogue()
    styles = [*(style.id for style in catalogue.filters), *(graph.style.id for graph in catalogue.graphs)]
    for style in styles:
        wish = Wish(Verb.SURPRISE, JOB, 2**64 - 1, style)
        assert unpacked(packed(wish)) == wish
    with pytest.raises(ValueError, match="100"):
        packed(Wish(Verb.SURPRISE, JOB, ANN, "x" * 60))


@pytest.mark.parametrize("data", ["", "pf:", "pf:nonsense:::", "pf:cancel:no-uuid::", "x:cancel:::"])
def test_what_we_never_made_means_nothing(data: str) -> None:
    assert unpacked(data) is None


@pytest.mark.parametrize(
    ("verb", "owner", "expected"),
    [
        (Verb.CHOOSE, ANN, Deferral.UPDATE),
        (Verb.AGAIN, ANN, Deferral.MESSAGE),
        (Verb.MAKE, ANN, Deferral.MESSAGE),
        (Verb.DELETE, ANN, Deferral.EPHEMERAL),
        (Verb.AGAIN, BOB, Deferral.EPHEMERAL),
        (Verb.CHOOSE, BOB, Deferral.EPHEMERAL),
        (Verb.STYLES, 0, Deferral.UPDATE),
    ],
)
def test_only_the_owners_wishes_change_what_everybody_sees(
    verb: Verb, owner: int, expected: Deferral
) -> None:
    assert deferral(Wish(verb, JOB, owner), ANN) is expected


# -- errors ---------------------------------------------------------------------------------------------


class Answer:
    """As much of an answer as the library's errors look at."""

    reason = "for a test"

    def __init__(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.headers = headers or {}


def answered(status: int, code: int = 0, headers: dict[str, str] | None = None) -> DeliveryError:
    answer: Any = Answer(status, headers)
    error = discord.HTTPException(answer, {"code": code, "message": "said"})
    return translated(error)


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (404, 10008, Reason.MISSING),
        (403, 50013, Reason.NO_PERMISSION),
        (403, 50001, Reason.NO_PERMISSION),
        (400, 160002, Reason.NO_REPLY),
        (413, 0, Reason.TOO_BIG),
        (400, 40005, Reason.TOO_BIG),
        (400, 50035, Reason.OTHER),
    ],
)
def test_refusals_are_told_apart_by_discords_codes(status: int, code: int, reason: Reason) -> None:
    found = answered(status, code)
    assert isinstance(found, Refused)
    assert found.reason is reason


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, 10015, Unanswered),
        (404, 10062, Expired),
        (401, 50027, Expired),
        (404, 10003, ChatGone),
        (403, 50007, ChatGone),
        (401, 0, TokenRefused),
        (503, 0, Unreachable),
        (429, 0, Limited),
    ],
)
def test_other_answers_are_what_is_acted_on(status: int, code: int, kind: type[DeliveryError]) -> None:
    assert type(answered(status, code)) is kind


def test_a_pause_is_as_long_as_discord_asks_for() -> None:
    assert answered(429, headers={"Retry-After": "7"}).retry_after_s == 7
    assert answered(429, headers={"Retry-After": "soon"}).retry_after_s == 30
    assert translated(discord.RateLimited(45.0)).retry_after_s == 45


# -- cards and menus ------------------------------------------------------------------------------------


def card(state: JobState, **more: Any) -> Card:
    return Card(JOB, state, "told", **more)


def test_a_card_counts_down_in_the_client() -> None:
    where = Where(1, user=ANN, language="en")
    sheet = of_card(card(JobState.WAITING, position=3, eta_s=12.0), where, words(), 1000.0)
    assert sheet.words == "You are number 3 in the line. Expected <t:1012:R>."
    away = of_card(card(JobState.WAITING, position=3, away=True), where, words(), 1000.0)
    assert away.words == "told"


def test_a_finished_card_shows_its_picture_named_by_its_job_and_the_owners_buttons() -> None:
    buttons = ((Button("Again", Action.AGAIN), Button("Other style", Action.OTHER_STYLE)),)
    done = card(JobState.DONE, picture=Picture(b"jpeg"), buttons=buttons)
    sheet = of_card(done, Where(1, user=ANN, language="en"), words(), 0.0)
    assert [shot.name for shot in sheet.shots] == [f"petaflop-{JOB}.jpg"]
    assert isinstance(sheet.rows[0], tuple)
    wishes = [unpacked(push.custom_id) for push in sheet.rows[0]]
    assert wishes == [Wish(Verb.AGAIN, JOB, ANN), Wish(Verb.OTHER, JOB, ANN)]
    assert repr(sheet).count("jpeg") == 0


@given(st.integers(1, 120), st.integers(-3, 9), st.integers(1, 30))
def test_pages_hold_every_style_once(count: int, number: int, most: int) -> None:
    found = offers(count)
    pages = [paged(found, n, most) for n in range(paged(found, 0, most).count)]
    assert [offer for page in pages for offer in page.offers] == found
    assert all(0 < len(page.offers) <= most for page in pages)
    assert paged(found, number, most) in pages


@pytest.mark.parametrize("count", [0, 1, 25, 33, 60])
async def test_a_menu_keeps_discords_limits_and_begins_with_what_was_used_lately(count: int) -> None:
    found = offers(count)
    recent = [offer.id for offer in found[-5:]]
    page = paged(found, 0, A_MENU)
    sheet = of_styles(page, found, Choice(JOB, ANN, recent=recent), words(), "en")
    view = drawn(replace(sheet, words="Which?", shots=(Shot("styles.webp", b"", "all"),)))
    assert sum(1 for _ in view.walk_children()) <= 40
    menus = [row for row in sheet.rows if isinstance(row, Menu)]
    assert len(menus) == (1 if count else 0)
    for menu in menus:
        assert 1 <= len(menu.options) <= 25
        values = [option.value for option in menu.options]
        assert len(set(values)) == len(values)
        assert values[: min(3, count)] == recent[:3]


async def test_an_overlong_sheet_is_cut_to_what_discord_takes() -> None:
    push = Push("w" * 200, "pf:cancel:::")
    view = drawn(Sheet("x" * 9000, rows=((push,) * 9,)))
    parts = list(view.walk_children())
    texts = [part.content for part in parts if isinstance(part, discord.ui.TextDisplay)]
    assert sum(map(len, texts)) <= 4000
    assert all(len(part.label or "") <= 80 for part in parts if isinstance(part, discord.ui.Button))
    assert len(list(drawn(Sheet("")).walk_children())) == 2


# -- doors ----------------------------------------------------------------------------------------------


def test_a_message_is_reached_through_its_channel_where_we_are_members() -> None:
    here = Where(7, token=TOKEN, application=5, expires=time.time() + 600, thinking=True)
    key = message_key(7, 9)
    assert parts_of(key) == (7, 9)
    assert door(key, here) == ByChannel(7, 9)
    assert door(key, replace(here, member=False)) == ByToken(5, TOKEN)
    assert door(key, replace(here, member=False, thinking=False)) == ByToken(5, TOKEN, 9)
    assert door(message_key(8, 9), replace(here, member=False)) == ByChannel(8, 9)  # moved to direct messages
    with pytest.raises(Expired):
        door(key, replace(here, member=False, expires=time.time()))
    assert TOKEN not in repr(door(key, replace(here, member=False)))


def test_nonces_are_short_and_the_same_each_time() -> None:
    assert nonce_of(JOB) == nonce_of(JOB)
    assert len(nonce_of(JOB)) <= 25
    assert nonce_of(f"direct {JOB}") != nonce_of(JOB)


# -- permissions ----------------------------------------------------------------------------------------


def test_what_is_missing_is_named() -> None:
    bits = discord.Permissions(
        view_channel=True, send_messages=True, embed_links=True, read_message_history=True
    )
    here = Where(1, permissions=bits.value)
    assert missing(here, picture=True) == ["attach"]
    assert missing(replace(here, thread=True), picture=True) == ["threads", "attach"]
    assert missing(replace(here, permissions=None), picture=True) == ["attach"]
    assert missing(replace(here, permissions=discord.Permissions.all().value), picture=False) == [
        "view",
        "send",
    ]
    assert told(["attach", "threads"], words(), "de") == "Dateien anhängen, Nachrichten in Threads senden"


def test_a_channel_that_refused_is_left_alone_until_somebody_speaks_there() -> None:
    refusals = Refusals()
    refusals.note(1, pictured=True)
    refusals.check(1, pictured=False)
    refusals.check(2, pictured=True)
    with pytest.raises(Refused):
        refusals.check(1, pictured=True)
    refusals.forget(1)
    refusals.check(1, pictured=True)


# -- pictures -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [200_000, 40_000, 20_000])
def test_a_picture_is_made_as_small_as_its_place_wants(limit: int) -> None:
    out = io.BytesIO()
    Image.effect_noise((900, 700), 60).convert("RGB").save(out, "JPEG", quality=95)
    smaller = fitted(out.getvalue(), limit)
    assert len(smaller) <= limit
    with Image.open(io.BytesIO(smaller)) as picture:
        assert picture.width / picture.height == pytest.approx(900 / 700, rel=0.02)
    assert fitted(smaller, limit) is smaller


async def test_a_sheet_is_wide_small_and_drawn_once() -> None:
    showcase = Showcase(preview_bytes)
    found = [StyleOffer(StyleId("comic"), "Comic", "💥", "filter", True, 1.0), *offers(16)]
    sheet = await showcase.sheet(found)
    with Image.open(io.BytesIO(sheet)) as picture:
        assert picture.width > picture.height
        assert picture.format == "WEBP"
    assert len(sheet) < 100_000
    assert await showcase.sheet(found) is sheet


# -- the pad --------------------------------------------------------------------------------------------


class Board:
    """Where sheets are put; ``hold`` keeps each one until it is set."""

    def __init__(self) -> None:
        self.put_up: list[str] = []
        self.hold = asyncio.Event()
        self.begun = asyncio.Event()
        self.failures = 0

    async def glance(self, place: Door, sheet: Sheet, _stale: Callable[[], bool]) -> None:
        await self.put(place, sheet)

    async def put(self, _place: Door, sheet: Sheet) -> None:
        self.begun.set()
        await self.hold.wait()
        if self.failures:
            self.failures -= 1
            raise Unreachable(unsent=False)
        self.put_up.append(sheet.words)


async def test_the_newest_status_wins_and_a_promise_comes_last() -> None:
    board = Board()
    pad, key, place = Pad(board), message_key(1, 2), ByChannel(1, 2)
    pad.jot(key, place, Sheet("first"))
    await board.begun.wait()
    for number in range(5):
        pad.jot(key, place, Sheet(f"status {number}"))
    promise = asyncio.ensure_future(pad.edit(key, place, Sheet("picture")))
    await asyncio.sleep(0)
    board.hold.set()
    await promise
    assert board.put_up == ["first", "picture"]
    await pad.close()


async def test_a_promise_that_fails_says_so_and_a_status_does_not() -> None:
    board = Board()
    board.hold.set()
    board.failures = 2
    pad, key, place = Pad(board), message_key(1, 2), ByChannel(1, 2)
    pad.jot(key, place, Sheet("status"))
    await board.begun.wait()
    with pytest.raises(Unreachable):
        await pad.edit(key, place, Sheet("picture"))
    await pad.edit(key, place, Sheet("picture"))
    assert board.put_up == ["picture"]
    await pad.close()


async def test_what_a_message_has_begun_with_is_not_sent_after_it() -> None:
    board = Board()
    board.hold.set()
    pad, key, place = Pad(board), message_key(1, 2), ByChannel(1, 2)
    pad.note(key, Sheet("you are next"))
    pad.jot(key, place, Sheet("you are next"))
    await asyncio.sleep(0)  # the status is looked at
    pad.jot(key, place, Sheet("it is drawn"))
    await board.begun.wait()
    await pad.edit(key, place, Sheet("picture"))
    assert board.put_up == ["it is drawn", "picture"]
    await pad.close()
