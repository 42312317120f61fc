"""Hostile and unlucky bodies: bounded in bytes, time and number, and nothing left behind."""

import asyncio
import json
import resource
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.types import Message

from adapters.web import uploads as module
from adapters.web.problems import Refused
from adapters.web.uploads import AT_ONCE, Uploads
from bot.errors import PhotoTooManyBytes
from tests.adapters.web.served import MAX_UPLOAD, PATIENCE_S, Site, noise, photo, post

BOUNDARY = "b0undary"
KIND = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
STYLE = b'--b0undary\r\nContent-Disposition: form-data; name="style"\r\n\r\ncomic\r\n'
OPENING = b'--b0undary\r\nContent-Disposition: form-data; name="photo"; filename="x"\r\n\r\n'
END = b"\r\n--b0undary--\r\n"
CHUNK = noise(64 << 10)


def body(data: bytes) -> bytes:
    return STYLE + OPENING + data + END


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data; boundary=b0undary"),
        (body(b"x"), "multipart/form-data"),
        (body(b"x"), "multipart/form-data; boundary="),
        (body(b"x"), "multipart/form-data; boundary=another"),
        (body(b"x"), "multipart/form-data; boundary=b0undary; charset=undefined"),
        (body(b"x"), "multipart/form-data; boundary=" + "b" * 4000),
        (b"--b0undary\r\nno header at all", "multipart/form-data; boundary=b0undary"),
        (b"--b0undary\r\nContent-Disposition: form-data\r\n\r\nx" + END, KIND["content-type"]),
        (STYLE * 50 + END[2:], KIND["content-type"]),
        (STYLE + OPENING + b"a\r\n" + OPENING + b"b" + END, KIND["content-type"]),
        (STYLE.replace(b"comic", b"c" * 5000) + END[2:], KIND["content-type"]),
        (b"--b0undary\r\n" + b"X-Long: " + b"y" * 100_000 + b"\r\n\r\n" + END, KIND["content-type"]),
        (b"--b0undary\r\n" + b"X-Many: y\r\n" * 3000 + b"\r\n" + END, KIND["content-type"]),
        (b'{"photo": "x", "style": "comic"}', "application/json"),
        (b"photo=x&style=comic", "application/x-www-form-urlencoded"),
        (b"x", "text/plain"),
        (noise(3000), KIND["content-type"]),
    ],
)
async def test_what_is_no_such_form_is_a_400(site: Site, content: bytes, kind: str) -> None:
    async with site.visitor() as guest:
        answer = await guest.post("/api/jobs", content=content, headers={"content-type": kind})
        assert answer.status_code == 400
        assert answer.json()["code"].startswith("page-problem-")


async def test_a_post_without_content_type_is_a_400(site: Site) -> None:
    async with site.visitor() as guest:
        assert (await guest.post("/api/jobs")).status_code == 400


async def test_the_media_type_may_be_written_in_any_case(site: Site) -> None:
    async with site.visitor() as guest:
        kind = {"content-type": KIND["content-type"].replace("multipart/form-data", "Multipart/Form-Data")}
        assert (await guest.post("/api/jobs", content=body(b"x"), headers=kind)).status_code == 415


async def test_a_photo_of_just_the_limit_is_read(site: Site) -> None:
    picture = photo()
    async with site.visitor() as guest:
        padded = picture + bytes(MAX_UPLOAD - len(picture))
        assert (await post(guest, padded)).status_code in (202, 422)
        too_long = await post(guest, padded + b"\0")
        assert (too_long.status_code, too_long.json()["code"]) == (413, "photo-too-many-bytes")
        assert "2 MiB" in too_long.json()["detail"]


async def test_an_announced_giant_is_refused_before_it_is_sent(site: Site) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    head = [
        "POST /api/jobs HTTP/1.1",
        f"Host: 127.0.0.1:{site.port}",
        f"Content-Type: {KIND['content-type']}",
        f"Content-Length: {1 << 40}",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode())
    status = await asyncio.wait_for(reader.readline(), PATIENCE_S)
    assert b" 413 " in status
    writer.close()
    await writer.wait_closed()


async def test_a_giant_without_announced_length_is_refused_as_soon_as_it_is_over(site: Site) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield STYLE + OPENING
        while sent < 20 * MAX_UPLOAD:
            sent += len(CHUNK)
            yield CHUNK

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with site.visitor() as guest:
        answer = await guest.post("/api/jobs", content=endless(), headers=KIND)
    assert (answer.status_code, answer.json()["code"]) == (413, "photo-too-many-bytes")
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kib < 10 * (MAX_UPLOAD >> 10), "the rest was read into memory"


async def test_no_photo_touches_the_disk_while_it_is_read(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    async with site.visitor() as guest:
        assert (await post(guest, noise(MAX_UPLOAD))).status_code == 415


async def uploading(site: Site) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """An upload of which a part is sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    head = [
        "POST /api/jobs HTTP/1.1",
        f"Host: 127.0.0.1:{site.port}",
        f"Content-Type: {KIND['content-type']}",
        f"Content-Length: {MAX_UPLOAD}",
    ]
    writer.write("\r\n".join([*head, "", ""]).encode() + STYLE + OPENING + CHUNK)
    await writer.drain()
    return reader, writer


async def test_who_goes_away_in_mid_upload_leaves_nothing(site: Site) -> None:
    async with site.visitor() as guest:
        reader, writer = await uploading(site)
        writer.close()
        await writer.wait_closed()
        assert reader.at_eof() or await reader.read() == b""
        assert (await post(guest)).status_code == 202


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "IDLE_S", 0.05)


@pytest.mark.usefixtures("impatient")
async def test_a_stalled_upload_is_told_so(site: Site) -> None:
    reader, writer = await uploading(site)
    async with asyncio.timeout(PATIENCE_S):
        status = await reader.readline()
        await reader.readuntil(b"\r\n\r\n")
        told = await reader.readuntil(b"}")
    assert b" 408 " in status
    assert json.loads(told)["code"] == "page-problem-stalled"
    writer.close()
    await writer.wait_closed()


def arriving(content: bytes) -> Request:
    """A request whose whole body is there."""
    headers = [(name.encode(), value.encode()) for name, value in KIND.items()]

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


async def test_all_uploads_together_have_a_bound_too() -> None:
    uploads = Uploads(MAX_UPLOAD)
    large = body(noise(MAX_UPLOAD))
    async with AsyncExitStack() as before:
        for _ in range(AT_ONCE):
            await before.enter_async_context(uploads.receive(arriving(large)))
        with pytest.raises(Refused) as refused:
            async with uploads.receive(arriving(large)):
                pytest.fail("there was no room")
        assert (refused.value.status, refused.value.key) == (503, "page-problem-crowded")
        assert refused.value.retry_after_s == 5
    async with uploads.receive(arriving(large)) as upload:
        assert upload.photo == noise(MAX_UPLOAD)


async def test_what_was_refused_holds_nothing() -> None:
    uploads = Uploads(MAX_UPLOAD)
    too_large = body(noise(MAX_UPLOAD + 1))
    for _ in range(2 * AT_ONCE):
        with pytest.raises(PhotoTooManyBytes):
            async with uploads.receive(arriving(too_large)):
                pytest.fail("it is too large")


async def test_a_photo_is_in_no_repr() -> None:
    async with Uploads(MAX_UPLOAD).receive(arriving(body(b"a face"))) as upload:
        assert upload.photo == b"a face"
        assert "face" not in repr(upload)
