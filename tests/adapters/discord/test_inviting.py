"""Invitations on Discord: the codes as a picture, the poster as a file, both for the maintainer's eyes."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.adapters.discord.maintained import ordered, pressed
from tests.adapters.discord.opened import Setup, key, opened
from tests.bot.invites.made import read
from tests.fakes.discord import Discord


async def test_codes_and_poster_come_to_a_maintainer(discord: Discord, tmp_path: Path) -> None:
    mia = discord.member("Mia")
    party = discord.channel(discord.guild("Party", mia))
    async with opened(discord, tmp_path, Setup(maintainers=(key(mia),))):
        card = await ordered(mia, party, "invite", "Place: bar. Style: comic.", place="Bar", style="comic")
        assert card.ephemeral
        (picture,) = card.pictures
        (link,) = read(Image.open(BytesIO(picture)))
        assert link.startswith("https://discord.com/oauth2/authorize?client_id=")
        assert link in card.words
        poster = await pressed(mia, card, "Poster Letter", "Print it as it is")
        assert poster.ephemeral
        (paper,) = poster.attachments
        assert paper.name == "petaflop-poster-letter-bar.pdf"
        assert paper.content.startswith(b"%PDF")
