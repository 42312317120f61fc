"""``petaflop claim-code``, beside a booth that has its database to itself, and in a shared one."""

import asyncio
import json
import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from adapters.cli import main
from adapters.cli.claim_code import leave
from adapters.cli.running import claim_lines, invitation, notice
from adapters.composition import has_chats
from adapters.serving import Address
from adapters.settings import load_settings
from bot.errors import SetupError
from bot.nouns import GuestKey
from bot.office.crew import Crew, make_code
from bot.office.mailbox import Mailbox
from bot.store.audit import AuditStore
from bot.store.crew import CrewStore
from bot.store.database import open_database
from bot.store.migrate import migrate

ANN = GuestKey("telegram:1")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PETAFLOP_")]:
        monkeypatch.delenv(name)


async def test_a_running_booth_takes_the_code_from_its_folder(
    tmp_path: Path, sqlite_url: sa.URL, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PETAFLOP_DATA_DIR", str(tmp_path / "booth"))
    async with open_database(sqlite_url) as database:
        await migrate(database)
        crew = Crew((), CrewStore(database), AuditStore(database), Mailbox(tmp_path / "booth"))
        assert main(["claim-code"]) == os.EX_OK
        (line,) = capsys.readouterr().out.splitlines()
        await crew.claim(ANN, line.rpartition("/claim ")[2])
        assert await crew.is_maintainer(ANN)
        assert main(["claim-code", "--json"]) == os.EX_OK
        told = json.loads(capsys.readouterr().out)
        assert told["minutes"] == 60
        await crew.claim(GuestKey("telegram:2"), told["code"])


@pytest.mark.postgres
async def test_a_shared_database_gets_the_code_itself(postgres_database: sa.URL, tmp_path: Path) -> None:
    code = make_code()
    await asyncio.to_thread(leave, load_settings({}, database_url=postgres_database), code)
    async with open_database(postgres_database) as database:
        crew = Crew((), CrewStore(database), AuditStore(database))
        await crew.claim(ANN, code)
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(SetupError, match="PETAFLOP_DATA_DIR"):
        leave(load_settings({}, data_dir=tmp_path / "file"), make_code())


def test_the_first_code_is_printed_and_in_no_repr() -> None:
    address = Address("127.0.0.1", 8080, "http://127.0.0.1:8080", None, "AAAA-BBBB-CCCC")
    assert notice(address)[-1] == claim_lines("AAAA-BBBB-CCCC")[0]
    assert claim_lines("AAAA-BBBB-CCCC")[0] in invitation(load_settings({}), address)
    assert "AAAA" not in repr(address)
    assert claim_lines(None) == []


def test_only_a_booth_with_a_chat_has_a_code() -> None:
    assert not has_chats(load_settings({}))
    assert has_chats(load_settings({"PETAFLOP_TELEGRAM_TOKEN": "1:a"}))
