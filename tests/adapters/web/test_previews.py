"""Previews that the booth has drawn by itself, on the page."""

import asyncio
from pathlib import Path

from bot.nouns import Style, StyleId
from tests.adapters.web.served import PATIENCE_S, served
from tests.fakes.renderer import PLAIN, ScriptedRenderer

GRAPH = Style(StyleId("wizard"), "🧙", "graph", PLAIN.renderer)


async def test_a_graph_styles_own_preview_is_shown_and_may_be_kept(tmp_path: Path) -> None:
    renderer = ScriptedRenderer(styles=(PLAIN, GRAPH))
    async with served(tmp_path, renderer=renderer) as site, site.visitor() as visitor:

        async def told() -> dict[str, str | None]:
            return {one["id"]: one["preview"] for one in (await visitor.get("/api/styles")).json()}

        assert (await told())["wizard"] is None
        await site.booth.office.previews.draw_one()
        async with asyncio.timeout(PATIENCE_S):
            while await site.booth.office.previews.of(GRAPH.id) is None:  # noqa: ASYNC110 # no event tells of it
                await asyncio.sleep(0.01)
        address = (await told())["wizard"]
        assert address is not None
        picture = await visitor.get(address)
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
        assert "immutable" in picture.headers["cache-control"]
        assert str((await told())["comic"]).startswith("/static/")  # filters have theirs from the start
        for wrong in (f"{address}x", "/previews/wizard/0", "/previews/comic/0", "/previews/..%2fx/0"):
            assert (await visitor.get(wrong)).status_code == 404
