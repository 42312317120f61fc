"""Invitations at the console: codes as a picture, posters as files, for places and styles."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from bot.nouns import Arrival
from bot.office.invitations import Invitations, Inviting, NoWayIn
from bot.office.spellings import Spellings
from bot.replies import Reply
from bot.words import words
from tests.bot.console.seated import Seated, keys
from tests.bot.crewed import OWNER
from tests.bot.invites.made import WAYS, read
from tests.desk import shared_desk

EVENT = "e_pycon-de-2026"
PUBLIC = "https://booth.example"


def on_all(payload: str) -> list[str]:
    """The links of all networks with this payload."""
    return [
        f"{PUBLIC}/?i={payload}",
        f"{PUBLIC}/i/{payload}",
        f"https://t.me/PetaflopBoothBot?start={payload}",
    ]


def codes(reply: Reply) -> list[str]:
    """What the reply's picture says."""
    assert reply.picture is not None
    return sorted(read(Image.open(BytesIO(reply.picture.data))))


def printed(reply: Reply) -> tuple[list[str], str]:
    """What the codes of the reply's file say, and its words."""
    assert reply.document is not None
    document = pypdfium2.PdfDocument(reply.document.data)
    try:
        page = document[0]
        return sorted(read(page.render(scale=1.6).to_pil())), page.get_textpage().get_text_range()
    finally:
        document.close()


async def test_codes_come_as_a_picture_with_their_links(desk: Seated) -> None:
    shown = await desk.types("invite")
    assert codes(shown) == on_all(EVENT)
    assert all(link in shown.words for link in on_all(EVENT))


async def test_a_poster_says_where_it_hangs_and_what_guests_begin_with(desk: Seated) -> None:
    shown = await desk.types("invite Halle 2, Eingang style=comic")
    payload = f"{EVENT}__s_comic__p_halle-2-eingang"
    assert codes(shown) == on_all(payload)
    poster = await desk.presses(keys(shown)["Poster A4"])
    assert poster.document is not None
    assert poster.document.name == "petaflop-poster-a4-halle-2-eingang.pdf"
    assert printed(poster)[0] == on_all(payload)
    again = await desk.presses(keys(poster)["Invite"])
    assert codes(again) == on_all(payload)


async def test_a_german_maintainer_prints_in_german(desk: Seated) -> None:
    german = desk.by(OWNER, "de")
    poster = await german.presses(keys(await german.types("invite Bar stil=Comic"))["Plakat Letter"])
    links, said = printed(poster)
    assert links == on_all(f"{EVENT}__s_comic__p_bar")
    assert "Werde zum Bild." in said


async def test_a_place_that_codes_cannot_spell_is_told_and_counted_by_its_name(desk: Seated) -> None:
    shown = await desk.types("invite قاعة 2")
    assert codes(shown) == on_all(f"{EVENT}__p_2-7phrsa")
    assert "Place: قاعة 2." in shown.words
    assert "Codes can't spell “قاعة 2”: they say 2-7phrsa" in shown.words
    await desk.house.core.booth.arrived(Arrival("1", "telegram", "pycon", "2-7phrsa"))
    told = await desk.types("stats all")
    assert "قاعة 2 · pycon: 1" in told.words
    (place,) = await desk.house.office.stats.places(OWNER)
    assert place.drawn == "2-7phrsa · pycon"  # no font of ours has these letters


async def test_an_event_that_cannot_be_drawn_or_spelled_is_told(desk: Seated) -> None:
    meta = desk.house.core.stores.meta
    spellings = Spellings(meta, "מפגש")
    inviting = Inviting("מפגש", ways=lambda: WAYS)
    rooms = Invitations(desk.house.office.crew, inviting, words(), await shared_desk(), spellings)
    assert rooms.undrawn() == "מפגש"
    (link, *_) = await rooms.links(OWNER)
    (said,) = await rooms.unspelled(OWNER, "")
    assert link.url.endswith(f"?start=e_{said}")


async def test_place_and_style_are_asked_in_a_form(desk: Seated) -> None:
    opened = await desk.presses(keys(await desk.types("invite"))["For another place"])
    wrong = await desk.fills(opened.form, place="bar", style="no such style")
    assert "There is no style of this name" in wrong.words
    shown = await desk.fills(wrong.form, style="Comic", place="bar")
    assert codes(shown) == on_all(f"{EVENT}__s_comic__p_bar")
    assert codes(await desk.fills(opened.form)) == on_all(EVENT)


async def test_the_menu_leads_here(desk: Seated) -> None:
    shown = await desk.presses(keys(await desk.types("maintain"))["Invite"])
    assert codes(shown) == on_all(EVENT)


async def test_an_unknown_style_and_an_old_key_are_told(desk: Seated) -> None:
    assert "There is no style of this name" in (await desk.types("invite bar style=nothing")).words
    assert codes(await desk.presses("invite:bar:nothing")) == on_all(f"{EVENT}__p_bar")
    assert codes(await desk.presses("invite")) == on_all(EVENT)


async def test_without_a_way_in_nobody_can_be_invited(desk: Seated) -> None:
    spellings = Spellings(desk.house.core.stores.meta, "PyCon")
    crew = desk.house.office.crew
    nowhere = Invitations(crew, Inviting("PyCon"), words(), await shared_desk(), spellings)
    with pytest.raises(NoWayIn):
        await nowhere.links(OWNER)
