"""The bots' accounts, asked of the platforms themselves: who a token belongs to, and how it is set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.doctor.asking import Answer, ask

MESSAGE_CONTENT = 1 << 18 | 1 << 19  # GATEWAY_MESSAGE_CONTENT and …_LIMITED (developer documentation)
PERMISSIONS = 274878024704  # what adapters/discord/incoming/registration.py asks for; a test compares


class TokenWrong(Exception):
    """The platform doesn't know this token."""


class Strange(Exception):
    """The answer is none of the platform's; ``status`` is HTTP's."""

    def __init__(self, status: int) -> None:
        """Take the status."""
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class TelegramAccount:
    """A bot as ``getMe`` tells it; ``clock_off_s`` is that of the answer."""

    username: str
    groups: bool
    inline: bool
    clock_off_s: float | None

    @property
    def invitation(self) -> str:
        """The address that opens a chat with the bot."""
        return f"https://t.me/{self.username}"


@dataclass(frozen=True, slots=True)
class TelegramHook:
    """A webhook as ``getWebhookInfo`` tells it.

    Attributes:
        url: Empty where updates are polled.
        waiting: Updates that are not delivered yet.
        error: What the last delivery that failed met, in Telegram's words.
        error_at: When, in seconds since the epoch; 0 is never.
    """

    url: str
    waiting: int
    error: str
    error_at: float


@dataclass(frozen=True, slots=True)
class DiscordAccount:
    """An application as Discord tells it; ``clock_off_s`` is that of the answer."""

    id: str
    name: str
    public_key: str = field(repr=False)
    endpoint_url: str | None
    reads_messages: bool
    clock_off_s: float | None

    @property
    def invitation(self) -> str:
        """The address that adds the bot to a server."""
        wanted = f"scope=bot+applications.commands&permissions={PERMISSIONS}"
        return f"https://discord.com/oauth2/authorize?client_id={self.id}&{wanted}"


@dataclass(frozen=True, slots=True)
class DiscordSessions:
    """What Discord says of its gateway: sessions that may still be begun, and when there are more of them."""

    remaining: int
    more_in_s: float


async def telegram_account(api_url: str, token: str) -> TelegramAccount:
    """Who the bot is.

    Raises:
        Unreached: Telegram can't be reached.
        TokenWrong, Strange: as they say.
    """
    answer = await ask(f"{api_url}/bot{token}/getMe")
    bot = _result(answer)
    return TelegramAccount(
        username=str(bot.get("username", "")),
        groups=bool(bot.get("can_join_groups")),
        inline=bool(bot.get("supports_inline_queries")),
        clock_off_s=answer.clock_off_s,
    )


async def telegram_hook(api_url: str, token: str) -> TelegramHook:
    """Where updates go.

    Raises:
        Unreached, TokenWrong, Strange: as :func:`telegram_account`.
    """
    info = _result(await ask(f"{api_url}/bot{token}/getWebhookInfo"))
    return TelegramHook(
        url=str(info.get("url", "")),
        waiting=_number(info.get("pending_update_count")),
        error=str(info.get("last_error_message", "")),
        error_at=_number(info.get("last_error_date")),
    )


async def discord_account(api_url: str, token: str) -> DiscordAccount:
    """What the application is.

    Raises:
        Unreached: Discord can't be reached.
        TokenWrong, Strange: as they say.
    """
    answer = await _discords(f"{api_url}/applications/@me", token, "id")
    application = answer.fields
    endpoint = application.get("interactions_endpoint_url")
    return DiscordAccount(
        id=str(application["id"]),
        name=str(application.get("name", "")),
        public_key=str(application.get("verify_key", "")),
        endpoint_url=None if endpoint is None else str(endpoint),
        reads_messages=bool(_number(application.get("flags")) & MESSAGE_CONTENT),
        clock_off_s=answer.clock_off_s,
    )


async def discord_sessions(api_url: str, token: str) -> DiscordSessions:
    """How many sessions of the gateway are left (developer documentation, "Session Start Limit Object").

    Raises:
        Unreached, TokenWrong, Strange: as :func:`discord_account`.
    """
    answer = await _discords(f"{api_url}/gateway/bot", token, "url")
    limit = answer.fields.get("session_start_limit")
    if not isinstance(limit, dict):
        raise Strange(answer.status)
    return DiscordSessions(_number(limit.get("remaining")), _number(limit.get("reset_after")) / 1000)


async def _discords(url: str, token: str, needed: str) -> Answer:
    """Discord's answer, which has this field."""
    answer = await ask(url, headers={"Authorization": f"Bot {token}"})
    if answer.status in {401, 403}:
        raise TokenWrong
    if answer.status != 200 or needed not in answer.fields:
        raise Strange(answer.status)
    return answer


def _result(answer: Answer) -> Mapping[str, object]:
    if answer.status in {401, 404} and answer.fields.get("ok") is False:
        raise TokenWrong
    result = answer.fields.get("result")
    if answer.status != 200 or not isinstance(result, dict):
        raise Strange(answer.status)
    return result


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
