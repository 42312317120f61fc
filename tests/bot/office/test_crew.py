"""Who is a maintainer, on both databases."""

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.nouns import GuestKey
from bot.office.crew import CODE_TRIES, Crew, hashed, make_code
from bot.office.mailbox import NAME, Mailbox
from bot.office.slips import LastMaintainer, NoSuchGuest, NotAMaintainer, SetByOwner, WrongCode
from bot.store.audit import AuditStore
from bot.store.crew import CrewStore
from bot.store.database import Database, open_database
from bot.store.migrate import migrate
from bot.store.tables import claim_codes

ANN, BOB, EVE = GuestKey("telegram:1"), GuestKey("discord:2"), GuestKey("telegram:666")


def crew_of(database: Database, *named: GuestKey, mailbox: Mailbox | None = None) -> Crew:
    return Crew(named, CrewStore(database), AuditStore(database), mailbox)


@pytest.fixture
async def crew(database: Database) -> Crew:
    return crew_of(database)


async def test_the_first_one_claims_with_the_code_which_is_void_afterwards(crew: Crew) -> None:
    code = await crew.first_code()
    assert code is not None
    await crew.claim(ANN, code.lower().replace("-", " "))  # as a phone's keyboard writes it
    assert await crew.is_maintainer(ANN)
    assert await crew.first_code() is None
    with pytest.raises(WrongCode):
        await crew.claim(EVE, code)
    assert not await crew.is_maintainer(EVE)


async def test_nobody_needs_a_code_where_the_settings_name_somebody(database: Database) -> None:
    assert await crew_of(database, ANN).first_code() is None


async def test_ten_wrong_tries_void_the_code_whoever_tries(crew: Crew) -> None:
    code = await crew.new_code()
    for number in range(CODE_TRIES):
        with pytest.raises(WrongCode):
            await crew.claim(GuestKey(f"telegram:{number}"), "AAAA-BBBB-CCCC")
    with pytest.raises(WrongCode):
        await crew.claim(ANN, code)
    assert not await crew.everybody()


async def test_nine_wrong_tries_do_not(crew: Crew) -> None:
    code = await crew.new_code()
    for _ in range(CODE_TRIES - 1):
        with pytest.raises(WrongCode):
            await crew.claim(EVE, "")
    await crew.claim(ANN, code)


async def test_a_code_is_void_after_an_hour(crew: Crew, database: Database) -> None:
    code = await crew.new_code()
    async with database.write() as connection:
        await connection.execute(claim_codes.update().values(made=claim_codes.c.made - 3601))
    with pytest.raises(WrongCode):
        await crew.claim(ANN, code)


async def test_a_new_code_voids_the_one_before_and_only_its_hash_is_kept(
    crew: Crew, database: Database
) -> None:
    old, new = await crew.new_code(), await crew.new_code()
    async with database.read() as connection:
        (row,) = await connection.execute(sa.select(claim_codes))
    assert new not in str(row)
    with pytest.raises(WrongCode):
        await crew.claim(ANN, old)
    await crew.claim(ANN, new)


async def test_two_who_claim_at_once_do_not_both_get_in(crew: Crew) -> None:
    code = await crew.new_code()
    outcomes = await asyncio.gather(crew.claim(ANN, code), crew.claim(BOB, code), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "WrongCode"]
    assert len(await crew.everybody()) == 1


async def test_maintainers_add_and_remove_each_other_but_never_the_last(crew: Crew) -> None:
    await crew.claim(ANN, await crew.new_code())
    assert await crew.add(ANN, BOB)
    assert not await crew.add(ANN, BOB)
    await crew.remove(BOB, ANN)
    with pytest.raises(NotAMaintainer):
        await crew.add(ANN, EVE)
    with pytest.raises(LastMaintainer):
        await crew.remove(BOB, BOB)
    with pytest.raises(NoSuchGuest):
        await crew.remove(BOB, EVE)
    assert [one.guest for one in await crew.members(BOB)] == [BOB]


async def test_two_who_remove_each_other_at_once_leave_one(crew: Crew) -> None:
    await crew.claim(ANN, await crew.new_code())
    await crew.add(ANN, BOB)
    outcomes = await asyncio.gather(crew.remove(ANN, BOB), crew.remove(BOB, ANN), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes].count(type(None)) == 1
    assert len(await crew.everybody()) == 1


async def test_those_of_the_settings_stay(database: Database) -> None:
    crew = crew_of(database, ANN)
    await crew.add(ANN, BOB)
    with pytest.raises(SetByOwner):
        await crew.remove(BOB, ANN)
    await crew.remove(ANN, BOB)  # somebody of the settings is left
    assert [(one.guest, one.by_owner) for one in await crew.everybody()] == [(ANN, True)]


@pytest.mark.parametrize("key", ["telegram:", "telegram:x", "web:1", "telegram:1; drop", "", "7"])
async def test_only_a_guest_of_a_chat_can_be_added(database: Database, key: str) -> None:
    with pytest.raises(NoSuchGuest):
        await crew_of(database, ANN).add(ANN, GuestKey(key))


async def test_the_audit_list_says_who_did_what_to_whom(crew: Crew) -> None:
    await crew.claim(ANN, await crew.new_code())
    await crew.add(ANN, BOB)
    await crew.remove(BOB, ANN)
    entries = await crew.audit(BOB)
    assert [(entry.deed.who, str(entry.deed.act), entry.deed.what) for entry in entries] == [
        (BOB, "remove-maintainer", ANN),
        (ANN, "add-maintainer", BOB),
        (ANN, "claim", ""),
        ("house:petaflop", "new-code", ""),
    ]
    assert entries[0].at >= entries[-1].at > 0


async def test_a_stranger_gets_nowhere(crew: Crew) -> None:
    await crew.claim(ANN, await crew.new_code())
    for attempt in (crew.add(EVE, EVE), crew.remove(EVE, ANN), crew.audit(EVE), crew.members(EVE)):
        with pytest.raises(NotAMaintainer):
            await attempt
    assert len(await crew.audit(ANN)) == 2


async def test_maintainers_survive_a_restart(database_url: sa.URL) -> None:
    async with open_database(database_url) as database:
        await migrate(database)
        crew = crew_of(database)
        code = await crew.new_code()
    async with open_database(database_url) as database:
        await crew_of(database).claim(ANN, code)
    async with open_database(database_url) as database:
        assert await crew_of(database).is_maintainer(ANN)


async def test_a_code_left_in_the_mailbox_works_once(database: Database, tmp_path: Path) -> None:
    mailbox, code = Mailbox(tmp_path), make_code()
    crew = crew_of(database, mailbox=mailbox)
    mailbox.leave(hashed(code))
    assert code not in (tmp_path / NAME).read_text()
    await crew.claim(ANN, code)
    with pytest.raises(WrongCode):
        await crew.claim(BOB, code)
    assert not (tmp_path / NAME).exists()


def test_what_is_old_or_not_ours_is_thrown_out_of_the_mailbox(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    assert mailbox.take(3600) is None
    (tmp_path / NAME).write_text("rubbish")
    assert mailbox.take(3600) is None
    mailbox.leave("0" * 64)
    assert mailbox.take(0) is None
    mailbox.leave("0" * 64)
    assert mailbox.take(3600) == "0" * 64
    assert mailbox.take(3600) is None
