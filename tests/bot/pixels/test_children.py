"""The children: they work apart, are bounded, die alone, and leave nobody behind."""

import asyncio
import functools
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.errors import ChildLost, PhotoTooManyBytes
from bot.pixels.child import NICENESS
from bot.pixels.children import Children
from bot.pixels.intake import clean
from tests.bot import chores
from tests.bot.pictures import encoded, marked

REST = 24 << 20
"""Bytes of a child that has done nothing yet, and some."""


@pytest.fixture
async def children() -> AsyncIterator[Children]:
    """One child, so that two runs in a row meet the same one."""
    one = Children(slots=1, memory_bytes=chores.MEMORY, seconds=30)
    async with one.running():
        yield one


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A named pipe that a hanging chore writes to."""
    pipe = tmp_path / "begun"
    os.mkfifo(pipe)
    return pipe


async def readable(handle: int) -> None:
    """Wait for the descriptor, then close it."""
    ready = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(handle, ready.set)
    try:
        async with asyncio.timeout(60):
            await ready.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


async def written(pipe: Path) -> None:
    await readable(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))


async def gone(pid: int) -> None:
    """Wait for the end of a process that need not be ours."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    await readable(handle)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_value_comes_back_however_large(children: Children) -> None:
    data = os.urandom(1 << 20) * 16
    assert await children.run(chores.twice, data) == data + data


async def test_a_photo_is_cleaned_in_a_child(children: Children) -> None:
    photo = encoded(marked(), "JPEG")
    inside = await children.run(functools.partial(clean, max_bytes=1 << 20), photo)
    assert inside == clean(photo, max_bytes=1 << 20)


async def test_its_own_errors_come_through_whole(children: Children) -> None:
    with pytest.raises(PhotoTooManyBytes) as refused:
        await children.run(chores.refuse, 20)
    assert refused.value.values == {"limit_mib": 20}


async def test_an_error_costs_no_child(children: Children) -> None:
    before = await children.run(os.getpid)
    with pytest.raises(PhotoTooManyBytes):
        await children.run(chores.refuse, 20)
    with pytest.raises((AttributeError, TypeError)):
        await children.run(chores.unpicklable)
    assert await children.run(os.getpid) == before


@pytest.mark.parametrize("end", [chores.exit_at_once, chores.kill_oneself, chores.leave])
async def test_a_crash_is_told_and_the_next_child_is_fresh(
    children: Children, end: Callable[[], None]
) -> None:
    before = await children.run(os.getpid)
    with pytest.raises(ChildLost) as lost:
        await children.run(end)
    assert lost.value.cause == "crashed"
    assert await children.run(os.getpid) != before
    assert not is_there(before)


async def test_a_child_that_died_while_idle_is_replaced(children: Children) -> None:
    before = await children.run(os.getpid)
    os.kill(before, signal.SIGKILL)
    await gone(before)
    assert await children.run(os.getpid) != before


async def test_a_run_that_takes_too_long_is_killed(begun: Path) -> None:
    children = Children(slots=1, memory_bytes=chores.MEMORY, seconds=3)
    async with children.running():
        pid = await children.run(os.getpid)
        with pytest.raises(ChildLost) as lost:
            await children.run(chores.hang, begun)
        assert lost.value.cause == "timeout"
        assert not is_there(pid)
        assert await children.run(chores.twice, b"o") == b"oo"


async def test_memory_is_bounded(children: Children) -> None:
    assert await children.run(chores.eat, chores.MEMORY // 2) == chores.MEMORY // 2
    with pytest.raises(ChildLost) as lost:
        await children.run(chores.eat, chores.MEMORY)
    assert lost.value.cause == "memory"
    assert await children.run(chores.eat, chores.MEMORY // 2) == chores.MEMORY // 2


async def test_cancelling_kills_the_child(children: Children, begun: Path) -> None:
    pid = await children.run(os.getpid)
    run = asyncio.create_task(children.run(chores.hang, begun))
    await written(begun)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert not is_there(pid)
    assert await children.run(chores.twice, b"o") == b"oo"


async def test_cancelling_who_still_waits_kills_nobody(children: Children, begun: Path) -> None:
    pid = await children.run(os.getpid)
    first = asyncio.create_task(children.run(chores.nap, 0.2))
    second = asyncio.create_task(children.run(chores.nap, 0.2))
    await asyncio.sleep(0)
    second.cancel()
    await first
    assert second.cancelled()
    assert await children.run(os.getpid) == pid


async def test_no_more_than_the_slots_run_at_once() -> None:
    children = Children(slots=2, memory_bytes=chores.MEMORY, seconds=30)
    async with children.running():
        naps = await asyncio.gather(*(children.run(chores.nap, 0.2) for _ in range(7)))
    assert max(sum(start <= at < end for start, end in naps) for at, _ in naps) == 2


async def test_children_are_warm_and_stay(children: Children) -> None:
    warm = Children(slots=2, memory_bytes=chores.MEMORY, seconds=30)
    async with warm.running(chores.warm_up):
        seen = [await warm.run(chores.warmed) for _ in range(4)]
        assert {count for _, count in seen} == {1}
        with pytest.raises(ChildLost):
            await warm.run(chores.exit_at_once)
        replaced = [await warm.run(chores.warmed) for _ in range(4)]
    assert {count for _, count in replaced} == {1}
    assert (await children.run(chores.warmed))[1] == 0, "every Children has its own"


async def test_afterwards_there_are_none(begun: Path) -> None:
    children = Children(slots=2, memory_bytes=chores.MEMORY, seconds=30)
    async with children.running():
        idle = await children.run(os.getpid)
        busy = asyncio.create_task(children.run(chores.hang, begun))
        await written(begun)
    with pytest.raises(ChildLost):
        await busy
    assert not is_there(idle)
    with pytest.raises(RuntimeError, match="running"):
        await children.run(os.getpid)


async def test_a_warm_up_that_fails_is_told_at_once() -> None:
    children = Children(slots=2, memory_bytes=chores.MEMORY, seconds=30)
    with pytest.raises(ChildLost):
        async with children.running(chores.exit_at_once):
            pytest.fail("never gets here")


async def test_what_a_child_says_is_neither_a_reply_nor_shown(
    children: Children, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot.pixels.children")
    for _ in range(3):
        assert await children.run(chores.chatter, "Aunt Rosa") == "Aunt Rosa"
    with pytest.raises(ChildLost):
        await children.run(chores.exit_at_once)
    assert "bytes to standard error" in caplog.text
    assert "Rosa" not in caplog.text


async def test_settings_stay_with_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PETAFLOP_TELEGRAM_TOKEN", "1:made-up")
    monkeypatch.setenv("UNRELATED", "kept")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    children = Children(slots=1, memory_bytes=chores.MEMORY, seconds=30)
    async with children.running():
        assert await children.run(chores.inherited, "PETAFLOP_TELEGRAM_TOKEN") is None
        assert await children.run(chores.inherited, "UNRELATED") == "kept"
        assert await children.run(chores.inherited, "OPENBLAS_NUM_THREADS") == "1"


async def test_the_event_loop_goes_first(children: Children) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert await children.run(chores.priority) == min(19, own + NICENESS)


async def test_a_killed_parent_leaves_no_child(begun: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.orphaning", str(begun)), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout
    pid = int(await parent.stdout.readline())
    await written(begun)
    assert is_there(pid)
    parent.send_signal(signal.SIGKILL)
    await parent.wait()
    await gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
async def test_a_child_at_rest_has_given_back_what_it_worked_with(children: Children) -> None:
    pid = await children.run(chores.scatter)

    def resident() -> int:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    async with asyncio.timeout(30):  # it gives back after it has answered
        while resident() > chores.BLOCK * chores.BLOCKS // 2 + REST:  # noqa: ASYNC110 # the kernel tells nobody
            await asyncio.sleep(0.02)
