"""A server with a feed, a maintainer and two guests, and what stories about sharing look at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.adapters.discord.opened import Opened, Setup, key, opened, selfie
from tests.fakes.discord import Channel, Discord, Member, Message


@dataclass(frozen=True, slots=True)
class Party:
    """Who is there, and where: ``room`` is where guests talk, ``feed`` where shared pictures are posted."""

    booth: Opened
    discord: Discord
    owner: Member
    ann: Member
    bob: Member
    room: Channel
    feed: Channel

    async def feeds(self, channel: Channel | None = None) -> None:
        """Make a channel a feed."""
        sent = await self.owner.slash("feed", channel or self.feed, feed="here")
        await sent.until(lambda message: "posted here" in message.words)

    async def picture(self, member: Member, shade: int = 60) -> Message:
        """A finished picture of somebody's own photo."""
        sent = await member.slash("stylize", self.room, photo=selfie(shade), style="comic")
        return await sent.until(lambda message: message.pictures)

    async def shares(self, member: Member, picture: Message) -> Message:
        """Share a picture, and wait until its card says so."""
        await member.presses(picture, "Share")
        return await with_button(self.discord, picture, "Unshare")

    async def unshares(self, member: Member, picture: Message) -> Message:
        """Take it back, and wait until its card says so."""
        await member.presses(picture, "Unshare")
        return await with_button(self.discord, picture, "Share")

    async def hung(self, number: int = 1, feed: Channel | None = None) -> list[Message]:
        """Wait until so many pictures hang in a feed."""

        def there(seen: Channel) -> list[Message] | None:
            found = [message for message in seen.from_bot if message.pictures]
            return found if len(found) == number == len(seen.from_bot) else None

        return await (feed or self.feed).until(there)

    async def empty(self, channel: Channel | None = None) -> None:
        """Wait until nothing of the bot's is there."""
        await (channel or self.feed).until(lambda seen: not seen.from_bot or None)


@asynccontextmanager
async def party(discord: Discord, folder: Path, setup: Setup | None = None) -> AsyncIterator[Party]:
    """Open it, without a feed as yet."""
    owner, ann, bob = (discord.member(name) for name in ("Owner", "Ann", "Bob"))
    guild = discord.guild("Party", owner, ann, bob)
    room, feed = discord.channel(guild), discord.channel(guild, "wall")
    async with opened(discord, folder, replace(setup or Setup(), maintainers=(key(owner),))) as booth:
        yield Party(booth, discord, owner, ann, bob, room, feed)


@asynccontextmanager
async def restarted(it: Party, folder: Path) -> AsyncIterator[Party]:
    """The same party after a restart of the program on the same folder."""
    async with opened(it.discord, folder, Setup(maintainers=(key(it.owner),))) as booth:
        yield replace(it, booth=booth)


def labels(message: Message) -> set[str]:
    """What can be pressed under a message."""
    return {button.label for button in message.buttons}


async def with_button(discord: Discord, message: Message, label: str) -> Message:
    """Wait until a message has such a button."""

    def there(seen: Channel) -> Message | None:
        found = seen.find(message.id)
        return found if found is not None and label in labels(found) else None

    return await discord.world.channels[message.channel].until(there)


def reachable(discord: Discord, data: bytes) -> bool:
    """Whether these bytes stand in any message, or behind any address of a file."""
    shown = (
        file.content
        for channel in discord.world.channels.values()
        for message in channel.all_messages
        for file in message.attachments
    )
    return data in shown or discord.cdn.holds(data)
