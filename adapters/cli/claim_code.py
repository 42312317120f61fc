"""``petaflop claim-code``."""

import asyncio
import json
import os

import click
import sqlalchemy as sa

from adapters.cli.options import AsWritten, talkative
from adapters.settings import Settings, load_settings
from bot.errors import SetupError
from bot.office.crew import CODE_LASTS_S, hashed, make_code
from bot.office.mailbox import Mailbox
from bot.store.audit import HOUSE, Act, Deed
from bot.store.crew import CrewStore
from bot.store.database import open_database
from bot.store.migrate import migrate


@click.command(cls=AsWritten)
@click.option("--json", "as_json", is_flag=True, help="A JSON object: code, minutes.")
@talkative()
def claim_code(*, as_json: bool) -> None:
    """Make the code by which somebody becomes a maintainer.

    They send it to the bot in a private chat. It works once, for an hour,
    and an earlier code is void. The booth may be running or not.

    Examples:
      petaflop claim-code
      PETAFLOP_DATA_DIR=/var/lib/petaflop petaflop claim-code
    Next: send the bot “/claim CODE” on Telegram or Discord.
    """
    code, minutes = make_code(), round(CODE_LASTS_S / 60)
    leave(load_settings(os.environ), code)
    if as_json:
        click.echo(json.dumps({"code": code, "minutes": minutes}))
    else:
        click.echo(f"Within {minutes} minutes, send the bot: /claim {code}")


def leave(settings: Settings, code: str) -> None:
    """Leave the code's hash where the booth finds it.

    Raises:
        SetupError: neither the database nor the data directory can be written.
    """
    if settings.database_url.get_backend_name() != "sqlite":
        asyncio.run(_write(settings.database_url, code))
        return
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        Mailbox(settings.data_dir).leave(hashed(code))
    except OSError as error:
        hint = f"The data directory can't be written: {error.strerror}. Look at PETAFLOP_DATA_DIR."
        raise SetupError(hint, os.EX_CANTCREAT) from error


async def _write(url: sa.URL, code: str) -> None:
    async with open_database(url) as database:
        await migrate(database)
        await CrewStore(database).open_code(Deed(HOUSE, Act.NEW_CODE), hashed(code))
