"""Guests try what is the maintainers': whatever way they come, it is as if there were nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from adapters.discord.buttons import Verb
from adapters.discord.incoming.enlisting import ON_MESSAGES
from bot.console.commands import COMMANDS
from bot.nouns import StyleId
from bot.words import words
from tests.adapters.discord.maintained import LONG_S, answered, maintained, pressed, trial_card
from tests.adapters.discord.opened import Opened, Setup, finished, key, opened, selfie
from tests.fakes.comfyui import FakeComfyUI
from tests.fakes.discord import Channel, Discord, Member, Message
from tests.fakes.discord.interaction import COMPONENT, MODAL, Interaction

UNKNOWN = "This command has changed"
TEXT, NUMBER, PERSON, FILE = 3, 4, 6, 11
KEYS = (
    "menu",
    "styles:0",
    "pause",
    "drain",
    "hide:comic",
    "crew:0",
    "?announce",
    "?new",
    "q:x:0:0",
    "nonsense",
)
FORMS = ("new", "announce", "hiring", "inviting", "plan:comic", "adjust:1", "pausing", "nonsense")


def values(discord: Discord, name: str, about: Member) -> dict[str, Any]:
    """Something for every option of a command."""
    return {option["name"]: _value(option, about) for option in options(discord, name)}


def options(discord: Discord, name: str) -> Sequence[dict[str, Any]]:
    """A command's options, as Discord knows them."""
    found: Sequence[dict[str, Any]] = discord.commands.find(name).get("options") or ()
    return found


def _value(option: dict[str, Any], about: Member) -> Any:
    kinds = {NUMBER: 1, PERSON: about.user, FILE: ("set.json", b"{}")}
    choices = option.get("choices") or [{"value": "comic"}]
    return kinds.get(option["type"], choices[0]["value"])


def said(sent: Interaction) -> str:
    """All that an interaction was answered with, but for the message that it came from."""
    shown = [*sent.followed, *([sent.message] if sent.message else [])]
    return "\n".join(message.words for message in shown if message.id != sent.source)


async def refused(discord: Discord, sent: Sequence[Interaction]) -> None:
    """Wait until each is answered as an unknown command, for its sender's own eyes, and by no form."""
    for one in sent:
        await discord.until(partial(_is_refused, one), LONG_S)
        assert one.form is None


def _is_refused(sent: Interaction) -> bool:
    return said(sent).startswith(UNKNOWN)


async def nothing_was_done(booth: Opened, maintainer: Member) -> None:
    office, mia = booth.booth.office, key(maintainer)
    assert list(await office.crew.audit(mia, 100)) == []
    assert not (await office.hand.rules(mia)).paused
    assert list(await office.hand.banned(mia)) == []
    assert [one.guest for one in await office.crew.members(mia)] == [mia]
    assert "comic" in [style.id for style in await booth.booth.styles("en")]


async def test_no_command_is_offered_to_a_guest_or_in_private(discord: Discord, tmp_path: Path) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))):
        for channel, member in ((party, ann), (ann.dm, ann), (mia.dm, mia)):
            assert not [one.name for one in COMMANDS if await is_offered(member, one.name, channel)]
        assert all([await is_offered(mia, one.name, party) for one in COMMANDS])


async def is_offered(member: Member, name: str, channel: Channel) -> bool:
    try:
        await member.slash(name, channel, **values_of_claim(name))
    except LookupError:
        return False
    return True


def values_of_claim(name: str) -> dict[str, str]:
    return {"code": "AAAA-BBBB-CCCC"} if name == "claim" else {}


async def test_every_command_in_every_way_is_an_unknown_one(discord: Discord, tmp_path: Path) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    forger = replace(ann, forges=True)
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await ann.dms("comic", selfie(60))
        card = (await finished(ann.dm))[0]
        hello = await mia.posts(party, "hello")
        names = [command.name for command in COMMANDS if command.name != "claim"]
        sent = [await forger.slash(name, channel) for name in names for channel in (party, ann.dm)]
        sent += [await forger.slash(name, party, **values(discord, name, mia)) for name in names]
        sent += [
            await forger.context(words().say("en", f"discord-menu-{name}"), message)
            for name in ON_MESSAGES
            for message in (hello, card)
        ]
        sent += [
            await ann.sends(COMPONENT, button(f"{mark}{data}"), ann.dm, card)
            for data in KEYS
            for mark in ("pfi:", "pfb:")
        ]
        job = (await booth.jobs(ann))[0].id
        sent += [
            await ann.sends(COMPONENT, button(f"pf:{verb}:{job}:{ann.id}:"), ann.dm, card)
            for verb in (Verb.PUBLISH, Verb.ADJUST, Verb.DROP)
        ]
        sent += [
            await ann.sends(MODAL, {"custom_id": f"{mark}{data}", "components": []}, ann.dm, source)
            for data in FORMS
            for mark, source in (("pfi:", card), ("pfb:", None))
        ]
        await refused(discord, sent)
        assert all(one.message.only_for == ann.id for one in sent if one.channel is party and one.message)
        assert discord.requests.counts["download"] == 1  # a guest's file is not even fetched
        assert (await finished(ann.dm))[0].id == card.id  # nothing took its picture away
        await nothing_was_done(booth, mia)


def button(custom_id: str) -> dict[str, Any]:
    return {"custom_id": custom_id, "component_type": 2, "id": 1}


async def test_nothing_is_suggested_to_a_guest(discord: Discord, tmp_path: Path) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    party = discord.channel(discord.guild("Party", mia, ann))
    forger = replace(ann, forges=True)
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        await booth.booth.office.hand.ban(key(mia), key(discord.member("Bob")))
        asked = list(suggesting(discord))
        assert {option for _, option in asked} == {"style", "styles", "version", "graph", "guest"}
        for name, option in asked:
            assert await forger.types(name, option, "", party) == (), (name, option)
            assert await forger.types(name, option, "", ann.dm) == (), (name, option)
        assert len(await mia.types("hide", "style", "", party)) == 25


def suggesting(discord: Discord) -> Iterator[tuple[str, str]]:
    """Commands and their options that ask us while somebody types."""
    for command in COMMANDS:
        for option in options(discord, command.name):
            if option.get("autocomplete"):
                yield command.name, option["name"]


async def test_what_is_typed_in_private_is_a_message_without_a_photo(
    discord: Discord, tmp_path: Path
) -> None:
    mia, ann = discord.member("Mia"), discord.member("Ann")
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))) as booth:
        typed = [
            *(
                f"{mark}{command.name} comic"
                for command in COMMANDS
                for mark in "!/"
                if command.name != "claim"
            ),
            *("maintain", "claim my picture"),
        ]
        for text in typed:
            await ann.dms(text)
        await ann.dms("!hide comic", ("set.json", b"{}"))
        shown = await ann.dm.until(partial(_has, len(typed) + 1), LONG_S)
        kinds = [message.words.partition(".")[0] for message in shown]
        assert set(kinds) == {"I make pictures out of photos", "This kind of file is no picture I can read"}
        await nothing_was_done(booth, mia)


def _has(number: int, channel: Channel) -> list[Message] | None:
    return channel.from_bot if len(channel.from_bot) >= number else None


async def test_who_was_removed_has_no_way_left(discord: Discord, tmp_path: Path, fake: FakeComfyUI) -> None:
    mia, ben = discord.member("Mia"), discord.member("Ben")
    party = discord.channel(discord.guild("Party", mia, ben))
    async with maintained(discord, tmp_path, fake, mia) as house:
        former = replace(ben, forges=True)
        await mia.slash("maintainers", party, action="add", user=ben.user)
        await answered(mia, party, "is a maintainer now")
        await former.slash("addstyle", party, name="Ghost", words="a ghost", graph="flux")
        draft = await answered(ben, party, "Here is your draft")
        await pressed(ben, draft, "Try on the portrait", "I am trying")
        card = await trial_card(ben, party)
        form = await (await former.slash("addstyle", party)).answered()
        await mia.slash("maintainers", party, action="remove", user=ben.user)
        await answered(mia, party, "is no maintainer any more")
        sent = [
            await ben.presses(message, one.custom_id)
            for message in (draft, card)
            for one in message.buttons
            if one.custom_id
        ]
        sent.append(await ben.submits(form, name="Stone", prompt="carved"))
        await refused(discord, sent)
        assert await former.types("hide", "style", "", party) == ()
        shown = party.find(card.id)
        assert shown is not None
        assert shown.pictures
        assert StyleId("ghost") not in await house.offered()
        assert await house.acts(mia) == ["add-maintainer", "start-draft", "remove-maintainer"]
