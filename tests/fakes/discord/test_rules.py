"""Discord's rules, as its error codes say them."""

import json
from collections.abc import AsyncIterator
from typing import Any

import discord
import httpx
import pytest

from tests.fakes.discord import Discord, Interaction, Member
from tests.fakes.discord.commands import check_command
from tests.fakes.discord.components import check_components, check_form
from tests.fakes.discord.endpoint import plain_http
from tests.fakes.discord.library import PATIENCE_S, Bot, connected
from tests.fakes.discord.refusals import Refused
from tests.fakes.discord.values import COMPONENTS_V2, JsonObject

TEXT: JsonObject = {"type": 10, "content": "words"}
BUTTON: JsonObject = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
UPLOAD: JsonObject = {"type": 18, "label": "Photo", "component": {"type": 19, "custom_id": "photo"}}
PING: JsonObject = {"name": "ping", "description": "Ping"}


def row(*parts: JsonObject) -> JsonObject:
    return {"type": 1, "components": list(parts)}


def select(*values: str) -> JsonObject:
    options = [{"label": value, "value": value} for value in values]
    return {"type": 3, "custom_id": "menu", "options": options}


def gallery(url: str) -> JsonObject:
    return {"type": 12, "items": [{"media": {"url": url}}]}


def paths(errors: Any, path: str = "") -> list[tuple[str, str]]:
    """(path, code) of every error in the tree."""
    if "_errors" in errors:
        return [(path, error["code"]) for error in errors["_errors"]]
    return [found for key, value in errors.items() for found in paths(value, f"{path}.{key}".lstrip("."))]


GOOD = [
    [TEXT],
    [row(BUTTON)],
    [row(select("a", "b"))],
    [gallery("attachment://a.jpg")],
    [gallery("https://example.org/a.jpg")],
    [{"type": 17, "accent_color": 0, "components": [TEXT, {"type": 14}, row(BUTTON)]}],
    [{"type": 9, "components": [TEXT], "accessory": BUTTON}],
    [{"type": 13, "file": {"url": "attachment://a.jpg"}}],
    [{**TEXT, "content": "x" * 4000}],
    [TEXT] * 40,
]
BAD: list[tuple[list[JsonObject], str, str]] = [
    ([], "components", "BASE_TYPE_BAD_LENGTH"),
    ([BUTTON], "components.0.type", "BASE_TYPE_CHOICES"),
    ([{"type": 17, "components": [{"type": 17}]}], "components.0.components.0.type", "BASE_TYPE_CHOICES"),
    ([row(BUTTON, BUTTON)], "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"),
    (
        [row({**BUTTON, "custom_id": "x" * 101})],
        "components.0.components.0.custom_id",
        "BASE_TYPE_BAD_LENGTH",
    ),
    ([row({**BUTTON, "label": ""})], "components.0.components.0", "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI"),
    ([row({**BUTTON, "style": 9})], "components.0.components.0.style", "BASE_TYPE_CHOICES"),
    ([row({**BUTTON, "style": 5})], "components.0.components.0.url", "BASE_TYPE_REQUIRED"),
    ([row(select("a"), BUTTON)], "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
    ([row(select(*map(str, range(26))))], "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    (
        [row(select("a", "a"))],
        "components.0.components.0.options",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    (
        [gallery("attachment://b.jpg")],
        "components.0.items.0.media.url",
        "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ),
    ([gallery("ftp://a")], "components.0.items.0.media.url", "URL_TYPE_INVALID_SCHEME"),
    ([{**TEXT, "content": ""}], "components.0.content", "BASE_TYPE_BAD_LENGTH"),
    ([{**TEXT, "content": "x" * 2001}] * 2, "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    ([{"type": 9, "components": [TEXT]}], "components.0.accessory.type", "BASE_TYPE_CHOICES"),
    (
        [{"type": 17, "components": [TEXT] * 40}],
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    (
        [{"type": 17, "accent_color": 1 << 24, "components": [TEXT]}],
        "components.0.accent_color",
        "NUMBER_TYPE_MAX",
    ),
]


@pytest.mark.parametrize("parts", GOOD)
def test_good_components_are_taken_and_numbered(parts: list[JsonObject]) -> None:
    checked = check_components(parts, frozenset({"a.jpg"}), v2=True)
    assert [part["id"] for part in checked if part["type"] == 10] == [
        number for number, part in enumerate(parts, 1) if part["type"] == 10
    ]
    assert len(checked) == len(parts)


@pytest.mark.parametrize(("parts", "path", "code"), BAD)
def test_bad_components_are_refused(parts: list[JsonObject], path: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_components(parts, frozenset({"a.jpg"}), v2=True)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert paths(refused.value.errors) == [(path, code)]


def test_without_the_flag_there_are_only_rows() -> None:
    assert check_components([row(BUTTON)], frozenset(), v2=False)
    with pytest.raises(Refused):
        check_components([TEXT], frozenset(), v2=False)


def test_a_form_has_a_title_and_labelled_fields() -> None:
    form = {"custom_id": "form", "title": "Photo", "components": [UPLOAD]}
    assert check_form(form)["components"][0]["component"]["id"] == 2
    changes: list[JsonObject] = [
        {"title": "x" * 46},
        {"components": []},
        {"components": [row(BUTTON), BUTTON]},
        {"components": [UPLOAD] * 6},
        {"custom_id": ""},
    ]
    for broken in changes:
        with pytest.raises(Refused):
            check_form(form | broken)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Ping"},
        {"name": "two words"},
        {"name": "x" * 33},
        {"description": ""},
        {"description": "x" * 101},
        {"name_localizations": {"de": "Zwei Worte"}},
        {"name_localizations": {"xx": "ping"}},
        {"description_localizations": {"de": "x" * 101}},
        {"options": [{"type": 3, "name": "a", "description": ""}]},
        {
            "options": [
                {"type": 3, "name": "a", "description": "a"},
                {"type": 3, "name": "b", "description": "b", "required": True},
            ]
        },
        {"type": 3},
    ],
)
def test_bad_commands_are_refused(change: JsonObject) -> None:
    check_command(PING, "")
    with pytest.raises(Refused) as refused:
        check_command(PING | change, "0")
    assert refused.value.code == 50035


class Raw:
    """Requests without a library."""

    def __init__(self, api: Discord, http: httpx.AsyncClient) -> None:
        self._api, self._http = api, http

    async def __call__(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bot {self._api.token}"}
        answer = await self._http.request(method, self._api.url + path, headers=headers, **more)
        return answer.status_code, answer.json() if answer.content else None

    async def refusal(self, method: str, path: str, **more: Any) -> tuple[int, int]:
        status, body = await self(method, path, **more)
        return status, body["code"]


@pytest.fixture
async def raw(api: Discord) -> AsyncIterator[Raw]:
    async with plain_http() as http:
        yield Raw(api, http)


@pytest.fixture
def ann(api: Discord) -> Member:
    return api.member("Ann", installed=True)


async def asked(raw: Raw, member: Member, app: int, **more: Any) -> tuple[Interaction, str, str]:
    """An interaction, the path of its callback, and that of its webhook."""
    command = PING | {"integration_types": [0, 1]}
    await raw("PUT", f"/applications/{app}/commands", json=[command])
    sent = await member.slash("ping", **more)
    return sent, f"/interactions/{sent.id}/{sent.token}/callback", f"/webhooks/{app}/{sent.token}"


async def test_a_response_comes_once_and_in_time(api: Discord, raw: Raw, ann: Member) -> None:
    sent, callback, webhook = await asked(raw, ann, api.bot.id)
    assert await raw.refusal("PATCH", f"{webhook}/messages/@original", json={}) == (404, 10015)
    assert await raw.refusal("POST", callback, json={"type": 6}) == (400, 50035)
    assert await raw.refusal("POST", callback.replace(sent.token, "other"), json={"type": 5}) == (404, 10062)
    assert await raw("POST", callback, json={"type": 5}) == (204, None)
    assert sent.took_s is not None
    assert await raw.refusal("POST", callback, json={"type": 5}) == (400, 40060)
    late, callback, _ = await asked(raw, ann, api.bot.id)
    late.miss_deadline()
    assert await raw.refusal("POST", callback, json={"type": 5}) == (404, 10062)


async def test_a_callback_can_tell_its_message(api: Discord, raw: Raw, ann: Member) -> None:
    sent, callback, _ = await asked(raw, ann, api.bot.id)
    body = {"type": 5, "data": {"flags": 64}}
    status, answer = await raw("POST", callback, json=body, params={"with_response": "true"})
    assert (status, answer["interaction"]["response_message_loading"]) == (200, True)
    assert answer["interaction"]["response_message_ephemeral"]
    assert answer["resource"]["message"]["id"] == str(sent.original)
    assert sent.message is not None
    assert sent.message.thinking


async def test_a_token_opens_its_messages_until_it_is_over(api: Discord, raw: Raw, ann: Member) -> None:
    sent, callback, webhook = await asked(raw, ann, api.bot.id)
    await raw("POST", callback, json={"type": 5})
    _, first = await raw("POST", webhook, json={"content": "in place of thinking"})
    _, second = await raw("POST", webhook, json={"content": "after it"})
    assert first["id"] == str(sent.original) != second["id"]
    assert [message.words for message in ann.dm.from_bot] == ["in place of thinking", "after it"]
    _, edited = await raw("PATCH", f"{webhook}/messages/{second['id']}", json={"content": "edited"})
    assert (
        (await raw("GET", f"{webhook}/messages/{second['id']}"))[1]["content"]
        == edited["content"]
        == "edited"
    )
    assert await raw("DELETE", f"{webhook}/messages/@original") == (204, None)
    assert await raw.refusal("GET", f"{webhook}/messages/@original") == (404, 10008)
    sent.end_token()
    assert await raw.refusal("POST", webhook, json={"content": "late"}) == (401, 50027)
    assert await raw.refusal("PATCH", f"{webhook}/messages/@original", json={}) == (401, 50027)


async def test_who_may_not_use_external_apps_alone_sees_the_answer(
    api: Discord, raw: Raw, ann: Member
) -> None:
    place = api.channel(api.guild("Theirs", ann, bot=False))
    place.deny_everyone("use_external_apps")
    sent, callback, _ = await asked(raw, ann, api.bot.id, channel=place)
    await raw("POST", callback, json={"type": 4, "data": {"content": "psst"}})
    assert sent.message is not None
    assert sent.message.ephemeral


async def test_places_say_why_they_are_closed(api: Discord, raw: Raw, ann: Member) -> None:
    guild = api.guild("Party", ann)
    party = api.channel(guild)
    messages, hello = f"/channels/{party.id}/messages", {"content": "hello"}
    assert await raw.refusal("GET", "/channels/1") == (404, 10003)
    assert await raw.refusal("GET", f"{messages}/1") == (404, 10008)
    written = await ann.posts(party, "mine")
    assert await raw.refusal("PATCH", f"{messages}/{written.id}", json=hello) == (403, 50005)
    assert await raw.refusal("DELETE", f"{messages}/{written.id}") == (403, 50013)
    assert await raw.refusal("POST", messages, json={}) == (400, 50006)
    reference = {"message_reference": {"message_id": "1"}}
    assert await raw.refusal("POST", messages, json=hello | reference) == (400, 50035)
    reference["message_reference"]["fail_if_not_exists"] = False  # type: ignore[assignment]
    assert (await raw("POST", messages, json=hello | reference))[0] == 200
    party.deny("send_messages")
    assert await raw.refusal("POST", messages, json=hello) == (403, 50013)
    thread = api.thread(party)
    assert (await raw("POST", f"/channels/{thread.id}/messages", json=hello))[0] == 200
    thread.archived = True
    answer = thread.messages[0].id
    assert await raw.refusal("PATCH", f"/channels/{thread.id}/messages/{answer}", json=hello) == (400, 50083)
    party.deny("view_channel")
    assert await raw.refusal("POST", messages, json=hello) == (403, 50001)
    ann.closes_dms()
    assert await raw.refusal("POST", f"/channels/{ann.dm.id}/messages", json=hello) == (403, 50007)
    assert await raw.refusal("GET", "/nowhere") == (404, 0)


async def test_files_have_limits(api: Discord, raw: Raw, ann: Member) -> None:
    small = api.channel(api.guild("Small", ann, upload_limit=1000))
    messages = f"/channels/{small.id}/messages"
    for size, answer in ((1000, 200), (1001, 413)):
        status, _ = await raw("POST", messages, files={"files[0]": ("a.txt", bytes(size))})
        assert status == answer
    files = {"files[0]": ("a b.jpg", b"no picture")}
    _, sent = await raw("POST", messages, files=files, data={"payload_json": '{"content": "file"}'})
    assert (sent["content"], sent["attachments"][0]["filename"]) == ("file", "a_b.jpg")
    _, kept = await raw("PATCH", f"{messages}/{sent['id']}", json={"content": "still"})
    assert [file["id"] for file in kept["attachments"]] == [sent["attachments"][0]["id"]]
    _, gone = await raw("PATCH", f"{messages}/{sent['id']}", json={"attachments": []})
    assert gone["attachments"] == []


async def test_what_an_edit_leaves_out_stays_and_what_is_deleted_is_nowhere(
    api: Discord, raw: Raw, ann: Member
) -> None:
    place = f"/channels/{ann.dm.id}/messages"
    shown: JsonObject = {"flags": COMPONENTS_V2, "components": [gallery("attachment://a.jpg")]}
    files = {"files[0]": ("a.jpg", b"a face")}
    _, sent = await raw("POST", place, files=files, data={"payload_json": json.dumps(shown)})
    both = {"components": [TEXT, gallery("attachment://a.jpg")]}
    _, kept = await raw("PATCH", f"{place}/{sent['id']}", json=both)
    assert [file["id"] for file in kept["attachments"]] == [sent["attachments"][0]["id"]]
    lost = {"components": [gallery("attachment://b.jpg")]}
    assert await raw.refusal("PATCH", f"{place}/{sent['id']}", json=lost) == (400, 50035)
    assert api.cdn.holds(b"a face")
    assert await raw("DELETE", f"{place}/{sent['id']}") == (204, None)
    assert await raw.refusal("DELETE", f"{place}/{sent['id']}") == (404, 10008)
    assert not api.cdn.holds(b"a face")


async def test_what_one_person_sees_is_reached_by_the_token_alone(
    api: Discord, raw: Raw, ann: Member
) -> None:
    sent, callback, webhook = await asked(raw, ann, api.bot.id)
    await raw("POST", callback, json={"type": 4, "data": {"content": "psst", "flags": 64}})
    message = f"/channels/{ann.dm.id}/messages/{sent.original}"
    for method in ("GET", "PATCH", "DELETE"):
        assert await raw.refusal(method, message, json={"content": "new"}) == (404, 10008)
    assert (await raw("PATCH", f"{webhook}/messages/@original", json={"content": "new"}))[0] == 200
    assert await raw("DELETE", f"{webhook}/messages/@original") == (204, None)


async def test_reactions_say_who_and_whose_only_when_they_are_added(api: Discord, ann: Member) -> None:
    place = api.channel(api.guild("Party", ann))
    written = await ann.posts(place, "mine")
    async with connected(api, Bot(discord.Intents(guilds=True, guild_reactions=True))) as bot:
        added = bot.wait_for("raw_reaction_add", timeout=PATIENCE_S)
        await ann.reacts(written, "❤️")
        one = await added
        assert (one.message_author_id, one.member and one.member.id) == (ann.id, ann.id)
        removed = bot.wait_for("raw_reaction_remove", timeout=PATIENCE_S)
        await ann.unreacts(written, "❤️")
        other = await removed
        assert (other.message_author_id, other.member, other.user_id) == (None, None, ann.id)


async def test_the_new_components_stand_alone(api: Discord, raw: Raw, ann: Member) -> None:
    messages = f"/channels/{ann.dm.id}/messages"
    v2 = {"flags": COMPONENTS_V2, "components": [TEXT]}
    _, error = await raw("POST", messages, json=v2 | {"content": "too"})
    assert paths(error["errors"]) == [("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")]
    _, old = await raw("POST", messages, json={"content": "old"})
    assert await raw.refusal("PATCH", f"{messages}/{old['id']}", json=v2) == (400, 50035)
    status, new = await raw("PATCH", f"{messages}/{old['id']}", json=v2 | {"content": None})
    assert (status, new["flags"], ann.dm.from_bot[0].words) == (200, COMPONENTS_V2, "words")
    assert await raw.refusal("PATCH", f"{messages}/{old['id']}", json={"flags": 0}) == (400, 50035)


async def test_mentions_are_those_that_are_allowed(api: Discord, raw: Raw, ann: Member) -> None:
    words = {"content": f"{ann.mention} look"}
    cases: list[tuple[JsonObject, int]] = [
        ({}, 1),
        ({"allowed_mentions": {"parse": []}}, 0),
        ({"allowed_mentions": {"users": [str(ann.id)]}}, 1),
    ]
    for allowed, mentioned in cases:
        _, sent = await raw("POST", f"/channels/{ann.dm.id}/messages", json=words | allowed)
        assert len(sent["mentions"]) == mentioned
