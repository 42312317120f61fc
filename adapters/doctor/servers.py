"""A ComfyUI server: reached, new enough, alive, what it can paint, and whether it paints that rightly."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence

from adapters.doctor.findings import Finding, Tell, bad, good, hint
from bot.nouns import StyleId
from bot.store.jobs import new_job_id
from comfy.answers import Device, Queue, System
from comfy.client import ComfyError, Refused, ServerAway
from comfy.likeness import Fault, fault_beside, fault_beside_photo
from comfy.menu import Menu
from comfy.patience import Patience
from comfy.preflight import (
    PREFLIGHT,
    PreflightFailed,
    Steps,
    Trial,
    company,
    preflight_recipe,
    reference_picture,
    try_out,
)
from comfy.recipes import StyleRecipes
from comfy.server import Health, Server
from workflows.portraits import SAMPLE, portrait

OLDEST = (0, 3, 64)
MEET_S = 20.0  # for all nodes' descriptions over a slow link, and to see whether the worker lives
_LEAST_FREE = 0.1
_SPARK = "GB10"  # the DGX Spark's GPU, as its driver names it
_MANY = 4  # styles that are named one by one


async def examine_server(
    url: str, styles: Sequence[StyleRecipes], photo: bytes | None, patience: Patience, tell: Tell
) -> None:
    """Look at one server; a render of ours is made there and removed.

    Args:
        url: Its root.
        styles: The catalogue's.
        photo: A clean JPEG to render instead of the sample portrait.
        patience: How long to wait for what.
        tell: Told each finding.
    """
    server = Server(url, styles, patience, lambda: None)
    async with server.client:
        try:
            system, queue = await server.client.learn(), await server.client.queue()
        except ComfyError as error:
            tell(_unreachable(server.name, error))
            return
        for finding in _about(server.name, system):
            tell(finding)
        async with company(server, MEET_S):
            tell(_worker(server, queue))
            if server.health is Health.UP:
                for finding in _styles(server.name, styles, server.menu):
                    tell(finding)
            if PREFLIGHT in server.menu.runnable and server.health is Health.UP:
                for finding in await _preflight(server, photo):
                    tell(finding)


def _unreachable(name: str, error: ComfyError) -> Finding:
    if isinstance(error, ServerAway):
        advice = "Is it on, was ComfyUI started with --listen 0.0.0.0, and is the URL right? Until it is "
        return bad(name, "It doesn't answer.", advice + "back its photos wait, and guests are told so.")
    advice = "Something else listens there; look at host and port."
    return bad(name, f"It answers, but not as ComfyUI does ({error}).", advice)


def _about(name: str, system: System) -> Iterator[Finding]:
    yield _version(name, system)
    yield from _devices(name, system)
    yield from _flags(name, system)


def _version(name: str, system: System) -> Finding:
    numbers = _numbers(system.version)
    oldest = ".".join(map(str, OLDEST))
    if not numbers:
        advice = f"petaflop is tested with {oldest} and newer."
        return hint(name, "ComfyUI, of a version that it doesn't tell.", advice)
    if numbers < OLDEST:
        return bad(name, f"ComfyUI {system.version} is too old.", f"Update it to {oldest} or newer.")
    return good(name, f"ComfyUI {system.version}.", {"version": system.version})


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().removeprefix("v").split("-")[0].split(".")
    return tuple(map(int, parts)) if all(part.isdigit() for part in parts) else ()


def _devices(name: str, system: System) -> Iterator[Finding]:
    if not system.devices:
        yield hint(name, "It names no device that it renders on.", "Look at ComfyUI's own log.")
    for device in system.devices:
        sentence = (
            f"{device.name}: {device.memory_free / 1e9:.1f} of {device.memory / 1e9:.1f} GB memory free."
        )
        figures = {"memory_bytes": device.memory, "memory_free_bytes": device.memory_free}
        if _is_short(device):
            advice = "Models that ComfyUI keeps loaded count as well; end what else runs there."
            yield hint(name, sentence, advice, figures)
        else:
            yield good(name, sentence, figures)


def _is_short(device: Device) -> bool:
    return device.memory_free < device.memory * _LEAST_FREE


def _flags(name: str, system: System) -> Iterator[Finding]:
    """What it should have been started with; older servers don't tell."""
    if not system.arguments:
        return
    if "--disable-metadata" not in system.arguments:
        advice = "Start ComfyUI with --disable-metadata, or each picture on its disk holds its prompt."
        yield hint(name, "It writes prompts into pictures.", advice)
    if "--disable-mmap" not in system.arguments and any(_SPARK in one.name for one in system.devices):
        advice = "Start ComfyUI with --disable-mmap."
        yield hint(name, "Models take twice their memory on a DGX Spark.", advice)


def _worker(server: Server, queue: Queue) -> Finding:
    figures = {"running": len(queue.running), "waiting": len(queue.pending)}
    match server.health:
        case Health.UP:
            sentence = f"Its worker lives; {figures['running']} jobs run there, {figures['waiting']} wait."
            return good(server.name, sentence, figures)
        case Health.STUCK:
            return bad(server.name, "Its worker is dead: jobs wait, and none runs.", "Restart ComfyUI.")
        case _:
            advice = "Does a proxy between here and there let websockets (/ws) through?"
            return bad(server.name, "It answers, but not for its nodes or its websocket.", advice)


def _styles(name: str, styles: Sequence[StyleRecipes], menu: Menu) -> Iterator[Finding]:
    figures = {"styles": len(styles), "runnable": len(menu.runnable)}
    sentence = f"It can paint {len(menu.runnable)} of {len(styles)} styles."
    if len(menu.runnable) == len(styles):
        yield good(name, sentence, figures)
        return
    if menu.runnable:
        yield hint(name, sentence, "Guests are offered those that it can.", figures)
    else:
        yield bad(name, sentence, "See the reasons below.")
    for ids, reasons in _by_reason(menu).items():
        shown = ", ".join(ids[:_MANY]) + (f" and {len(ids) - _MANY} more" if len(ids) > _MANY else "")
        yield hint(name, f"Not {shown}: {' '.join(reasons)}", "docs/comfyui.md says which file goes where.")


def _by_reason(menu: Menu) -> dict[tuple[StyleId, ...], tuple[str, ...]]:
    """Reasons by the styles that have all of them in common."""
    groups: dict[tuple[str, ...], list[StyleId]] = defaultdict(list)
    for style, problems in menu.problems.items():
        groups[tuple(problem.sentence for problem in problems)].append(style)
    return {tuple(ids): reasons for reasons, ids in groups.items()}


async def _preflight(server: Server, photo: bytes | None) -> Sequence[Finding]:
    try:
        trial = await try_out(server, preflight_recipe(), photo or portrait(SAMPLE), new_job_id())
    except PreflightFailed as error:
        return [bad(server.name, f"A render without a model broke ({error.cause}).", "See ComfyUI's log.")]
    except Refused as error:
        sentence = f"It refused the photo ({error.rejection.kind})."
        return [bad(server.name, sentence, "Look at --max-upload-size, and at proxies in between.")]
    except ComfyError as error:
        return [bad(server.name, f"It was lost in mid-render ({error}).", "See ComfyUI's log.")]
    fault = await asyncio.to_thread(_fault, trial, photo)
    return [_picture(server.name, trial, fault), _privacy(server.name, clean=trial.clean)]


def _fault(trial: Trial, photo: bytes | None) -> Fault | None:
    if photo is None:
        return fault_beside(reference_picture(), trial.picture.data)
    return fault_beside_photo(photo, trial.picture.data)


def _picture(name: str, trial: Trial, fault: Fault | None) -> Finding:
    if fault is not None:
        advice = "Guests would get such pictures: look at ComfyUI's log, its updates and custom nodes."
        return bad(name, f"A render without a model went wrong: the picture {fault.value}.", advice)
    return good(name, f"A render without a model is right: {_told(trial.steps)}.", _seconds(trial.steps))


def _privacy(name: str, *, clean: bool) -> Finding:
    if clean:
        return good(name, "Photo, picture and prompt were removed, looked for, and are gone.")
    advice = "Remove what is in ComfyUI's temp folder, or restart it, which empties that."
    return bad(name, "Something of the render could not be removed there.", advice)


def _seconds(steps: Steps) -> dict[str, float]:
    names = ("upload", "wait", "run", "fetch", "scrub")
    return {f"{step}_s": round(getattr(steps, step), 4) for step in names}


def _told(steps: Steps) -> str:
    return ", ".join(
        f"{name.removesuffix('_s')} {1000 * value:.0f} ms" for name, value in _seconds(steps).items()
    )
