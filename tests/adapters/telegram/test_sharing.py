"""Pictures before others: consent, feeds, votes, taking back, and whose face it is."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from bot.nouns import SOMEBODY, JobId
from bot.store.audit import Act, Deed
from tests.adapters.telegram.maintained import answered
from tests.adapters.telegram.opened import (
    Opened,
    Setup,
    finished,
    has,
    is_finished,
    key,
    opened,
    selfie,
    shade_of,
    styles_shown,
)
from tests.fakes.telegram import Chat, Guest, Message, Telegram

LONG_S = 60.0
TWO_DAYS_S = 2 * 86_400 + 60


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait for what the store or the core tells nobody."""
    async with asyncio.timeout(LONG_S):
        while not await condition():  # noqa: ASYNC110 # nobody tells
            await asyncio.sleep(0.02)


async def pictured(guest: Guest, chat: Chat | None = None, shade: int = 60) -> Message:
    """A guest's newest finished picture, in private or in a group."""
    place = chat or guest.chat
    before = [one.id for one in place.from_bot if is_finished(one)]
    await guest.send_photo(selfie(shade), "/style comic" if chat else "comic", chat)
    return next(one for one in await finished(place, len(before) + 1, LONG_S) if one.id not in before)


async def shared(guest: Guest, picture: Message) -> None:
    """Press Share, and wait until the card says that it is done."""
    await (await guest.press("Share", picture)).answered()
    await _chat(guest, picture).until(lambda chat: has(_now(chat, picture), "Unshare"), LONG_S)


async def unshared(guest: Guest, picture: Message) -> None:
    await (await guest.press("Unshare", picture)).answered()
    await _chat(guest, picture).until(lambda chat: has(_now(chat, picture), "Share"), LONG_S)


def _chat(guest: Guest, message: Message) -> Chat:
    return guest.world.chats[message.chat]


def _now(chat: Chat, message: Message) -> Message:
    return chat.find(message.id) or message


async def feed_in(booth: Opened, maintainer: Guest, chat: Chat) -> None:
    """Make a group a feed, as a maintainer does."""
    await maintainer.send_text("/feed here", chat)
    await until(lambda: booth.booth.office.curator.feeds(key(maintainer)))


async def posts(chat: Chat, count: int = 1) -> list[Message]:
    """The pictures that hang in a feed: they can be reported."""

    def there(seen: Chat) -> list[Message] | None:
        found = [message for message in seen.pictures if has(message, "⚑ Report")]
        return found if len(found) == count else None

    return await chat.until(there, LONG_S)


async def nothing_to_post(booth: Opened) -> None:
    async def done() -> bool:
        return not await booth.stores.postings.waiting()

    await until(done)


async def nothing_to_take_back(booth: Opened) -> None:
    async def done() -> bool:
        return not await booth.stores.recalls.pending()

    await until(done)


def crew(*guests: Guest) -> Setup:
    return Setup(maintainers=tuple(key(guest) for guest in guests))


async def test_the_first_photo_is_met_with_what_happens_where_and_how_long(
    telegram: Telegram, tmp_path: Path
) -> None:
    async with opened(telegram, tmp_path):
        ann, ben = telegram.guest("Ann"), telegram.guest("Ben", language="de")
        party = telegram.group("Party", ann)
        for guest, parts in (
            (
                ann,
                ("painted here at the booth", "only you", "after one hour", "picture after 24 hours"),
            ),
            (ben, ("hier an der Fotobox", "nur du", "Foto nach einer Stunde", "Bild nach 24 Stunden")),
        ):
            await guest.send_photo(selfie())
            first = await guest.chat.until_bot(styles_shown, LONG_S)
            assert all(part in first.words for part in parts), first.words
        eve = telegram.guest("Eve")
        await eve.send_photo(selfie(), "/style", party.chat)
        first = await party.chat.until_bot(styles_shown, LONG_S)
        assert "stays in this group unless you share it" in first.words


async def test_sharing_edits_the_card_with_two_requests_and_no_upload(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    party = telegram.group("Party", ann, bob)
    async with opened(telegram, tmp_path) as booth:
        picture = await pictured(ann, party.chat)
        telegram.requests.clear()
        await shared(ann, picture)
        card = _now(party.chat, picture)
        assert card.picture == picture.picture
        assert "on the wall now" in card.words
        asked = telegram.requests.without("getUpdates")
        assert sorted(request.method for request in asked) == ["answerCallbackQuery", "editMessageCaption"]
        assert sum(request.bytes_up for request in asked) < 2500
        answer = await (await bob.press("Unshare", picture)).answered()
        assert answer["url"].endswith("?start=s_comic")  # a stranger's press: as ever
        await (await ann.press("With my name", picture)).answered()
        (piece,) = await booth.booth.wall.newest("en")
        assert piece.name == "Ann"
        await party.chat.until(lambda chat: has(_now(chat, picture), "Without my name"), LONG_S)
    async with opened(telegram, tmp_path) as booth:
        await booth.stores.house.change(Deed(key(bob), Act.HOLD, "on"), hold=True)
        await (await ann.press("Without my name", picture)).answered()
        await party.chat.until(lambda chat: has(_now(chat, picture), "With my name"), LONG_S)
        nameless = Guest(telegram.world, replace(ann.user, first_name="\u3164"))  # a letter that nobody sees
        answer = await (await nameless.press("With my name", picture)).answered()
        assert "nothing in your name that can be shown" in answer["text"]
        answer = await (await ann.press("With my name", picture)).answered()
        assert "with your name as soon as" in answer["text"]
        assert not await booth.booth.wall.newest("en")
        await party.chat.until(lambda chat: "with your name as soon" in _now(chat, picture).words, LONG_S)
        await unshared(ann, picture)
        assert not await booth.booth.wall.newest("en")
        assert _now(party.chat, picture).picture == picture.picture


async def test_only_the_person_in_the_picture_shares_it(telegram: Telegram, tmp_path: Path) -> None:
    async with opened(telegram, tmp_path) as booth:
        ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
        party, news = telegram.group("Party", ann, bob), telegram.channel("News", bob)
        await ann.send_text(
            "/style comic", party.chat, reply_to=await bob.send_photo(selfie(), "", party.chat)
        )
        (of_bob,) = await finished(party.chat, 1, LONG_S)
        assert [has(of_bob, "Share"), has(of_bob, "Send to a chat")] == [True, False]
        answer = await (await ann.press("Share", of_bob)).answered()
        assert answer["text"] == "Only the person in this picture can share it."
        await shared(bob, of_bob)
        (piece,) = await booth.booth.wall.newest("en")
        assert (await booth.booth.wall.picture(piece.id)) is not None
        for number, origin in enumerate((await bob.send_photo(selfie(), "", news.chat), None), start=1):
            if origin is None:
                await ann.forward(await bob.send_photo(selfie(), "", party.chat), hidden=True)
            else:
                await ann.forward(origin)
            sheet = await ann.chat.until_bot(styles_shown, LONG_S)
            await ann.press("💥 Comic", sheet)
            assert not has((await finished(ann.chat, number, LONG_S))[-1], "Share")
        subjects = [job.subject for job in await booth.jobs(ann)]
        assert subjects == [key(bob), SOMEBODY, SOMEBODY]
        assert has(await pictured(ann, party.chat), "Send to a chat")
        await booth.booth.forget(key(bob))
        await booth.booth.forget(key(ann))
        await party.chat.until(lambda chat: not any(map(is_finished, chat.from_bot)), LONG_S)


async def test_a_shared_picture_hangs_in_its_topic_without_an_upload_and_comes_down(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    party = telegram.group("Party", mia, ann, bob, forum=True)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        topic = party.topic("Gallery")
        await mia.send_text("/feed here", party.chat, topic=topic)
        await until(lambda: booth.booth.office.curator.feeds(key(mia)))
        picture = await pictured(ann)
        telegram.requests.clear()
        await shared(ann, picture)
        (post,) = await posts(party.chat)
        assert (post.thread, post.picture, post.words) == (topic, picture.picture, "Comic")
        opening = party.chat.history(post.id)[0]
        assert opening.text is not None
        sent = telegram.requests.of("sendMessage", "editMessageMedia", chat=party.id)
        assert [request.method for request in sent] == ["sendMessage", "editMessageMedia"]
        assert sum(request.bytes_up for request in sent) < 3000
        await bob.follow(next(one.fields["url"] for one in post.buttons if "Make your own" in one.text))
        await bob.chat.until_bot(lambda message: "Comic is the first style" in message.words, LONG_S)
        assert "Thank you" in (await (await bob.press("⚑ Report", post)).answered())["text"]
        await mia.chat.until_bot(lambda message: "picture 1 shouldn't be shown" in message.words, LONG_S)
        telegram.requests.clear()
        await unshared(ann, picture)
        await party.chat.until(lambda chat: chat.find(post.id) is None, LONG_S)
        asked = sorted(request.method for request in telegram.requests.without("getUpdates"))
        assert asked == ["answerCallbackQuery", "deleteMessage", "editMessageCaption"]


async def test_a_lost_opening_is_searched_for_and_a_refused_id_goes_up_as_bytes(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party = telegram.group("Party", mia, ann)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        picture = await pictured(ann)
        telegram.fault("sendMessage", "reset after", chat=party.id)
        telegram.world.files.lose(picture.photo)
        await shared(ann, picture)
        (post,) = await posts(party.chat)
        assert abs(shade_of(post.picture) - 195) < 4
        sizes = [request.bytes_up for request in telegram.requests.of("editMessageMedia", chat=party.id)]
        assert [size > 5000 for size in sizes] == [False, True]

        def alone(chat: Chat) -> bool:
            return not any("a picture is coming" in message.words for message in chat.from_bot)

        await party.chat.until(alone, LONG_S)


async def test_votes_are_counted_only_while_there_is_a_feed(telegram: Telegram, tmp_path: Path) -> None:
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    party = telegram.group("Party", mia, ann, bob)
    party.promote_bot()
    news = telegram.channel("News", mia, "party_news")
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        picture = await pictured(ann)
        assert "message_reaction" not in telegram.inbox.asked
        await feed_in(booth, mia, party.chat)
        await mia.send_text("/feed @party_news")
        await mia.chat.until_bot(lambda message: "posted" in message.words, LONG_S)
        await telegram.world.news.until(lambda: "message_reaction" in telegram.inbox.asked, LONG_S)
        await shared(ann, picture)
        (post,), (copy,) = await posts(party.chat), await posts(news.chat)
        assert copy.reply_to is None

        async def votes(number: int) -> None:
            async def counted() -> bool:
                return [one.votes for one in await booth.booth.wall.newest("en")] == [number]

            await until(counted)

        await bob.react(post, "❤")
        await mia.react(post, "👎")
        await bob.react(copy, "🔥")
        await ann.react(copy, "👍")
        await votes(3)
        assert (await booth.booth.wall.newest("en"))[0].crowned
        await bob.react(post, "")
        await votes(2)


async def test_after_two_days_a_neutral_picture_takes_its_place_and_goes_up_once(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party = telegram.group("Party", mia, ann)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        pictures = [await pictured(ann, shade=shade) for shade in (60, 90, 120)]
        for picture in pictures:
            await shared(ann, picture)
        await posts(party.chat, 3)
        telegram.pass_time(TWO_DAYS_S)
        telegram.requests.clear()
        ups = []
        for number, picture in enumerate(pictures, start=1):
            if number == 3:  # an id that Telegram has forgotten
                telegram.world.files.lose(party.chat.pictures[0].photo)
            await unshared(ann, picture)
            await nothing_to_take_back(booth)
            ups.append(telegram.requests.of("editMessageMedia", chat=party.id)[-1].bytes_up)
        left = party.chat.pictures
        assert [(one.words, one.buttons) for one in left] == [("", ())] * 3
        assert all(shade_of(one.picture) < 30 for one in left)
        assert [size > 8000 for size in ups] == [True, False, True]
        faces = {picture.picture for picture in pictures}
        seen = [face for chat in (party.chat,) for face in (one.picture for one in chat.pictures)]
        assert not faces & set(seen)


async def test_a_feed_follows_its_group_and_a_deleted_card_stays_away(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann, bob = (telegram.guest(name) for name in ("Mia", "Ann", "Bob"))
    party = telegram.group("Party", mia, ann, bob, kind="group")
    setup = Setup(webhook=True, maintainers=(key(mia),))
    async with opened(telegram, tmp_path, setup) as booth:
        await feed_in(booth, mia, party.chat)
        await telegram.world.news.until(lambda: "message_reaction" in telegram.inbox.asked, LONG_S)
        old, new = party.chat, party.migrate()
        picture = await pictured(ann)
        await shared(ann, picture)
        (post,) = await posts(new)
        assert not old.pictures
        party.promote_bot()
        await bob.react(post, "❤")

        async def voted() -> bool:
            return [one.votes for one in await booth.booth.wall.newest("en")] == [1]

        await until(voted)
        await ann.delete(picture)
        await booth.booth.sharing.unshare(key(ann), (await booth.jobs(ann))[0].id)
        await new.until(lambda chat: chat.find(post.id) is None, LONG_S)
        await ann.send_text("/language")
        await ann.chat.until_bot(lambda message: has(message, "Deutsch"), LONG_S)
        assert not any(map(is_finished, ann.chat.from_bot))


async def test_what_telegram_refuses_is_said(telegram: Telegram, tmp_path: Path) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party = telegram.group("Party", mia, ann)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        picture = await pictured(ann)
        await shared(ann, picture)
        await posts(party.chat)
        party.kick_bot()
        await unshared(ann, picture)
        await ann.chat.until_bot(lambda message: "can't be taken back" in message.words, LONG_S)


async def test_an_inline_picture_is_known_by_its_choice_or_by_its_button_and_made_neutral(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    friends = telegram.group("Friends", ann, bob, bot=False)
    async with opened(telegram, tmp_path) as booth:
        picture = await pictured(ann)
        of_bob = await bob.send_photo(selfie(200))
        await ann.forward(of_bob)
        await ann.press("💥 Comic", await ann.chat.until_bot(styles_shown, LONG_S))
        await finished(ann.chat, 2, LONG_S)
        offered = (await (await ann.inline_query()).answered())["results"]
        assert [JobId(one["id"]) for one in offered] == [(await booth.jobs(ann))[0].id]
        assert not [one for one in ann.chat.from_bot if not one.words]  # what went up is away
        quiet = await ann.choose(offered[0], friends.chat)  # without feedback nobody tells us
        link = (await (await bob.press("📸 Make your own", quiet)).answered())["url"]
        assert link.endswith("?start=s_comic")
        telegram.world.chosen_feedback = True
        told = await ann.choose(offered[0], friends.chat)
        faces = {one.picture for one in (picture, quiet, told)}
        assert len(faces) == 1
        await telegram.inbox.until_empty()
        await ann.send_text("/forget")
        ask = await ann.chat.until_bot(lambda message: has(message, "Erase everything"), LONG_S)
        await ann.press("Erase everything", ask)
        await ann.chat.until_bot(lambda message: message.words.startswith("Done."), LONG_S)
        await friends.chat.until(lambda chat: not [one for one in chat.messages if one.buttons], LONG_S)
        assert not faces & set(telegram.world.faces())
        late = await ann.choose(offered[0], friends.chat)  # from an app that had the results still open
        await friends.chat.until(lambda chat: not _now(chat, late).buttons, LONG_S)
        assert not faces & set(telegram.world.faces())


async def test_a_feed_without_rights_is_told_of_and_one_that_is_lost_is_dropped(
    telegram: Telegram, tmp_path: Path
) -> None:
    mia, ann = telegram.guest("Mia"), telegram.guest("Ann")
    party, news = telegram.group("Party", mia, ann), telegram.channel("News", mia)
    async with opened(telegram, tmp_path, crew(mia)) as booth:
        await feed_in(booth, mia, party.chat)
        post = await mia.send_text("hello", news.chat)
        await mia.send_text("/feed here", reply_to=await mia.forward(post))
        await answered(mia, "posted")
        party.restrict_bot("can_send_photos")
        await shared(ann, await pictured(ann))
        await posts(news.chat)
        await mia.chat.until_bot(lambda message: "Feed 1" in message.words, LONG_S)
        party.restrict_bot()
        await posts(party.chat)  # at once, not only when the pause is over
        news.kick_bot()
        await shared(ann, await pictured(ann))

        async def dropped() -> bool:
            return len(await booth.booth.office.curator.feeds(key(mia))) == 1

        await until(dropped)
        await mia.chat.until_bot(lambda message: "Feed 2" in message.words, LONG_S)
        await ann.send_text("/feed here", party.chat)  # a guest's: as any word that means nothing
        await mia.send_text("/feed @nobody_there")
        await answered(mia, "This can't be a feed")
