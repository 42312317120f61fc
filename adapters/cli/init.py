"""``petaflop init``: from nothing to a file of settings, and a code to scan."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from adapters.cli.codes import shown_code
from adapters.cli.files import check_writable, written_whole
from adapters.cli.interview import QUESTIONS, AnswerWrong, Interview
from adapters.cli.options import AsWritten, talkative
from adapters.envfile import write_env
from adapters.network import lan_urls
from adapters.settings import load_settings, variable
from bot.errors import SetupError

HEADING = """PETaflop's settings, made by petaflop init. It holds tokens: only you may read it.
docs/settings.md explains each line, and those that could follow."""


def _options(command: click.Command) -> click.Command:
    """One option a question."""
    for question in reversed(QUESTIONS):
        name = f"--{question.setting.replace('_', '-')}"
        command.params.insert(
            0, click.Option([name], default="", help=f"Instead of {variable(question.setting)}.")
        )
    return command


@_options
@click.command(cls=AsWritten)
@click.argument("file", type=click.Path(path_type=Path), default=Path("petaflop.env"))
@click.option("--no-input", is_flag=True, help="Ask nothing: options and environment have to do.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@talkative()
def init(file: Path, *, no_input: bool, force: bool, **given: str) -> None:
    """Ask for what the booth needs, and write it into FILE (petaflop.env).

    Tokens are tried out at once and not shown while they are typed; only you
    may read FILE. Whatever is left out can be added later, line by line. What
    an option or the environment says already is not asked.

    Examples:
      petaflop init
      PETAFLOP_TELEGRAM_TOKEN=… petaflop init --no-input --event "PyCon 2026"
    Next: petaflop serve --env-file petaflop.env
    """
    if file.exists() and not force:
        raise SetupError(f"{file} is there already; --force replaces it.", os.EX_CANTCREAT)
    check_writable(file)
    interview = Interview(_others(os.environ), _known(os.environ, given), asks=not no_input)
    try:
        interview.hold()
    except AnswerWrong as error:
        raise SetupError(error.hint) from None
    answers = {variable(setting): value for setting, value in interview.answers.items()}
    load_settings({**interview.given, **answers})
    with written_whole(file, private=True) as out:
        out.write(write_env({**interview.given, **answers}, HEADING).encode())
    for line in _ending(file, interview):
        click.echo(line)


def _known(environ: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What needs no question, by setting."""
    settings = [question.setting for question in QUESTIONS]
    known = {setting: given[setting] or environ.get(variable(setting), "") for setting in settings}
    return {setting: value for setting, value in known.items() if value}


def _others(environ: Mapping[str, str]) -> dict[str, str]:
    """Settings of the environment that nobody is asked for: they go into the file too."""
    asked = {variable(question.setting) for question in QUESTIONS}
    return {
        name: value
        for name, value in sorted(environ.items())
        if name.startswith("PETAFLOP_") and name not in asked and value
    }


def _ending(file: Path, interview: Interview) -> Iterator[str]:
    """What to do next, and codes that lead guests in."""
    yield ""
    yield f"{file} is written. Next: petaflop serve --env-file {file}"
    for what, address in _invitations(interview):
        yield from ("", f"{what}: {address}", "", shown_code(address))
    if interview.discord is not None and "public_url" in interview.answers:
        endpoint = f"{interview.answers['public_url'].rstrip('/')}/discord/interactions"
        yield f"In Discord's developer portal set the Interactions Endpoint URL to {endpoint}"


def _invitations(interview: Interview) -> Iterator[tuple[str, str]]:
    if interview.telegram is not None:
        yield "Guests on Telegram", interview.telegram.invitation
    if interview.discord is not None:
        yield "Add the bot to a Discord server", interview.discord.invitation
    host = interview.answers.get("host", "127.0.0.1")
    pages = [interview.answers.get("public_url", ""), *lan_urls(host, 8080)]
    if page := next(filter(None, pages), None):
        yield "Guests with a browser", page
