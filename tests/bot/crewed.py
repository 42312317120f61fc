"""A core with a maintainer, a scripted bench and two chats: what the tests of the office begin with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.assembly.plan import Plan
from bot.nouns import ChatKey, GuestKey, Job, JobId, StyleId
from bot.office.office import Office
from bot.office.recipes import NewStyle
from bot.office.trials import Spot, Subject
from bot.store.drafts import Draft
from tests.bot.opened import Opened, opened, plan
from tests.fakes.bench import ScriptedBench
from tests.fakes.chat import RecordingChat
from tests.fakes.renderer import ScriptedRenderer

OWNER = GuestKey("telegram:1")
"""Named in the settings."""

MATE = GuestKey("telegram:2")
GUEST, OTHER_GUEST = GuestKey("telegram:7"), GuestKey("telegram:8")
STRANGER = GuestKey("telegram:666")
WIZARD = StyleId("wizard")


def wish(name: str = "Wizard", prompt: str = "an old wizard", graph: str | None = None) -> NewStyle:
    return NewStyle(name, "en", "🧙", prompt, "medium", graph)


@dataclass
class Crewed:
    """What a test looks at."""

    core: Opened
    bench: ScriptedBench

    @property
    def office(self) -> Office:
        return self.core.booth.office

    @property
    def chat(self) -> RecordingChat:
        return self.core.chat

    async def tried(self, draft: Draft, subject: Subject = "portrait") -> Job:
        """Try a draft out, and wait for its card."""
        spot = Spot(f"{draft.render_id} {subject}", ChatKey(draft.owner), "en")
        view = await self.office.atelier.try_out(draft.owner, draft.id, subject, spot)
        return (await self.core.finished(draft.owner, view.job.id)).job

    async def published(self, draft: Draft) -> int:
        """Try a draft out and publish it."""
        await self.tried(draft)
        return await self.office.atelier.publish(draft.owner, draft.id)

    async def offered(self, chat: str | None = None) -> list[str]:
        """What guests may choose."""
        styles = await self.core.booth.styles("en", None if chat is None else ChatKey(chat))
        return [style.id for style in styles]

    async def acts(self) -> list[str]:
        """What the audit list says, the oldest first."""
        entries = await self.office.crew.audit(OWNER, 100)
        return [f"{entry.deed.who} {entry.deed.act} {entry.deed.what}".strip() for entry in reversed(entries)]

    async def picture(self, job: JobId) -> bytes:
        """What a maintainer's card shows."""
        return (await self.core.booth.picture(OWNER, job)).data


@asynccontextmanager
async def crewed(
    url: sa.URL,
    folder: Path,
    *,
    renderer: ScriptedRenderer | None = None,
    chat: RecordingChat | None = None,
    with_plan: Plan | None = None,
) -> AsyncIterator[Crewed]:
    """Open it; opening it again on the same database is a restart."""
    renderer = renderer or ScriptedRenderer()
    renderer.styles = ScriptedRenderer().styles
    bench = ScriptedBench(renderer)
    with_plan = with_plan or plan(maintainers=[OWNER])
    chat = chat or RecordingChat(name="telegram")
    async with opened(url, folder, renderer=renderer, bench=bench, with_plan=with_plan, chat=chat) as core:
        yield Crewed(core, bench)
