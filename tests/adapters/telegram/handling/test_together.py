"""Group moments on Telegram: one style for all photos of a while, albums in one style, and a collage."""

from pathlib import Path

from tests.adapters.telegram.maintained import answered
from tests.adapters.telegram.opened import finished, has, is_finished, opened, selfie, styles_shown
from tests.adapters.telegram.test_sharing import LONG_S, nothing_to_take_back, pictured
from tests.fakes.telegram import Chat, Message, Telegram


async def test_a_group_takes_one_style_for_a_while(telegram: Telegram, tmp_path: Path) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob", language="de")
    party, other = telegram.group("Party", ann, bob), telegram.group("Other", ann)
    async with opened(telegram, tmp_path):
        await ann.send_text("/groupstyle", party.chat)
        await answered(ann, "/groupstyle comic", chat=party.chat)
        await ann.send_text("/groupstyle oil paint", party.chat)
        said = await answered(ann, "For 10 minutes", "Oil paint", chat=party.chat)
        await bob.send_photo(selfie(60), "", party.chat, reply_to=said)
        await bob.send_photo(selfie(90), "/style", party.chat)
        await bob.send_photo(selfie(120), "/style comic", party.chat)
        pictures = await finished(party.chat, 3, LONG_S)
        assert sorted(one.words for one in pictures) == ["Bitte sehr: Comic.", *["Bitte sehr: Ölfarbe."] * 2]
        await ann.send_photo(selfie(), "/style", other.chat)
        await other.chat.until_bot(lambda message: has(message, "💥 Comic"), LONG_S)
        await bob.send_text("/groupstyle aus", party.chat)
        await answered(bob, "wählen wieder alle selbst", chat=party.chat)
        await bob.send_photo(selfie(), "/style", party.chat)
        await party.chat.until_bot(lambda message: has(message, "💥 Comic"), LONG_S)


async def test_an_album_in_a_group_is_painted_in_one_style(telegram: Telegram, tmp_path: Path) -> None:
    ann = telegram.guest("Ann")
    party = telegram.group("Party", ann)
    party.promote_bot()  # else Telegram shows it the first photo only, whose caption asks
    async with opened(telegram, tmp_path):
        await ann.send_album([selfie(60), selfie(90)], "/style oil", party.chat)
        assert all("Oil paint" in one.words for one in await finished(party.chat, 2, LONG_S))
        await ann.send_album([selfie(30), selfie(40)], "", party.chat)  # nobody has asked
        asking = await ann.send_album([selfie(60), selfie(90)], "/style", party.chat)
        sheets = await party.chat.until(lambda chat: _asked(chat) if len(_asked(chat)) == 2 else None, LONG_S)
        assert {sheet.reply_to for sheet in sheets} == {photo.id for photo in asking}
        await ann.press("💥 Comic", sheets[0])
        assert len([one for one in await finished(party.chat, 4, LONG_S) if "Comic" in one.words]) == 2
        await ann.send_album([selfie(60), selfie(90)], "oil")
        pictures = await finished(ann.chat, 2, LONG_S)
        assert all("Oil paint" in one.words for one in pictures)


async def test_a_groups_style_takes_every_photo_that_is_seen_of_all_who_do_not_mind(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    party = telegram.group("Party", ann, bob)
    party.promote_bot()
    async with opened(telegram, tmp_path) as booth:
        before = await bob.send_photo(selfie(30), "a comic, please", party.chat)
        await ann.send_text("/groupstyle oil paint", party.chat)
        await answered(ann, "every photo that is sent to this group", "Oil paint", chat=party.chat)
        await bob.send_photo(selfie(40), "No, thanks", party.chat)
        await bob.send_album([selfie(40), selfie(50)], "nein", party.chat)
        await bob.forward(before, party.chat)
        taken = [await bob.send_photo(selfie(60), words, party.chat) for words in ("", "like a comic")]
        pictures = {one.reply_to: one for one in await finished(party.chat, 2, LONG_S)}
        assert ["Oil paint" in pictures[taken[0].id].words, "Comic" in pictures[taken[1].id].words] == [
            True
        ] * 2
        await bob.press("Delete", pictures[taken[0].id])
        sure = await party.chat.until_bot(lambda message: has(message, "Delete it"), LONG_S)
        await bob.press("Delete it", sure)
        await party.chat.until(lambda chat: chat.find(sure.id) is None, LONG_S)
        await bob.send_photo(selfie(90), "", party.chat)
        await ann.send_photo(selfie(120), "", party.chat)
        await party.chat.until(
            lambda chat: len([one for one in chat.from_bot if is_finished(one)]) == 2, LONG_S
        )
        assert len(await booth.jobs(bob)) == 1
        await ann.send_text("/groupstyle off", party.chat)
        await answered(ann, "everybody chooses again", chat=party.chat)
        await ann.send_photo(selfie(150), "", party.chat)
        await ann.send_photo(selfie(160), "/style comic", party.chat)
        await finished(party.chat, 3, LONG_S)
        assert len(await booth.jobs(ann)) == 2


def _asked(chat: Chat) -> list[Message]:
    return [one for one in chat.from_bot if styles_shown(one)]


async def test_a_collage_shows_what_its_chat_has_made_and_comes_down_with_one_of_them(
    telegram: Telegram, tmp_path: Path
) -> None:
    ann, bob = telegram.guest("Ann"), telegram.guest("Bob")
    party = telegram.group("Party", ann, bob)
    async with opened(telegram, tmp_path) as booth:
        await pictured(ann)  # made in private: no business of the group's
        await pictured(ann, party.chat)
        await ann.send_text("/collage", party.chat)
        await answered(ann, "at least two pictures", chat=party.chat)
        await pictured(bob, party.chat, 90)
        await ann.send_text("/collage", party.chat)

        def shown(chat: Chat) -> object:
            return [one for one in chat.pictures if one.words == "This chat's last hour"]

        await party.chat.until(shown, LONG_S)
        await bob.send_text("/collage", party.chat)
        await answered(bob, "has just had a collage", chat=party.chat)
        await booth.booth.forget((await booth.jobs(bob))[0].guest)
        await nothing_to_take_back(booth)
        left = [one for one in party.chat.pictures if is_finished(one) or shown(party.chat)]
        assert [is_finished(one) for one in left] == [True]
