"""Webhooks: redelivery, order, secret, and what getWebhookInfo tells of them."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.news import News
from tests.fakes.telegram import Telegram, running
from tests.fakes.telegram.clients import Client, connected
from tests.fakes.wire import Wires

SECRET = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Bot:
    """A webhook: answers what ``statuses`` say, then 200; holds every answer while ``hold`` is unset."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    retry_after: str = "0"
    secrets: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    news: News = field(default_factory=News)
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: Request) -> Response:
        update = await request.json()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.news.spread()
        await self.hold.wait()
        self.at_once -= 1
        status = self.statuses.pop(0) if self.statuses else 200
        self.secrets.append(request.headers.get(SECRET))
        self.texts.append(f"{update['message']['text']} {status}")
        return Response(status_code=status, headers={"Retry-After": self.retry_after})


@asynccontextmanager
async def listening() -> AsyncIterator[Bot]:
    bot = Bot()
    bot.hold.set()
    listener = socket.create_server(("127.0.0.1", 0))
    bot.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    app = Starlette(routes=[Route("/hook", bot.take, methods=["POST"])])
    async with Wires().serving(app, listener):
        yield bot


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with listening() as one:
        yield one


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running(pause_s=0.005) as one:
        yield one


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with connected(telegram) as one:
        yield one


async def test_updates_come_in_order_with_the_secret(telegram: Telegram, client: Client, bot: Bot) -> None:
    ann = telegram.guest("Ann")
    for text in ("one", "two", "three"):
        await ann.send_text(text)
    await client.result("setWebhook", url=bot.url, secret_token="s3cret_-")
    await telegram.inbox.until_empty()
    assert bot.texts == ["one 200", "two 200", "three 200"]
    assert set(bot.secrets) == {"s3cret_-"}


async def test_a_failed_update_comes_again_before_the_next(
    telegram: Telegram, client: Client, bot: Bot
) -> None:
    bot.statuses = [500, 404, 302]
    ann = telegram.guest("Ann")
    await client.result("setWebhook", url=bot.url)
    await ann.send_text("one")
    await ann.send_text("two")
    await telegram.inbox.until_empty()
    assert bot.texts == ["one 500", "one 404", "one 302", "one 200", "two 200"]
    info = await client.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"
    assert (info["pending_update_count"], info["max_connections"]) == (0, 40)


async def test_a_webhook_that_is_down_gets_everything_later(
    telegram: Telegram, client: Client, bot: Bot
) -> None:
    ann = telegram.guest("Ann")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/hook"
    await client.result("setWebhook", url=nobody)
    await ann.send_text("one")
    await telegram.world.news.until(lambda: len(telegram.deliveries) >= 3)
    assert (await client.result("getWebhookInfo"))["pending_update_count"] == 1
    await client.result("setWebhook", url=bot.url)
    await telegram.inbox.until_empty()
    assert bot.texts == ["one 200"]


async def test_chats_do_not_wait_for_each_other(telegram: Telegram, client: Client, bot: Bot) -> None:
    bot.hold.clear()
    guests = [telegram.guest(name) for name in ("Ann", "Bob", "Eve")]
    await client.result("setWebhook", url=bot.url, max_connections=2)
    for guest in guests:
        await guest.send_text("first")
        await guest.send_text("second")
    await bot.news.until(lambda: bot.at_once == 2)
    bot.hold.set()
    await telegram.inbox.until_empty()
    assert bot.most_at_once == 2
    assert sorted(bot.texts) == ["first 200"] * 3 + ["second 200"] * 3


async def test_dropping_what_waits(telegram: Telegram, client: Client, bot: Bot) -> None:
    ann = telegram.guest("Ann")
    await ann.send_text("old")
    await client.result("setWebhook", url=bot.url, drop_pending_updates=True)
    await ann.send_text("new")
    await telegram.inbox.until_empty()
    assert bot.texts == ["new 200"]
    await client.result("deleteWebhook")
    await ann.send_text("polled")
    taken = await client.result("getUpdates", timeout=5)
    assert [update["message"]["text"] for update in taken] == ["polled"]


async def test_an_update_may_come_twice(telegram: Telegram, client: Client, bot: Bot) -> None:
    await client.result("setWebhook", url=bot.url)
    await telegram.guest("Ann").send_text("one")
    await telegram.inbox.until_empty()
    telegram.inbox.repeat()
    await telegram.inbox.until_empty()
    assert bot.texts == ["one 200", "one 200"]
    assert len({delivery.update for delivery in telegram.deliveries}) == 1


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:8080/"}, "bad webhook: Webhook can be set up only on ports"),
        ({"url": "https://example.org/", "secret_token": "ä"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(client: Client, parameters: dict[str, str], words: str) -> None:
    assert (await client.refusal("setWebhook", **parameters)).startswith(f"Bad Request: {words}")


async def test_only_what_was_asked_for_is_kept(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    await client.result("getUpdates", allowed_updates=["callback_query"])
    await ann.send_text("unheard")
    await client.result("getUpdates", allowed_updates=[])
    await ann.send_text("heard")
    assert [u["message"]["text"] for u in await client.result("getUpdates")] == ["heard"]


async def test_nothing_gets_through_while_the_line_is_down(
    telegram: Telegram, client: Client, bot: Bot
) -> None:
    ann = telegram.guest("Ann")
    await client.result("setWebhook", url=bot.url)
    with telegram.away():
        await ann.send_text("hello?")
        await telegram.world.news.until(lambda: telegram.deliveries)
        assert bot.texts == []
    await telegram.inbox.until_empty()
    assert bot.texts == ["hello? 200"]
    assert (await client.result("getMe"))["id"] == 1
