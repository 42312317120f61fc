"""Requests about messages. What has a nonce, or is an interaction's answer, can be said again safely."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord.http import HTTPClient, MultipartParameters, Route, handle_message_parameters
from discord.utils import MISSING

from adapters.discord.api.calls import Calls
from adapters.discord.api.doors import ByChannel, ByToken, Door, MessageKey, by_token, message_key
from adapters.discord.api.errors import Reason, Refused, Unanswered
from adapters.discord.api.refusals import Refusals
from adapters.discord.layouts import Sheet, drawn, files
from adapters.discord.where import Where
from bot.errors import ChatGone

NONCE_BYTES = 12  # twice as many characters; Discord allows 25
NONCE_S = 60.0  # Discord knows a nonce "for the past few minutes"; after this, an earlier try is looked for
DEFER_S = 5.0  # an answer is there a moment after its interaction, or never
DEFER_PAUSE_S, DEFER_LONGEST_PAUSE_S = 0.25, 1.0  # doubled each time: to ask is a request that is refused
EPOCH_MS = 1_420_070_400_000  # of Discord's ids: the first second of 2015
SEARCHED = 50  # messages among which one of ours is looked for

Data = Mapping[str, Any]  # a message as Discord writes it


@dataclass(frozen=True, slots=True)
class Letter:
    """A new message in a channel.

    Attributes:
        reply: The message that it answers, 0 for none.
        nonce: The same for every try; Discord then makes one message of them all.
        rings: The guest who is named and notified; 0 for nobody.
    """

    channel: int
    sheet: Sheet
    nonce: str
    reply: int = 0
    rings: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """What a message of ours is recognised by.

    Attributes:
        job: Its id, or a share's, which stands in the buttons.
        interaction: The one that it answers, 0 for none.
        after: The message or interaction that came before it; 0 looks at the newest messages.
    """

    job: str
    interaction: int = 0
    after: int = 0


class Sender:
    """Speaks through one client."""

    def __init__(self, http: HTTPClient, calls: Calls, may_be_answered: Callable[[int], bool]) -> None:
        """Use the client's own requests: they keep its rate limits.

        Args:
            may_be_answered: Whether an interaction, by its id, has a first answer or may still get one.
        """
        self._http = http
        self.calls = calls
        self._may_be_answered = may_be_answered
        self.refusals = Refusals()

    async def send(self, letter: Letter) -> MessageKey:
        """Send a message; repeating it within some minutes is harmless.

        Raises:
            DeliveryError: it may not be there.
        """
        try:
            return await self._send(letter)
        except Refused as error:
            if error.reason is not Reason.NO_REPLY:
                raise
        return await self._send(replace(letter, reply=0))

    async def answer(self, where: Where, sheet: Sheet) -> MessageKey:
        """Let an interaction's answer, which shows that we think, become a message.

        Another replica may be about to defer: that is waited for, but nothing else is.

        Raises:
            Expired: the answer can't be reached any more, or was never there.
            DeliveryError: it may not be shown; repeating it is harmless.
        """
        pause_s = DEFER_PAUSE_S
        while True:
            try:
                return key_of(await self.put(by_token(where), sheet), where.channel)
            except Unanswered:
                if age_s(where.interaction) > DEFER_S or not self._may_be_answered(where.interaction):
                    raise
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, DEFER_LONGEST_PAUSE_S)

    async def put(self, door: Door, sheet: Sheet) -> Data:
        """Show this in a message; repeating it is harmless.

        Raises:
            DeliveryError: it may not be shown.
        """
        with self._minding(door, sheet):
            return await self.calls.repeated(lambda: self._patch(door, sheet))

    async def glance(self, door: Door, sheet: Sheet, stale: Callable[[], bool]) -> Data:
        """Show this in a message, unless that takes several tries and it has become stale meanwhile.

        Raises:
            DeliveryError: it may not be shown.
        """
        with self._minding(door, sheet):
            return await self.calls(lambda: self._patch(door, sheet), stale)

    async def follow_up(self, where: Where, sheet: Sheet, *, ephemeral: bool) -> MessageKey:
        """Say something more after an interaction. This can't be repeated safely.

        Raises:
            DeliveryError: it may have been said.
        """
        door = by_token(where)
        data = await self.calls(lambda: self._follow_up(door, sheet, ephemeral=ephemeral))
        return key_of(data, where.channel)

    async def remove(self, door: Door) -> None:
        """Delete a message of ours.

        Raises:
            DeliveryError: it may still be there.
        """
        match door:
            case ByChannel(channel, message):
                await self.calls.repeated(lambda: self._http.delete_message(channel, message))
            case ByToken():
                await self.calls.repeated(lambda: self._http.request(_route("DELETE", door)))

    async def direct(self, user: int) -> int:
        """The channel of direct messages with a guest.

        Raises:
            ChatGone: there can be none.
            DeliveryError: it isn't known.
        """
        data = await self.calls.repeated(lambda: self._http.start_private_message(user))
        return int(data["id"])

    async def name_of(self, channel: int) -> str | None:
        """A channel's name; None for direct messages.

        Raises:
            DeliveryError: it is gone, or not for us, or can't be reached.
        """
        data: Data = await self.calls.repeated(lambda: self._http.get_channel(channel))
        name = data.get("name")
        return None if name is None else str(name)

    async def is_on(self, guild: int | None) -> bool:
        """Whether we are on a server, as far as Discord says; where there is none, nobody keeps us out.

        Raises:
            DeliveryError: it can't be reached.
        """
        if guild is None:
            return True
        try:
            await self.calls.repeated(lambda: self._http.get_guild(guild, with_counts=False))
        except (Refused, ChatGone):
            return False
        return True

    async def message(self, channel: int, message: int) -> Data:
        """A message as it is now.

        Raises:
            DeliveryError: it is gone, or not for us, or can't be reached.
        """
        return await self.calls.repeated(lambda: self._http.get_message(channel, message))

    async def find(self, channel: int, trace: Trace) -> MessageKey | None:
        """A message of ours that an earlier try has left in a channel; None where we may not look.

        Raises:
            DeliveryError: it isn't known.
        """
        found = await self.history(channel, trace.after)
        return next((key_of(data, channel) for data in found if bears(data, trace)), None)

    async def history(self, channel: int, after: int = 0) -> Sequence[Data]:
        """The newest messages of a channel, or the first after one; none where we may not look.

        Raises:
            DeliveryError: they aren't known.
        """
        try:
            found: Sequence[Data] = await self.calls.repeated(
                lambda: self._http.logs_from(channel, SEARCHED, after=after or None)
            )
        except Refused:
            return ()
        return found

    # -- inside -----------------------------------------------------------------------------------------

    @contextmanager
    def _minding(self, door: Door, sheet: Sheet) -> Iterator[None]:
        if isinstance(door, ByToken):
            yield
            return
        channel = door.channel
        pictured = any(shot.data for shot in sheet.shots)
        self.refusals.check(channel, pictured=pictured)
        try:
            yield
        except Refused as error:
            if error.reason is Reason.NO_PERMISSION:
                self.refusals.note(channel, pictured=pictured)
            raise

    async def _send(self, letter: Letter) -> MessageKey:
        with self._minding(ByChannel(letter.channel, 0), letter.sheet):
            data = await self.calls.repeated(lambda: self._post(letter))
        return key_of(data, letter.channel)

    async def _post(self, letter: Letter) -> Data:
        with _parameters(letter.sheet, letter) as params:
            return await self._http.send_message(letter.channel, params=params)

    async def _patch(self, door: Door, sheet: Sheet) -> Data:
        with _parameters(sheet) as params:
            if isinstance(door, ByChannel):
                return await self._http.edit_message(door.channel, door.message, params=params)
            return await self._request(_route("PATCH", door), params)

    async def _follow_up(self, door: ByToken, sheet: Sheet, *, ephemeral: bool) -> Data:
        route = Route(
            "POST",
            "/webhooks/{webhook_id}/{webhook_token}",
            webhook_id=door.application,
            webhook_token=door.token,
        )
        with _parameters(sheet, ephemeral=ephemeral) as params:
            return await self._request(route, params)

    async def _request(self, route: Route, body: MultipartParameters) -> Data:
        query = {"wait": "true", "with_components": "true"}
        data: Data
        if body.files:
            data = await self._http.request(route, files=body.files, form=body.multipart, params=query)
        else:
            data = await self._http.request(route, json=body.payload, params=query)
        return data


def nonce_of(text: str) -> str:
    """A nonce for what this text names: the same each time, as long as Discord allows."""
    return hashlib.blake2s(text.encode(), digest_size=NONCE_BYTES).hexdigest()


@contextmanager
def _parameters(
    sheet: Sheet, letter: Letter | None = None, *, ephemeral: bool = False
) -> Iterator[MultipartParameters]:
    named = [discord.Object(letter.rings)] if letter is not None and letter.rings else False
    more: dict[str, Any] = {}
    if letter is not None:
        more["nonce"] = letter.nonce
        if letter.reply:
            more["message_reference"] = {
                "message_id": str(letter.reply),
                "channel_id": str(letter.channel),
                "fail_if_not_exists": False,
            }
    if ephemeral:
        more["flags"] = discord.MessageFlags(ephemeral=True)
    with handle_message_parameters(
        view=drawn(sheet),
        attachments=MISSING if any(not shot.data for shot in sheet.shots) else files(sheet),
        allowed_mentions=discord.AllowedMentions(
            everyone=False, roles=False, replied_user=False, users=named
        ),
        **more,
    ) as params:
        yield params


def _route(method: str, door: ByToken) -> Route:
    return Route(
        method,
        "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
        if door.message
        else "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhook_id=door.application,
        webhook_token=door.token,
        message_id=door.message,
    )


def key_of(data: Data, channel: int) -> MessageKey:
    """A message's key; ``channel`` is where it was found."""
    return message_key(int(data.get("channel_id") or channel), int(data["id"]))


def bears(data: Data, trace: Trace) -> bool:
    """Whether this is the message that left the trace."""
    answers = (data.get("interaction_metadata") or {}).get("id")
    if trace.interaction and answers == str(trace.interaction):
        return True
    return any(f":{trace.job}:" in custom_id for custom_id in custom_ids(data.get("components") or ()))


def custom_ids(components: Iterable[Data]) -> Iterator[str]:
    """What the buttons and menus of a message carry."""
    for part in components:
        if "custom_id" in part:
            yield str(part["custom_id"])
        yield from custom_ids(part.get("components") or ())


def age_s(snowflake: int) -> float:
    """Seconds since Discord gave this id."""
    return time.time() - ((snowflake >> 22) + EPOCH_MS) / 1000
