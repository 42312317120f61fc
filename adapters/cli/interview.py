"""The questions of ``petaflop init``: each answer is looked at before the next question is asked."""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from adapters.doctor.accounts import (
    DiscordAccount,
    Strange,
    TelegramAccount,
    TokenWrong,
    discord_account,
    telegram_account,
)
from adapters.doctor.asking import Unreached, ask
from adapters.settings import Settings, load_settings, variable
from bot.errors import SetupError

Account = TypeVar("Account", TelegramAccount, DiscordAccount)


class AnswerWrong(Exception):
    """The answer can't be used; ``hint`` says why, in one line without the answer itself."""

    def __init__(self, hint: str) -> None:
        """Take the line."""
        super().__init__(hint)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for a setting.

    Attributes:
        words: With what an empty answer means.
        look: Looks at a valid answer and returns a line on what it has found.
        secret: Whether the answer must not be seen while it is typed.
    """

    setting: str
    words: str
    look: Callable[["Interview", Settings], Coroutine[Any, Any, str]]
    secret: bool = False


@dataclass(slots=True)
class Interview:
    """What is known so far.

    Attributes:
        given: Environment variables by name: those of the owner's environment that are no answers.
        answers: By setting.
        telegram, discord: Whose the tokens are, once that is known.
        asks: Whether there is somebody to ask; else what was given has to do.
    """

    given: Mapping[str, str]
    answers: dict[str, str]
    asks: bool
    telegram: TelegramAccount | None = None
    discord: DiscordAccount | None = None

    def hold(self) -> None:
        """Ask all questions.

        Raises:
            AnswerWrong: there is nobody to ask again.
        """
        for question in QUESTIONS:
            self._settle(question)
        if self.discord is not None and "public_url" in self.answers:
            self.answers.setdefault("discord_public_key", self.discord.public_key)

    def _settle(self, question: Question) -> None:
        while True:
            answer = self._answer(question)
            if not answer:
                self.answers.pop(question.setting, None)
                return
            try:
                found = self._looked_at(question, answer)
            except AnswerWrong as error:
                if not self.asks:
                    raise
                self.answers.pop(question.setting, None)
                click.echo(f"  ✗ {error.hint}")
            else:
                self.answers[question.setting] = answer
                if found:
                    click.echo(f"  ✓ {found}")
                return

    def _answer(self, question: Question) -> str:
        present = self.answers.get(question.setting, "")
        if not self.asks or present:
            return present
        hidden = question.secret and sys.stdin.isatty()
        told: str = click.prompt(question.words, default="", show_default=False, hide_input=hidden)
        return told.strip()

    def _looked_at(self, question: Question, answer: str) -> str:
        names = {variable(setting): value for setting, value in self.answers.items()}
        try:
            settings = load_settings({**self.given, **names, variable(question.setting): answer})
        except SetupError as error:
            raise AnswerWrong(error.hint) from None
        return asyncio.run(question.look(self, settings))


async def _nothing(_interview: Interview, _settings: Settings) -> str:
    return ""


async def _telegram(interview: Interview, settings: Settings) -> str:
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    account = await _owner("Telegram", telegram_account(settings.telegram_api_url, token))
    interview.telegram = account
    return _away("Telegram") if account is None else f"It is @{account.username}'s."


async def _discord(interview: Interview, settings: Settings) -> str:
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    account = await _owner("Discord", discord_account(settings.discord_api_url, token))
    interview.discord = account
    return _away("Discord") if account is None else f"It is {account.name}'s."


async def _owner(platform: str, asked: Coroutine[Any, Any, Account]) -> Account | None:
    """Whose the token is; None where nobody can say."""
    try:
        return await asked
    except TokenWrong:
        raise AnswerWrong(f"{platform} doesn't know this token. Copy it once more.") from None
    except (Unreached, Strange):
        return None


def _away(platform: str) -> str:
    return f"{platform} can't be reached just now: it is taken unchecked."


async def _comfy(_interview: Interview, settings: Settings) -> str:
    return " ".join([await _server(url) for url in settings.comfy_urls])


async def _server(url: str) -> str:
    try:
        answer = await ask(f"{url}/system_stats")
    except Unreached:
        return "It doesn't answer just now: photos wait until it does."
    system = answer.fields.get("system")
    if not isinstance(system, dict):
        raise AnswerWrong("Something answers there, but it is no ComfyUI. Look at host and port.")
    return f"It is ComfyUI {system.get('comfyui_version', 'of a version that it does not tell')}."


QUESTIONS = (
    Question("event", "The event's name, for pages and pictures (Enter: PETaflop)", _nothing),
    Question("telegram_token", "Telegram: the token from @BotFather (Enter: none)", _telegram, secret=True),
    Question("discord_token", "Discord: the bot's token (Enter: none)", _discord, secret=True),
    Question("comfy_urls", "ComfyUI: http://<server>:8188, several with commas (Enter: none)", _comfy),
    Question("public_url", "The address from outside, https://… (Enter: none, it polls)", _nothing),
    Question("host", "The page: 0.0.0.0 lets phones of this network in (Enter: only this machine)", _nothing),
)
