"""Updates about pictures before others: whose photo it is, votes, inline messages. Pure, from literals."""

from typing import Any

import pytest

from adapters.telegram.buttons import Verb, packed
from adapters.telegram.events import (
    NOBODY_KNOWS,
    Chosen,
    Command,
    Counted,
    Event,
    PhotoSent,
    Press,
    PressedInline,
    Reacted,
    Sender,
    Spot,
    read,
    written,
)
from adapters.telegram.incoming.translate import lane, translate
from tests.adapters.telegram.incoming.test_translate import (
    ANN,
    BOT,
    GROUP,
    ME,
    PHOTO,
    PRIVATE,
    command,
    message,
    replied,
    update,
)

SENDER = Sender(99, "de-AT")
CHANNEL = {"id": -100, "type": "channel", "title": "News"}
BOB = {"id": 77, "is_bot": False, "first_name": "Bob"}
ORIGINS: dict[str, dict[str, Any]] = {
    "bob": {"type": "user", "date": 1, "sender_user": BOB},
    "myself": {"type": "user", "date": 1, "sender_user": ANN},
    "a bot": {"type": "user", "date": 1, "sender_user": BOT},
    "somebody hidden": {"type": "hidden_user", "date": 1, "sender_user_name": "X"},
    "a channel": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4},
    "a group": {"type": "chat", "date": 1, "sender_chat": GROUP},
}
OWNERS = {
    "bob": 77,
    "myself": None,
    "a bot": NOBODY_KNOWS,
    "somebody hidden": NOBODY_KNOWS,
    "a channel": NOBODY_KNOWS,
    "a group": NOBODY_KNOWS,
}


def subject(event: Event | None) -> int | None:
    assert isinstance(event, PhotoSent)
    assert read(written(event)) == event
    return event.subject


def test_what_one_sends_is_ones_own() -> None:
    assert subject(message(photo=PHOTO)) is None
    assert subject(message(photo=PHOTO, media_group_id="1")) is None
    own = replied(photo=PHOTO, **{"from": ANN})
    assert subject(message(GROUP, reply_to_message=own, **command("/style"))) is None


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("album", [False, True])
def test_a_forwarded_photo_is_its_origins(origin: str, *, album: bool) -> None:
    fields: dict[str, Any] = {"media_group_id": "1"} if album else {}
    assert subject(message(photo=PHOTO, forward_origin=ORIGINS[origin], **fields)) == OWNERS[origin]


@pytest.mark.parametrize(
    ("fields", "owner"),
    [
        ({}, 77),
        ({"sender_chat": CHANNEL}, NOBODY_KNOWS),
        ({"forward_origin": ORIGINS["myself"]}, None),
        ({"forward_origin": ORIGINS["a channel"]}, NOBODY_KNOWS),
        ({"from": BOT | {"id": 5}}, NOBODY_KNOWS),
    ],
)
def test_a_photo_that_is_replied_to_is_its_writers(fields: dict[str, Any], owner: int | None) -> None:
    answered = replied(photo=PHOTO, **fields)
    assert subject(message(GROUP, reply_to_message=answered, **command("/style comic"))) == owner


def test_a_name_is_told_only_by_who_wants_it_shown() -> None:
    shown = {"message_id": 8, "date": 1, "chat": PRIVATE, "from": BOT, "text": "x"}
    names = {}
    for verb in Verb:
        query = {"id": "q", "from": ANN, "chat_instance": "i", "data": packed(verb), "message": shown}
        press = translate(update(callback_query=query), ME)
        assert isinstance(press, Press)
        names[verb] = press.sender.name
    assert [verb for verb, name in names.items() if name] == [Verb.NAME]
    assert names[Verb.NAME] == "Ann"


def test_inline_messages_are_known_by_their_id_alone() -> None:
    query = {"id": "q", "from": ANN, "chat_instance": "i", "data": "w::99", "inline_message_id": "m"}
    pressed = translate(update(callback_query=query), ME)
    assert pressed == PressedInline(SENDER, "q", "w::99", "m")
    result = {"result_id": "job", "from": ANN, "query": ""}
    chosen = translate(update(chosen_inline_result=result | {"inline_message_id": "m"}), ME)
    assert chosen == Chosen(SENDER, "job", "m")
    assert translate(update(chosen_inline_result=result), ME) is None
    for event in (pressed, chosen):
        assert event is not None
        assert lane(event) == "inline:99"
        assert read(written(event)) == event


def emoji(*signs: str) -> list[dict[str, str]]:
    return [{"type": "emoji", "emoji": sign} for sign in signs]


@pytest.mark.parametrize(
    ("signs", "likes"), [([], False), (["❤"], True), (["👎"], False), (["👎", "🔥"], True), (["💩"], False)]
)
def test_friendly_reactions_are_votes(signs: list[str], likes: bool) -> None:
    change = {"chat": GROUP, "message_id": 8, "date": 1, "old_reaction": [], "new_reaction": emoji(*signs)}
    event = translate(update(message_reaction=change | {"user": ANN}), ME)
    assert event == Reacted(Spot(-5, 8, None, private=False), SENDER, likes)
    assert event is not None
    assert read(written(event)) == event
    for who in ({"actor_chat": GROUP}, {"user": BOT}):
        assert translate(update(message_reaction=change | who), ME) is None


def test_reactions_are_counted_where_nobody_is_named() -> None:
    kinds = [*emoji("❤", "👎"), {"type": "custom_emoji", "custom_emoji_id": "1"}]
    counts = [{"type": kind, "total_count": 2} for kind in kinds]
    change = {"chat": CHANNEL, "message_id": 8, "date": 1, "reactions": counts}
    event = translate(update(message_reaction_count=change), ME)
    assert event == Counted(Spot(-100, 8, None, private=False), 4)
    assert event is not None
    assert (lane(event), read(written(event))) == ("reactions:-100", event)


def test_a_command_that_answers_a_channels_post_knows_the_channel() -> None:
    answered = replied(chat=PRIVATE, forward_origin=ORIGINS["a channel"])
    asked = message(reply_to_message=answered, **command("/feed here"))
    assert isinstance(asked, Command)
    assert (asked.channel, asked.writer) == (-100, None)
