"""Interactions and messages in our own words: what is kept, what isn't, and what nobody's name is in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.events import Command, Event, Guest, NoPhoto, PhotoSent, Press, lane, read, written
from adapters.discord.incoming import private
from adapters.discord.where import Where
from adapters.discord.where import read as read_where
from tests.adapters.discord import payloads as p
from tests.adapters.discord.doorway import Setup, Standing, standing
from tests.fakes.discord import Discord


async def translated(door: Standing, payload: p.Json) -> Event:
    """The one event that a payload becomes; Discord itself has never heard of it."""
    before = len(await door.events())
    door.entrance.reception.expect(int(payload["id"]))
    private.hand_over(door.entrance.client, payload)
    await door.entrance.reception.outcome(int(payload["id"]))
    events = await door.events()
    assert len(events) == before + 1
    return events[-1]


class Numbered:
    """Gives each payload an id of its own."""

    def __init__(self) -> None:
        self._last = p.SNOWFLAKE

    def __call__(self, payload: p.Json, **more: Any) -> p.Json:
        self._last += 1 << 22
        return {**payload, "id": str(self._last), **more}


async def test_interactions(discord: Discord, tmp_path: Path) -> None:
    """All in one entrance, as one database is enough for them."""
    new = Numbered()
    async with standing(discord, tmp_path, Setup(gateway=False, http=True)) as door:
        await door.ready()
        await _slash(door, new)
        await _places(door, new)
        await _menus(door, new)
        await _commands(door, new)
        await _presses(door, new)
        for event in await door.events():
            assert "secret" not in written(event).replace(p.TOKEN, "").casefold()
            assert "secret" not in repr(event).casefold()
            assert p.TOKEN not in repr(event)
            assert "cdn.test" not in repr(event)


async def _slash(door: Standing, new: Numbered) -> None:
    payload = new(p.interaction(), data=p.stylize(p.attachment(), " comic " + 100 * "x"))
    sent = await translated(door, payload)
    assert isinstance(sent, PhotoSent)
    assert sent.key == f"discord:i:{payload['id']}"
    assert sent.wish == ("comic " + 100 * "x")[:64]
    assert (sent.guest.user, sent.guest.locales) == (p.ANN, ("de",))
    (picture,) = sent.pictures
    assert (picture.id, picture.size, picture.message) == (501, 4711, 0)
    assert picture.url.startswith("https://cdn.test/501")
    where = sent.where
    assert (where.channel, where.guild, where.private, where.thinking) == (p.DM, None, True, True)
    assert (where.token, where.interaction, where.application) == (p.TOKEN, int(payload["id"]), p.APPLICATION)
    assert not where.ephemeral
    for kind, name, what in [
        ("video/mp4", "a.mp4", "moving"),
        ("audio/ogg", "a.ogg", "sound"),
        ("application/pdf", "a.pdf", "file"),
        (None, "a.zip", "file"),
        ("image/heic", "a.bin", None),
        (None, "IMG.HEIC", None),
        ("application/octet-stream", "IMG.heic", None),
        ("application/pdf", "really.jpg", "file"),
    ]:
        event = await translated(door, new(p.interaction(), data=p.stylize(p.attachment(7, kind, name))))
        if what is None:
            assert isinstance(event, PhotoSent), name
        else:
            assert isinstance(event, NoPhoto)
            assert (event.what, event.where.ephemeral) == (what, True)


async def _places(door: Standing, new: Numbered) -> None:
    async def where(payload: p.Json) -> Where:
        return (await translated(door, new(payload, data=p.stylize(p.attachment())))).where

    there = await where(p.in_guild(attachment_size_limit=50 << 20))
    assert (there.channel, there.guild, there.member, there.thread) == (p.CHANNEL, p.GUILD, True, False)
    assert (there.upload_limit, there.permissions, there.private) == (50 << 20, p.SEND, False)
    thread = {"id": "77", "type": 11, "guild_id": str(p.GUILD), "parent_id": str(p.CHANNEL), "name": "t"}
    thread |= {"owner_id": "1", "message_count": 0, "member_count": 1, "rate_limit_per_user": 0}
    archive = {"archived": False, "auto_archive_duration": 60, "locked": False}
    thread["thread_metadata"] = archive | {"archive_timestamp": "2026-01-01T00:00:00+00:00"}
    assert (await where(p.in_guild(channel=thread, channel_id="77"))).thread
    assert not (await where(p.foreign())).member
    both = {"0": str(p.GUILD), "1": str(p.ANN)}
    assert (await where(p.in_guild(authorizing_integration_owners=both))).member
    with_bot = p.interaction(authorizing_integration_owners={"1": str(p.ANN)})
    assert (await where(with_bot)).private
    friends = p.interaction(context=2, authorizing_integration_owners={"1": str(p.ANN)})
    assert not (await where(friends)).member
    assert not (await where(friends)).private


async def _menus(door: Standing, new: Numbered) -> None:
    files = [p.attachment(1), p.attachment(2, "video/mp4", "a.mp4"), p.attachment(3, "image/png", "b.png")]
    of_bob = p.message(author=p.user(p.BOB), attachments=files, channel_id=str(p.CHANNEL))
    sent = await translated(door, new(p.in_guild(), data=p.on_message(of_bob)))
    assert isinstance(sent, PhotoSent)
    assert [picture.id for picture in sent.pictures] == [1, 3]
    assert {(picture.channel, picture.message) for picture in sent.pictures} == {(p.CHANNEL, p.MESSAGE)}
    assert sent.guest.user == p.ANN
    nothing = await translated(door, new(p.in_guild(), data=p.on_message(p.message(content="hello"))))
    assert isinstance(nothing, NoPhoto)
    assert nothing.what == "message"
    avatar = await translated(door, new(p.in_guild(), data=p.on_user(p.user(p.BOB, avatar="a" * 32))))
    assert isinstance(avatar, PhotoSent)
    assert avatar.pictures[0].url.endswith(f"/avatars/{p.BOB}/{'a' * 32}.png?size=1024")
    assert (avatar.pictures[0].id, avatar.where.thinking) == (0, True)


async def _commands(door: Standing, new: Numbered) -> None:
    for name in ("styles", "mine", "cancel", "forget", "privacy", "help"):
        event = await translated(door, new(p.in_guild(), data=p.slash(name)))
        assert isinstance(event, Command)
        assert (event.name, event.where.ephemeral) == (name, name != "styles")
        assert event.guest.locales == ("de", "en-US")


async def _presses(door: Standing, new: Numbered) -> None:
    job = "11111111-2222-4333-8444-555555555555"
    for verb, owner, ephemeral, thinking in [
        ("cancel", p.ANN, False, False),
        ("again", p.ANN, False, True),
        ("other", p.ANN, True, True),
        ("again", p.BOB, True, True),
    ]:
        custom_id = f"pf:{verb}:{job}:{owner}:"
        event = await translated(door, new(_press(custom_id, 2)))
        assert isinstance(event, Press)
        assert (event.custom_id, event.message, event.values) == (custom_id, p.MESSAGE, ())
        assert (event.where.ephemeral, event.where.thinking) == (ephemeral, thinking)
    chosen = await translated(door, new(_press(f"pf:choose:{job}:{p.ANN}:", 3, values=["comic"])))
    assert isinstance(chosen, Press)
    assert chosen.values == ("comic",)
    await _nothing(door, new(_press("somebody-elses", 2)))
    await _nothing(door, new(_press("pf:fly:::", 2)))


async def _nothing(door: Standing, payload: p.Json) -> None:
    before = len(await door.events())
    door.entrance.reception.expect(int(payload["id"]))
    private.hand_over(door.entrance.client, payload)
    await door.entrance.reception.outcome(int(payload["id"]))
    assert len(await door.events()) == before


def _press(custom_id: str, component: int, **data: Any) -> p.Json:
    button = {"type": 2, "style": 1, "label": "x", "custom_id": custom_id, "id": 2}
    menu = {"type": 3, "custom_id": custom_id, "options": [{"label": "x", "value": "comic"}], "id": 2}
    row = {"type": 1, "id": 1, "components": [button if component == 2 else menu]}
    return p.in_guild(
        type=3,
        message=p.message(components=[row], author=p.user(p.BOT, bot=True), channel_id=str(p.CHANNEL)),
        data={"custom_id": custom_id, "component_type": component, **data},
    )


async def test_messages(discord: Discord, tmp_path: Path) -> None:
    """What is said to us is kept, what is said to others isn't."""
    ann = discord.member("Secretann")
    bob = discord.member("Secretbob")
    party = discord.channel(discord.guild("Party", ann, bob, locale="de", upload_limit=50 << 20))
    thread = discord.thread(party)
    photo, us = ("secret.jpg", b"\xff\xd8\xff"), discord.bot.mention
    async with standing(discord, tmp_path) as door:
        await discord.until_connected()
        await ann.posts(party, "hello everybody", [photo])
        await ann.posts(party, "hello @PETaflop")
        of_bob = await bob.posts(party, "look", [photo, photo])
        heard = [
            await ann.dms("Comic!", photo, ("notes.txt", b"x")),
            await ann.dms("hi"),
            await ann.dms("", ("film.mp4", b"x")),
            await ann.posts(party, f"{us}  comic \n please", [photo]),
            await ann.posts(thread, f"please, {us}", [photo]),
            await ann.posts(party, f"{us} oil", reply_to=of_bob),
            await ann.posts(party, us),
            await ann.posts(party, f"{us} here", [("film.mp4", b"x")]),
        ]
        await door.kept(len(heard), object)  # type: ignore[type-var]
        events = await door.events()
    assert [event.key for event in events] == [f"discord:m:{message.id}" for message in heard]
    assert [type(event) for event in events] == [
        PhotoSent, NoPhoto, NoPhoto, PhotoSent, PhotoSent, PhotoSent, Command, NoPhoto,
    ]  # fmt: skip
    _check_photos([event for event in events if isinstance(event, PhotoSent)])
    assert [event.what for event in events if isinstance(event, NoPhoto)] == ["text", "moving", "moving"]
    assert [event.where.private for event in events] == [True] * 3 + [False] * 5
    assert {event.guest.locales for event in events[3:]} == {("de",)}
    assert {event.where.channel for event in events[3:]} == {party.id, thread.id}
    assert [event.where.thread for event in events] == [False] * 4 + [True] + [False] * 3
    assert all(event.where.reply for event in events)
    assert all("secret" not in written(event).replace("secret.jpg", "") for event in events)


def _check_photos(photos: Sequence[PhotoSent]) -> None:
    private_, mentioned, in_thread, replied = photos
    assert [len(photo.pictures) for photo in photos] == [1, 1, 1, 2]
    assert private_.wish == "Comic!"
    assert mentioned.wish == "comic please"
    assert in_thread.where.permissions is not None
    assert replied.wish == "oil"
    assert replied.pictures[0].message != replied.where.reply


async def test_an_answer_to_our_picture_is_no_wish_without_one(discord: Discord, tmp_path: Path) -> None:
    ann = discord.member("Ann")
    party = discord.channel(discord.guild("Party", ann))
    async with standing(discord, tmp_path) as door:
        await discord.until_connected()
        await door.ready()
        sent = await door.entrance.client.get_partial_messageable(party.id).send("your picture")
        ours = party.find(sent.id)
        assert ours is not None
        await ann.posts(party, "how nice", reply_to=ours)
        await ann.posts(party, "and this one", [b"\xff\xd8\xff"], reply_to=ours)
        (photo,) = await door.kept(1, PhotoSent)
        assert photo.wish == "and this one"


@pytest.mark.parametrize("context", ["", "{", "[]", '{"channel":"x"}', "null"])
def test_a_context_that_can_not_be_read_is_nowhere(context: str) -> None:
    assert read_where(context) == Where(0)


def test_a_place_and_an_event_are_written_whole() -> None:
    where = Where(5, 6, member=False, reply=7, token="t", expires=1.5, permissions=8, language="de")
    assert read_where(where.write()) == where
    event = Press("discord:i:1", where, Guest(1, ("de",)), 9, "pf:x:::", ("a",))
    assert read(written(event)) == event
    assert lane(event) == "channel:5:1"
