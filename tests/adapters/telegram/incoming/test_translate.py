"""Updates in our own words: pure, from literal JSON as Telegram sends it."""

from dataclasses import replace
from typing import Any

import pytest
from telegram import PhotoSize, Update

from adapters.telegram.events import (
    Asked,
    Command,
    Event,
    NoPhoto,
    Paper,
    PaperSent,
    PhotoSent,
    Press,
    Said,
    Sender,
    Spot,
    Standing,
    read,
    written,
)
from adapters.telegram.identity import Me
from adapters.telegram.incoming.translate import lane, smallest_enough, translate, writer_of_more

ME = Me(1, "petaflop_bot")
ANN: dict[str, Any] = {"id": 99, "is_bot": False, "first_name": "Ann", "language_code": "de-AT"}
BOT: dict[str, Any] = {"id": 1, "is_bot": True, "first_name": "PETaflop", "username": "petaflop_bot"}
PRIVATE = {"id": 99, "type": "private", "first_name": "Ann"}
GROUP = {"id": -5, "type": "supergroup", "title": "Party"}
PHOTO = [
    {"file_id": f"id-{width}", "file_unique_id": f"u{width}", "width": width, "height": width * 3 // 4}
    for width in (90, 320, 1280, 2560)
]


RIGHTS = [
    *("is_member", "is_anonymous", "can_be_edited", "can_manage_chat", "can_manage_topics", "can_edit_tag"),
    *("can_send_messages", "can_send_photos", "can_send_videos", "can_send_audios", "can_send_documents"),
    *("can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages"),
    *("can_add_web_page_previews", "can_change_info", "can_invite_users", "can_pin_messages"),
    *("can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_react_to_messages"),
]


def message(chat: dict[str, Any] = PRIVATE, **fields: Any) -> Event | None:
    payload = {"message_id": 5, "date": 1, "chat": chat, "from": ANN, **fields}
    return translate(update(message=payload), ME)


def of_crew(chat: dict[str, Any] = PRIVATE, **fields: Any) -> Event | None:
    payload = {"message_id": 5, "date": 1, "chat": chat, "from": ANN, **fields}
    return translate(update(message=payload), ME, maintainer=True)


def update(**fields: Any) -> Update:
    return Update.de_json({"update_id": 7, **fields}, None)


def document(name: str, kind: str | None) -> dict[str, Any]:
    fields = {"file_id": "doc", "file_unique_id": "d", "file_name": name, "file_size": 10}
    return fields if kind is None else {**fields, "mime_type": kind}


def command(text: str) -> dict[str, Any]:
    length = len(text.split(maxsplit=1)[0])
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def captioned(text: str, kind: str = "bot_command") -> dict[str, Any]:
    offset = text.index("@") if kind == "mention" else 0
    length = len(text[offset:].split(maxsplit=1)[0])
    return {"caption": text, "caption_entities": [{"type": kind, "offset": offset, "length": length}]}


def test_a_photo_is_asked_for_in_the_smallest_size_that_is_enough() -> None:
    found = message(photo=PHOTO, caption="comic")
    assert found == PhotoSent(Spot(99, 5), Sender(99, "de-AT"), "id-1280", 0, "comic")


@pytest.mark.parametrize(
    ("sizes", "wanted"),
    [
        ([(90, 68), (320, 240)], (320, 240)),
        ([(2560, 1920), (1280, 960), (90, 68)], (1280, 960)),
        ([(960, 1280), (1920, 2560)], (960, 1280)),
    ],
)
def test_sizes(sizes: list[tuple[int, int]], wanted: tuple[int, int]) -> None:
    photos = [PhotoSize(f"{width}", f"u{width}", width, height) for width, height in sizes]
    chosen = smallest_enough(photos)
    assert (chosen.width, chosen.height) == wanted


@pytest.mark.parametrize(
    ("name", "kind", "is_photo"),
    [
        ("a.jpg", "image/jpeg", True),
        ("IMG_1.HEIC", "image/heic", True),
        ("IMG_1.HEIC", "application/octet-stream", True),
        ("IMG_1.HEIC", None, True),
        ("cv.pdf", "application/pdf", False),
        ("a.jpg", "text/html", False),
        ("a.zip", "application/octet-stream", False),
    ],
)
def test_files_that_are_pictures(name: str, kind: str | None, is_photo: bool) -> None:
    found = message(document=document(name, kind))
    assert isinstance(found, PhotoSent if is_photo else NoPhoto)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (captioned("/style comic"), "comic"),
        (captioned("/style@petaflop_bot oil"), "oil"),
        (captioned("@Petaflop_Bot oil please", "mention"), "oil please"),
        (captioned("/style@other_bot oil"), None),
        (captioned("hello @petaflop_bot", "mention"), "hello"),
        ({"caption": "just a photo"}, None),
        ({}, None),
    ],
)
def test_photos_in_a_group(fields: dict[str, Any], wanted: str | None) -> None:
    found = message(GROUP, photo=PHOTO, **fields)
    assert (found.wish if isinstance(found, PhotoSent) and found.asked else None) == wanted


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"photo": PHOTO, "caption": "no", "media_group_id": "8"}, True),
        ({"photo": PHOTO, "forward_origin": {"type": "user", "date": 1, "sender_user": ANN}}, False),
        ({"photo": PHOTO, "via_bot": BOT}, False),
        ({"photo": PHOTO, "sender_chat": {"id": -7, "type": "channel", "title": "News"}}, False),
        ({"document": {"file_id": "doc", "file_unique_id": "d", "mime_type": "image/png"}}, False),
        (captioned("/style@other_bot oil") | {"photo": PHOTO}, False),
    ],
)
def test_photos_in_a_group_that_ask_for_nothing(fields: dict[str, Any], *, is_told: bool) -> None:
    wanted = PhotoSent(Spot(-5, 5, None, private=False), Sender(99, "de-AT"), "id-1280", 0, "no", "8")
    assert message(GROUP, **fields) == (replace(wanted, asked=False) if is_told else None)


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "other"),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, "other"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
        ({"story": {"chat": PRIVATE, "id": 1}}, "other"),
        ({"video_note": {"file_id": "v", "file_unique_id": "u", "length": 1, "duration": 1}}, "moving"),
        ({"audio": {"file_id": "a", "file_unique_id": "u", "duration": 1}}, "sound"),
        ({"text": "hello"}, "text"),
        ({"new_chat_title": "x"}, None),
        ({"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}}, None),
    ],
)
def test_what_is_no_picture_is_told_by_kind(fields: dict[str, Any], what: str | None) -> None:
    found = message(**fields)
    assert (found.what if isinstance(found, NoPhoto) else None) == what


def test_a_reply_to_somebodys_photo_takes_that_photo() -> None:
    replied = {"message_id": 4, "date": 1, "chat": GROUP, "from": {**ANN, "id": 98}, "photo": PHOTO}
    found = message(GROUP, reply_to_message=replied, **command("/style comic"))
    assert isinstance(found, PhotoSent)
    assert (found.spot.message, found.sender.user, found.wish) == (5, 99, "comic")


def test_a_reply_to_our_own_picture_is_a_command_about_it() -> None:
    replied = {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT, "photo": PHOTO}
    found = message(GROUP, reply_to_message=replied, **command("/style comic"))
    assert found == Command(Spot(-5, 5, None, private=False), Sender(99, "de-AT"), "style", "comic", 4)


def test_a_forum_topic_is_kept_and_a_reply_thread_is_not() -> None:
    topic = message(GROUP, message_thread_id=3, is_topic_message=True, **command("/style"))
    thread = message(GROUP, message_thread_id=3, **command("/style"))
    assert isinstance(topic, Command)
    assert isinstance(thread, Command)
    assert (topic.spot.thread, thread.spot.thread) == (3, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "hi"},
        {"new_chat_members": [BOT]},
        {"migrate_to_chat_id": -1005},
        command("/start@other_bot"),
    ],
)
def test_what_is_not_for_us_in_a_group(fields: dict[str, Any]) -> None:
    assert message(GROUP, **fields) is None


def test_bots_and_our_own_inline_results_are_left_alone() -> None:
    assert message(photo=PHOTO, via_bot=BOT) is None
    assert translate(update(message={"message_id": 5, "date": 1, "chat": PRIVATE, "from": BOT}), ME) is None
    assert translate(update(edited_message={"message_id": 5, "date": 1, "chat": PRIVATE}), ME) is None


def test_presses_and_inline_queries() -> None:
    shown = {"message_id": 8, "date": 1, "chat": GROUP, "from": BOT, "text": "x"}
    query = {"id": "q", "from": ANN, "chat_instance": "i", "data": "s::comic"}
    press = translate(update(callback_query={**query, "message": shown}), ME)
    assert press == Press(Spot(-5, 8, None, private=False), Sender(99, "de-AT"), "q", "s::comic")
    old = {"message_id": 8, "date": 0, "chat": GROUP}
    assert isinstance(translate(update(callback_query={**query, "message": old}), ME), Press)
    asked = translate(update(inline_query={"id": "q", "from": ANN, "query": "a" * 99, "offset": ""}), ME)
    assert asked == Asked(Sender(99, "de-AT"), "q", "a" * 64)


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        ("left", "member", "joined"),
        ("member", "kicked", "left"),
        ("member", "restricted", "changed"),
        ("restricted", "administrator", "changed"),
    ],
)
def test_our_standing(before: str, after: str, now: str) -> None:
    def member(status: str) -> dict[str, Any]:
        rights = dict.fromkeys(RIGHTS, True)
        return {"status": status, "user": BOT, "until_date": 0, **rights}

    change = {
        "chat": GROUP,
        "from": ANN,
        "date": 1,
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
    found = translate(update(my_chat_member=change), ME)
    assert isinstance(found, Standing)
    assert found.now == now


EVENTS: list[Event] = [
    PhotoSent(Spot(1, 2, 3, private=False), Sender(4, "de"), "file", 5, "comic", "album"),
    NoPhoto(Spot(1, 2), Sender(4), "sticker"),
    Command(Spot(1, 2), Sender(4), "style", "comic", 3),
    Press(Spot(1, 2), Sender(4), "id", "data"),
    Asked(Sender(4), "id", "query"),
    Standing(Spot(1, 0), Sender(4), "left"),
]


@pytest.mark.parametrize("event", EVENTS, ids=[event.kind for event in EVENTS])
def test_events_survive_the_inbox(event: Event) -> None:
    assert read(written(event)) == event


def test_lanes_keep_a_chats_order_and_rights_overtake() -> None:
    lanes = [lane(event) for event in EVENTS]
    assert lanes == ["chat:1", "chat:1", "chat:1", "chat:1", "inline:4", "standing:1"]


WORKFLOW = document("wizard.json", "application/json")
PAPER = Paper("doc", 10, "wizard.json")
LONG = '/addstyle wizard "' + "an old wizard, " * 40 + '"'


def test_of_maintainers_words_and_files_are_written_down_and_of_guests_they_are_not() -> None:
    spot, sender = Spot(99, 5), Sender(99, "de-AT")
    assert of_crew(text="an old wizard") == Said(spot, sender, "an old wizard")
    assert message(text="an old wizard") == NoPhoto(spot, sender, "text")
    assert of_crew(document=WORKFLOW, caption="wizard 🧙") == PaperSent(spot, sender, PAPER, "wizard 🧙")
    assert message(document=WORKFLOW) == NoPhoto(spot, sender, "file")
    assert of_crew(document=document("cv.pdf", "application/pdf")) == NoPhoto(spot, sender, "file")
    assert of_crew(GROUP, text="an old wizard") is None
    whole, cut = of_crew(**command(LONG)), message(**command(LONG))
    assert isinstance(whole, Command)
    assert whole.words == LONG.removeprefix("/addstyle ")
    assert isinstance(cut, Command)
    assert cut.words == whole.words[:64]


def test_a_file_comes_with_the_command_below_it() -> None:
    for chat in (PRIVATE, GROUP):
        asked = of_crew(chat, document=WORKFLOW, **captioned("/import"))
        assert isinstance(asked, Command)
        assert (asked.name, asked.paper) == ("import", PAPER)
        tried = message(chat, document=WORKFLOW, **captioned("/import"))
        assert isinstance(tried, Command)
        assert tried.paper is None


def replied(**fields: Any) -> dict[str, Any]:
    bob = {"id": 77, "is_bot": False, "first_name": "Bob"}
    return {"message_id": 3, "date": 1, "chat": GROUP, "from": bob, "text": "hi", **fields}


@pytest.mark.parametrize(
    ("answered", "writer"),
    [
        (replied(), 77),
        (replied(**{"from": BOT}), None),
        (replied(sender_chat={"id": -100, "type": "channel", "title": "News"}), None),
        (replied(is_topic_message=True, message_thread_id=3), None),
        (replied(is_topic_message=True, message_thread_id=2), 77),
        (replied(forward_origin={"type": "user", "date": 1, "sender_user": ANN | {"id": 55}}), 55),
        (replied(forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "X"}), None),
    ],
)
def test_whom_a_command_by_reply_means(answered: dict[str, Any], writer: int | None) -> None:
    thread = {key: answered[key] for key in ("is_topic_message", "message_thread_id") if key in answered}
    asked = of_crew(GROUP, **command("/ban"), **thread, reply_to_message=answered)
    assert isinstance(asked, Command)
    assert (asked.replied, asked.writer) == (3, writer)


@pytest.mark.parametrize(
    ("chat", "fields", "asks"),
    [
        (PRIVATE, {"text": "hello"}, True),
        (GROUP, {"text": "hello"}, False),
        (GROUP, command("/ban"), True),
        (GROUP, {"document": WORKFLOW}, True),
        (PRIVATE, {"photo": PHOTO, "caption": "comic"}, False),
    ],
)
def test_the_crew_is_asked_only_where_its_answer_matters(
    chat: dict[str, Any], fields: dict[str, Any], asks: bool
) -> None:
    sent = update(message={"message_id": 5, "date": 1, "chat": chat, "from": ANN, **fields})
    assert writer_of_more(sent) == (99 if asks else None)


def test_what_is_written_of_maintainers_is_read_again() -> None:
    for event in (
        of_crew(text="an old wizard"),
        of_crew(document=WORKFLOW),
        of_crew(**command("/ban"), reply_to_message=replied(chat=PRIVATE)),
    ):
        assert event is not None
        assert read(written(event)) == event
