"""Group moments on Telegram: one style for all photos of a while, albums in one style, and a collage."""

from pathlib import Path

from tests.adapters.telegram.maintained import answered
from tests.adapters.telegram.opened import finished, has, is_finished, opened, selfie
from tests.adapters.telegram.test_sharing import LONG_S, nothing_to_take_back, pictured
from tests.fakes.telegram import Chat, Telegram


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
        (first,) = await finished(party.chat, 1, LONG_S)
        assert "Oil paint" in first.words
        await ann.send_album([selfie(60), selfie(90)], "oil")
        pictures = await finished(ann.chat, 2, LONG_S)
        assert all("Oil paint" in one.words for one in pictures)


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
