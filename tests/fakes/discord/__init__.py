"""discord.com on a loopback port: REST, gateway and CDN, the part this project speaks, with its people.

``async with running() as discord:`` serves. What it says is held against discord.py in
``tests/fakes/test_discord_contract.py``. A story reads so::

    ann = discord.member("Ann", "de")
    party = discord.channel(discord.guild("Party", ann))
    sent = await ann.slash("stylize", party, photo=selfie, style="comic")
    discord.fault("edit original", "reset after")
    done = await sent.until(lambda message: message.pictures)
    await ann.presses(done, "Again")

============  ===================================================================================
values        users, files, messages: frozen, one version of a message after the other
places        guilds and channels as they are seen; ``permissions`` in them
interaction   what a member sent, and how it was answered
world         everything Discord knows; ``shapes`` writes it as JSON, ``snowflakes`` number it
commands      the rules for commands; ``components`` those for components
drafts        from a body (``bodies``) to what stands in a message
gateway       sessions, RESUME, and connections; ``intents`` say who gets what
messages      the bot's requests with its token; ``responses`` those with an interaction's, and
              ``application`` those about itself; ``refusals`` are Discord's words when it says no
endpoint      interactions over HTTP, signed; ``invoking`` makes them
cdn           files behind URLs that expire
members       the driver's side: what a person does in the client
gate          HTTP, with ``faults``, ``limits`` and the ``ledger`` of requests
server        all of it together
============  ===================================================================================
"""

from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.limits import Limits
from tests.fakes.discord.members import Member
from tests.fakes.discord.places import Channel, Guild
from tests.fakes.discord.server import Discord, running
from tests.fakes.discord.values import Message

__all__ = ["Channel", "Discord", "Guild", "Interaction", "Limits", "Member", "Message", "running"]
