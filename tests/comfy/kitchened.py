"""A whole core whose styles are drawn on the local ComfyUI, through the real bench and the real renderer."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.assembly.assembly import open_booth
from bot.assembly.plan import Parts
from bot.booth import Booth
from bot.nouns import ChatKey, GuestKey, Job, JobId
from bot.office.office import Office
from bot.office.trials import Spot
from bot.states import FINISHED
from bot.store.drafts import Draft
from bot.store.stores import open_stores
from bot.words import words
from comfy.bases import bases, shipped_graph
from comfy.bench import ComfyBench
from comfy.remote import ComfyRenderer
from tests.bot.crewed import OWNER
from tests.bot.opened import photo, plan, post, until
from tests.comfy.support import CALM, STYLES
from tests.comfy.support import until as until_so
from tests.desk import shared_desk
from tests.fakes.chat import RecordingChat
from tests.fakes.comfyui import FakeComfyUI

PATIENCE_S = 60.0
GUEST = GuestKey("telegram:7")
_FOLDERS = {
    "ckpt_name": "checkpoints",
    "unet_name": "diffusion_models",
    "clip_name": "text_encoders",
    "clip_name1": "text_encoders",
    "clip_name2": "text_encoders",
    "vae_name": "vae",
    "lora_name": "loras",
}


def models_of(*graphs: str) -> Mapping[str, Sequence[str]]:
    """The model files that shipped graphs name, by ComfyUI's folders."""
    found: dict[str, set[str]] = {}
    for graph in graphs:
        for node in shipped_graph(graph).nodes.values():
            for name, value in node.inputs.items():
                if name in _FOLDERS:
                    found.setdefault(_FOLDERS[name], set()).add(str(value))
    return {folder: sorted(names) for folder, names in found.items()}


def every_model() -> Mapping[str, Sequence[str]]:
    """All that the base graphs need."""
    return models_of(*(stem for base in bases() for stem in base.graphs))


@dataclass(frozen=True, slots=True)
class Kitchened:
    """What a story has in its hands."""

    booth: Booth
    comfy: ComfyRenderer
    chat: RecordingChat
    fake: FakeComfyUI

    @property
    def office(self) -> Office:
        return self.booth.office

    async def ended(self, guest: GuestKey, job: JobId) -> Job:
        """A job once it has come to its end."""

        async def is_over() -> bool:
            return (await self.booth.look(guest, job)).job.state in FINISHED

        await until(is_over)
        return (await self.booth.look(guest, job)).job

    async def tried(self, draft: Draft) -> Job:
        """Try a draft out on the portrait."""
        spot = Spot(f"try {draft.render_id}", ChatKey(draft.owner), "en")
        view = await self.office.atelier.try_out(draft.owner, draft.id, "portrait", spot)
        return await self.ended(draft.owner, view.job.id)

    async def published(self, draft: Draft) -> int:
        """Try a draft out, and publish it."""
        await self.tried(draft)
        return await self.office.atelier.publish(draft.owner, draft.id)

    async def guests_photo(self, style: str, guest: GuestKey = GUEST) -> Job:
        """A guest's photo, drawn or not."""
        chosen = next(one.id for one in await self.booth.styles("en") if one.id == style)
        view = await self.booth.submit(post(guest, style=chosen))
        return await self.ended(guest, view.job.id)

    async def offered(self) -> list[str]:
        """What guests may choose and a server draws just now."""
        return [style.id for style in await self.booth.styles("en") if style.available]


@asynccontextmanager
async def kitchened(
    url: sa.URL, folder: Path, fake: FakeComfyUI, *, sheet: bool = False
) -> AsyncIterator[Kitchened]:
    """Open it, once the server is met if it runs; opening it again on the same database is a restart."""
    comfy, chat = ComfyRenderer([fake.url], STYLES, patience=CALM), RecordingChat(name="telegram")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(comfy.running())
        if fake.runs:
            await until_so(lambda: comfy.slots > 0, PATIENCE_S)
        stores = await stack.enter_async_context(open_stores(url, folder))
        parts = Parts(
            stores,
            [comfy],
            [chat],
            await shared_desk(),
            words(),
            bench=ComfyBench(comfy),
            portrait=lambda: photo(100, 128),
        )
        with_plan = plan(maintainers=[OWNER], sheet=sheet)
        booth = await stack.enter_async_context(open_booth(with_plan, parts))
        yield Kitchened(booth, comfy, chat, fake)
