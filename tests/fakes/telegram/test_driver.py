"""The driver's side: guests, groups, faults, limits and counting, over plain HTTP."""

import asyncio
import io
import signal
import sys
from collections.abc import AsyncIterator

import httpx
import pytest
from PIL import Image

from tests.fakes.telegram import Limits, Telegram, running
from tests.fakes.telegram.clients import Client, connected
from tests.fakes.telegram.limits import Brake
from tests.fakes.telegram.refusals import Refused


def jpeg(width: int = 300, height: int = 200) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running() as one:
        yield one


@pytest.fixture
async def client(telegram: Telegram) -> AsyncIterator[Client]:
    async with connected(telegram) as one:
        yield one


async def test_a_guest_waits_for_what_the_chat_shows(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    waiting = asyncio.create_task(ann.chat.until(lambda chat: chat.from_bot and chat.from_bot[-1].text))
    sent = await client.result("sendMessage", chat_id=ann.id, text="One moment")
    assert await waiting == "One moment"
    await client.result("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="Ready")
    assert (await ann.chat.until_bot(lambda message: message.text == "Ready")).edited is not None
    with pytest.raises(TimeoutError, match="'Ready'"):
        await ann.chat.until_bot(lambda message: message.text == "Never", patience_s=0.01)


async def test_pressing_what_is_not_there_fails(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    rows = [[{"text": "Comic", "callback_data": "c"}, {"text": "Site", "url": "https://example.org"}]]
    await client.result("sendMessage", chat_id=ann.id, text="x", reply_markup={"inline_keyboard": rows})
    await ann.press("c")
    for button in ("Oil", "Site"):
        with pytest.raises(LookupError):
            await ann.press(button)
    await client.result("editMessageText", chat_id=ann.id, message_id=101, text="without buttons")
    with pytest.raises(LookupError):
        await ann.press("Comic")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([[{"text": "x"}]], "text buttons are unallowed in the inline keyboard"),
        ([[{"text": " ", "callback_data": "x"}]], "can't parse inline keyboard button"),
        ([[{"text": "x", "callback_data": ""}]], "BUTTON_DATA_INVALID"),
        ([[{"text": "x", "url": "ftp://example.org"}]], "inline keyboard button URL"),
        ([[{"text": "x", "callback_data": "x"}]] * 101, "reply markup is too long"),
        ([{"text": "x", "callback_data": "x"}], 'field "inline_keyboard" must be an Array of Arrays'),
    ],
)
async def test_wrong_keyboards_are_refused(
    telegram: Telegram, client: Client, rows: list[object], words: str
) -> None:
    markup = {"inline_keyboard": rows}
    ann = telegram.guest("Ann")
    refusal = await client.refusal("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert refusal.startswith(f"Bad Request: {words}")


async def test_parameters_come_in_four_ways(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    url = f"{telegram.url}/bot{telegram.token}/SENDmessage"
    fields = {"chat_id": str(ann.id), "text": "x"}
    files = {"unused": ("a.txt", b"a")}
    for answer in (
        await client.http.get(url, params=fields),
        await client.http.post(url, data=fields),
        await client.http.post(url, json=fields),
        await client.http.post(url, data=fields, files=files),
    ):
        assert answer.status_code == 200
    assert len(ann.chat.from_bot) == 4


async def test_requests_are_counted_with_their_bytes(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    photo = await ann.send_photo(jpeg())
    file = await client.result("getFile", file_id=photo.photo[0].file.file_id)
    link = f"{telegram.url}/file/bot{telegram.token}/{file['file_path']}"
    assert (await client.http.get(link)).content == photo.photo[0].file.content
    telegram.world.files.close_links()
    assert (await client.http.get(link)).status_code == 404
    assert [request.method for request in telegram.requests] == ["getFile", "download", "download"]
    assert telegram.requests.of("download")[0].bytes_down == photo.photo[0].file.size
    assert telegram.requests.bytes_up > 0


async def test_faults_strike_the_calls_they_are_meant_for(telegram: Telegram, client: Client) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    fault = telegram.fault("sendMessage", "flood", chat=ann.id, skip=1, times=2, retry_after=9)
    statuses = [
        (await client.call("sendMessage", chat_id=guest.id, text="x")).get("error_code", 200)
        for guest in (ann, bob, ann, bob, ann, ann)
    ]
    assert statuses == [200, 200, 429, 200, 429, 200]
    assert fault.hits == 2


async def test_a_reset_comes_before_or_after_the_effect(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    telegram.fault("sendMessage", "reset before")
    telegram.fault("sendMessage", "reset after", skip=0)
    for seen in (0, 1):
        with pytest.raises(httpx.ReadError):
            await client.call("sendMessage", chat_id=ann.id, text="x")
        assert len(ann.chat.messages) == seen


async def test_a_slow_answer_still_comes(telegram: Telegram, client: Client) -> None:
    telegram.fault("getMe", "slow", delay_s=0.02)
    assert (await client.result("getMe"))["is_bot"] is True
    assert telegram.requests[-1].fault == "slow"


def test_limits_count_by_chat_group_and_overall() -> None:
    now = 0.0
    brake = Brake(Limits(burst=2, group_per_min=3, overall_per_s=5), clock=lambda: now)

    def passed(chat: int, method: str = "sendmessage") -> bool:
        try:
            brake.check(method, chat)
        except Refused:
            return False
        return True

    assert [passed(1) for _ in range(3)] == [True, True, False]
    assert passed(1, "sendchataction")
    now = 1.0
    assert [passed(1), passed(1)] == [True, False]
    assert [passed(chat) for chat in (2, 3, 4, 5, 6)] == [True, True, True, True, False]
    now = 10.0
    assert [passed(-1), passed(-1)] == [True, True]
    now = 20.0
    assert [passed(-1), passed(-1)] == [True, False]
    now = 70.5
    assert passed(-1)


async def test_telegram_s_limits_answer_with_whole_seconds(client: Client, telegram: Telegram) -> None:
    ann = telegram.guest("Ann")
    telegram.limit(Limits(burst=1))
    await client.result("sendMessage", chat_id=ann.id, text="x")
    answer = await client.call("sendMessage", chat_id=ann.id, text="x")
    assert answer["parameters"] == {"retry_after": 1}
    assert answer["description"] == "Too Many Requests: retry after 1"


async def test_forwards_name_their_origin_and_protection_stops_them(
    telegram: Telegram, client: Client
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    photo = await bob.send_photo(jpeg())
    await ann.forward(photo)
    await ann.forward(photo, hidden=True)
    origins = [u["message"].get("forward_origin") for u in await client.result("getUpdates")]
    assert [origin["type"] for origin in origins[1:]] == ["user", "hidden_user"]
    await client.result("sendMessage", chat_id=ann.id, text="mine", protect_content=True)
    with pytest.raises(PermissionError):
        await ann.forward(ann.chat.from_bot[-1])


async def test_other_things_than_pictures_arrive_as_what_they_are(telegram: Telegram, client: Client) -> None:
    ann = telegram.guest("Ann")
    for kind in ("sticker", "video", "voice", "animation"):
        await ann.send_other(kind)
    await ann.send_document(b"%PDF", "paper.pdf")
    messages = [update["message"] for update in await client.result("getUpdates")]
    kinds = ["sticker", "video", "voice", "animation", "document"]
    assert [kind for kind, message in zip(kinds, messages, strict=True) if kind in message] == kinds
    assert messages[-1]["document"]["mime_type"] == "application/pdf"


async def test_another_process_drives_it(client: Client) -> None:
    arguments = ("-m", "tests.fakes.telegram", "--port", "0", "--token", "5:OTHER")
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    guest = (await client.http.post(f"{url}/control/guests", params={"name": "Ann"})).json()["id"]
    await client.http.post(f"{url}/control/guests/{guest}/photo", content=jpeg())
    taken = (await client.http.get(f"{url}/bot5:OTHER/getUpdates")).json()["result"]
    assert taken[0]["message"]["photo"][-1]["width"] == 300
    assert len((await client.http.get(f"{url}/control/guests/{guest}/chat")).json()) == 1
    process.send_signal(signal.SIGTERM)
    await process.communicate()
    assert process.returncode == 0
