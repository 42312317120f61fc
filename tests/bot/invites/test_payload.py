"""Payloads and links: what is said is read back, and what can't be read says nothing."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.invites.links import Link, Ways, links
from bot.invites.payload import (
    Invite,
    InviteTooLong,
    event_name,
    invite_of,
    is_spelled,
    payload_of,
    place_name,
)
from bot.styles.naming import latin

EVERYWHERE = Ways(
    telegram="petaflop_bot",
    discord="https://discord.gg/abc",
    page="https://booth.example",
    short="https://booth.example",
)
NAMES = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)


def test_what_is_said_is_read_back() -> None:
    invite = Invite("pycon26", "flux-oil", "hall-2")
    assert payload_of(invite) == "e_pycon26__s_flux-oil__p_hall-2"
    assert invite_of(payload_of(invite)) == invite
    assert payload_of(Invite()) == ""


@pytest.mark.parametrize("payload", ["", "_____", "nonsense", "s_comic p_<b>", "e_" + "x" * 63, "e_ä", "é"])
def test_what_cannot_be_read_says_nothing(payload: str) -> None:
    assert invite_of(payload) == Invite()


def test_an_old_field_is_passed_over() -> None:
    assert invite_of("s_comic__x_y") == Invite(style="comic")


@given(st.text(string.printable, max_size=80))
def test_anything_can_be_scanned(payload: str) -> None:
    invite_of(payload)


@settings(max_examples=40)
@given(event=NAMES.map(event_name), place=NAMES.map(place_name), style=st.sampled_from(["", "comic", "riso"]))
def test_every_event_and_place_fits_with_a_short_style(event: str, place: str, style: str) -> None:
    invite = Invite(event, style, place)
    assert invite_of(payload_of(invite)) == invite


@pytest.mark.parametrize(
    "invite",
    [
        Invite(place="x" * 63),
        Invite(style="öl"),
        Invite(event="a__b"),
        Invite(event="_a"),
        Invite(place="a b"),
    ],
)
def test_what_no_code_can_say_is_refused(invite: Invite) -> None:
    with pytest.raises(InviteTooLong):
        payload_of(invite)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("PyCon DE 2026", "pycon-de-2026"),
        ("Größenwahn & Söhne", "grossenwahn-sohne"),
        ("An event with a very long name", "an-event-with-a-very"),
        ("日本", "z4vl6d"),  # always the same, so that posters which hang go on to count
        ("ホール 2", "2-kqhtwh"),
        ("قاعة 2", "2-7phrsa"),
        ("🎪", ""),
    ],
)
def test_an_event_gets_a_plain_name(words: str, name: str) -> None:
    assert event_name(words) == name
    assert place_name(name) == name
    assert is_spelled(words) == (name == latin(words, 20))


def test_each_network_has_its_link() -> None:
    assert links(EVERYWHERE, Invite("pycon", "comic", "bar")) == (
        Link(
            "telegram",
            "https://t.me/petaflop_bot?start=e_pycon__s_comic__p_bar",
            "t.me/petaflop_bot",
        ),
        Link("discord", "https://booth.example/i/e_pycon__s_comic__p_bar", "discord.gg/abc"),
        Link("web", "https://booth.example/?i=e_pycon__s_comic__p_bar", "booth.example"),
    )


def test_without_an_address_from_outside_discord_has_its_own_invite() -> None:
    ways = Ways(discord="https://discord.gg/abc")
    assert [link.url for link in links(ways, Invite(place="bar"))] == ["https://discord.gg/abc"]
    assert [link.url for link in links(EVERYWHERE, Invite(place="bar"), counted=False)][1] == ways.discord


def test_what_says_nothing_is_as_short_as_can_be() -> None:
    urls = [link.url for link in links(EVERYWHERE, Invite())]
    assert urls == ["https://t.me/petaflop_bot", "https://discord.gg/abc", "https://booth.example/"]


def test_nobody_is_asked_to_type_an_install_link() -> None:
    install = "https://discord.com/oauth2/authorize?client_id=1"
    assert [link.label for link in links(Ways(discord=install), Invite())] == [""]


def test_a_bot_is_added_to_groups() -> None:
    urls = [link.url for link in links(EVERYWHERE, Invite(event="pycon"), group=True)]
    assert urls[0] == "https://t.me/petaflop_bot?startgroup=e_pycon"
    assert urls[1:] == [link.url for link in links(EVERYWHERE, Invite(event="pycon"))][1:]
