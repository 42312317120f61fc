"""What a phone downloads for its first visit: the page and all that it names, compressed as served."""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

ENCODINGS = {"Accept-Encoding": "gzip, deflate, br, zstd"}
LINKS = {"href", "src"}
LOADED = {"link", "script", "img"}
CSS_URL = re.compile(r"url\([\"']?(?!data:)([^\"')]+)")


class _Named(HTMLParser):
    """Collects what a browser fetches."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LOADED:
            self.urls += [value for name, value in attrs if name in LINKS and value]


def first_visit(url: str) -> Mapping[str, int]:
    """Bytes on the wire, status lines and headers included, by path; the page itself is ``/``."""
    with httpx.Client(base_url=url, headers=ENCODINGS) as phone:
        page = phone.get("/").raise_for_status()
        loaded = {"/": page}
        for path in _paths(phone, page.text):
            if path not in loaded:
                loaded[path] = phone.get(path).raise_for_status()
                if path.endswith(".css"):
                    inside = CSS_URL.findall(loaded[path].text)
                    loaded |= {name: phone.get(name) for name in (urljoin(path, one) for one in inside)}
    return {path: on_the_wire(answer) for path, answer in loaded.items()}


def on_the_wire(answer: httpx.Response) -> int:
    """The answer's bytes as HTTP/1.1 sends them."""
    head = len(f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n\r\n")
    head += sum(len(name) + len(value) + len(": \r\n") for name, value in answer.headers.raw)
    return head + answer.num_bytes_downloaded


def _paths(phone: httpx.Client, html: str) -> Iterator[str]:
    named = _Named()
    named.feed(html)
    yield from named.urls
    for style in phone.get("/api/styles").raise_for_status().json():
        if style["preview"]:
            yield style["preview"]
