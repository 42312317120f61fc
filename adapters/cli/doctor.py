"""``petaflop doctor``."""

import asyncio
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from adapters import notation
from adapters.cli.files import read_photo
from adapters.cli.options import AsWritten, talkative
from adapters.doctor.findings import Finding, Grade, Tell, bad, exit_code, hint
from adapters.doctor.machine import examine_machine
from adapters.doctor.platforms import examine_platforms
from adapters.doctor.servers import examine_server
from adapters.renderers import DESK_MEMORY, DESK_SECONDS
from adapters.settings import Settings, load_settings, strangers
from bot.errors import SetupError
from bot.pixels.children import Children
from bot.pixels.intake import clean
from comfy.catalogue import load_catalogue
from comfy.patience import Patience
from comfy.recipes import load_recipes

MARKS = {
    Grade.GOOD: ("✓", "bold #22d3ee"),
    Grade.HINT: ("!", "bold yellow"),
    Grade.BAD: ("✗", "bold #ff3b7b"),
}


def _web_urls(_context: click.Context, _option: click.Parameter, given: Sequence[str]) -> Sequence[str]:
    try:
        return [notation.web_url(url) for url in given]
    except ValueError as error:
        raise click.UsageError(f"The URL {error}, as http://spark.local:8188 is one.") from error


@click.command(cls=AsWritten)
@click.option(
    "--comfy",
    metavar="URL",
    multiple=True,
    callback=_web_urls,
    help="A ComfyUI server instead of those in PETAFLOP_COMFY_URLS; may be repeated.",
)
@click.option(
    "--photo",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Try this photo on the servers instead of the sample portrait.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@talkative()
def doctor(*, comfy: Sequence[str], photo: Path | None, as_json: bool) -> int:
    """Look at everything that the booth needs, and say what to do.

    Data directory, disk, database, fonts, child processes and ports of this
    machine; tokens, webhooks, the public address and the clock, where there
    are tokens and an address; and of each ComfyUI whether it answers, is new enough and alive,
    what it can paint, and whether it paints that rightly: a portrait is
    rendered there without a model, compared with the picture that it has to
    give, and removed. Nothing is changed, here or there.

    Examples:
      petaflop doctor
      petaflop doctor --comfy http://spark.local:8188
      petaflop doctor --json | jq '.findings[] | select(.grade == "bad")'

    Ends with 0 when all is well (a ! is only a hint), 69 when something is
    not there or doesn't work, and 78 when a setting is wrong.
    Next: petaflop rehearse --guests 20
    """
    console = Console(highlight=False, soft_wrap=True)
    findings: list[Finding] = []

    def tell(finding: Finding) -> None:
        findings.append(finding)
        if not as_json:
            console.print(_lines(finding))

    asyncio.run(_examine(comfy, photo, tell))
    code = exit_code(findings)
    if as_json:
        click.echo(json.dumps(_object(findings, code)))
    else:
        console.print(_verdict(findings))
    return code


async def _examine(comfy: Sequence[str], photo: Path | None, tell: Tell) -> None:
    try:
        settings = load_settings(os.environ)
    except SetupError as error:
        tell(bad("settings", error.hint, "", error.exit_code))
        return
    jpeg = None if photo is None else await _cleaned(photo, settings)
    for stranger in strangers(os.environ):
        tell(hint("settings", stranger, "Nobody reads it: most likely it is misspelt."))
    runs = await examine_machine(settings, tell)
    await examine_platforms(settings, tell, runs=runs)
    urls = comfy or settings.comfy_urls
    if not urls:
        advice = "Set PETAFLOP_COMFY_URLS=http://<server>:8188, or be happy with the instant filters."
        tell(hint("ComfyUI", "No server is set up.", advice))
    recipes = load_recipes(load_catalogue().graphs)
    for url in urls:
        await examine_server(url, recipes, jpeg, Patience(), tell)


async def _cleaned(photo: Path, settings: Settings) -> bytes:
    """The photo as guests' photos reach a server.

    Raises:
        SetupError: it can't be read.
        PhotoError, ChildLost: it can't be used.
    """
    data = read_photo(photo, settings.max_upload)
    children = Children(slots=1, memory_bytes=DESK_MEMORY, seconds=DESK_SECONDS)
    async with children.running():
        return (await children.run(partial(clean, max_bytes=settings.max_upload), data)).jpeg


def _lines(finding: Finding) -> Text:
    mark, style = MARKS[finding.grade]
    lines = Text.assemble((f"{mark} ", style), (f"{finding.subject}: ", "bold"), finding.sentence)
    return lines.append(f"\n  → {finding.advice}", "dim") if finding.advice else lines


def _verdict(findings: Sequence[Finding]) -> Text:
    broken = sum(finding.grade is Grade.BAD for finding in findings)
    hints = sum(finding.grade is Grade.HINT for finding in findings)
    if broken:
        return Text(f"{broken} of {len(findings)} things need you, marked with ✗.", "bold")
    return Text(f"All is well; {hints} hints." if hints else "All is well.", "bold")


def _object(findings: Sequence[Finding], code: int) -> dict[str, object]:
    told = [{name: value for name, value in asdict(one).items() if name != "exit_code"} for one in findings]
    return {"well": code == os.EX_OK, "exit_code": code, "findings": told}
