"""Who may change something: our page, and programs that are no page."""

import pytest
from starlette.datastructures import Headers

from adapters.web.origin import is_own

HOST = "booth.local:8080"
OUTSIDE = "https://booth.example"


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"}, False),
        ({"origin": f"http://{HOST}"}, True),
        ({"origin": OUTSIDE}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "https://booth.example.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
    ],
)
def test_the_browser_tells_where_a_request_comes_from(headers: dict[str, str], own: bool) -> None:
    assert is_own(Headers({"host": HOST, **headers}), OUTSIDE) is own
