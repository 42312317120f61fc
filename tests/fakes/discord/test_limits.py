"""Rate limits, on a clock of our own and as the library reads them."""

from tests.fakes.discord import Discord, Limits
from tests.fakes.discord.library import Bot, logged_in
from tests.fakes.discord.limits import Brake, Rule

EDITS = {"edit message": Rule(2, 5.0)}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def status(brake: Brake, operation: str, place: object = 1, *, token_only: bool = False) -> int:
    refused = brake.refuse(operation, place, token_only=token_only)
    return 200 if refused is None else refused.status_code


def test_a_bucket_is_full_until_its_window_ends() -> None:
    clock = Clock()
    brake = Brake(Limits(EDITS), clock)
    assert [status(brake, "edit message") for _ in range(3)] == [200, 200, 429]
    assert brake.headers("edit message", 1)["X-RateLimit-Remaining"] == "0"
    assert status(brake, "edit message", place=2) == 200
    clock.now += 4
    refused = brake.refuse("edit message", 1, token_only=False)
    assert refused is not None
    assert (refused.headers["retry-after"], refused.headers["via"]) == ("1", "1.1 google")
    clock.now += 1
    assert status(brake, "edit message") == 200


def test_the_bot_has_a_limit_that_interactions_do_not_share() -> None:
    brake = Brake(Limits({}, Rule(2, 1.0)), Clock())
    assert [status(brake, "get user") for _ in range(3)] == [200, 200, 429]
    assert status(brake, "callback", token_only=True) == 200


def test_too_many_invalid_requests_ban() -> None:
    brake = Brake(Limits({}, invalid=Rule(2, 600.0)), Clock())
    for answer in (401, 200, 403):
        brake.note(answer)
    refused = brake.refuse("get user", None, token_only=False)
    assert refused is not None
    assert (refused.status_code, "via" in refused.headers) == (429, False)


async def test_the_library_waits_where_a_bucket_is_full(api: Discord) -> None:
    ann = api.member("Ann")
    api.limit(Limits({"create message": Rule(2, 0.05)}))
    async with logged_in(api, Bot()) as bot:
        place = bot.get_partial_messageable(ann.dm.id)
        for number in range(5):
            await place.send(str(number))
    assert len(ann.dm.messages) == 5
