"""A job's first message: an interaction's answer, in the channel, or in the guest's direct messages."""

from dataclasses import replace

from adapters.discord.api.doors import ByChannel, MessageKey, is_open, parts_of
from adapters.discord.api.errors import Expired, Reason, Refused
from adapters.discord.api.permissions import missing, told
from adapters.discord.api.sender import NONCE_S, Letter, Sender, Trace, age_s, nonce_of
from adapters.discord.layouts import Sheet
from adapters.discord.where import Where
from bot.nouns import JobId
from bot.words import Words


class Openings:
    """Opens messages with one bot's hands; all tries for a job make one."""

    def __init__(self, sender: Sender, words: Words) -> None:
        """Work with these."""
        self._sender = sender
        self._words = words

    async def opened(self, where: Where, job: JobId, sheet: Sheet) -> MessageKey:
        """Open the job's message in its place, or where only its guest looks.

        Raises:
            DeliveryError: it may not be there; repeating it is harmless.
        """
        try:
            return await self._begun(where, job, sheet)
        except Refused as error:
            if error.reason is not Reason.NO_PERMISSION or not sheet.shots:
                raise
        return await self._begun(where, job, replace(sheet, shots=()))  # words alone need less

    async def _begun(self, where: Where, job: JobId, sheet: Sheet) -> MessageKey:
        if where.thinking and is_open(where):
            try:
                return await self._sender.answer(where, sheet)
            except Expired:
                pass  # it was never deferred, or the outage was long: the channel is left
        if where.member and not where.ephemeral:
            try:
                return await self._in_channel(where, job, sheet)
            except Refused as error:
                if error.reason is not Reason.NO_PERMISSION or sheet.shots:
                    raise
        if is_open(where) and not where.thinking:
            return await self._sender.follow_up(where, sheet, ephemeral=where.ephemeral)
        return await self.directly(where, job, sheet)

    async def _in_channel(self, where: Where, job: JobId, sheet: Sheet) -> MessageKey:
        began = where.interaction or where.reply
        if where.thinking or age_s(began) > NONCE_S:
            trace = Trace(job, where.interaction if where.thinking else 0, began)
            if found := await self._sender.find(where.channel, trace):
                await self._sender.put(ByChannel(*parts_of(found)), sheet)
                return found
        return await self._sender.send(Letter(where.channel, sheet, nonce_of(job), reply=where.reply))

    async def directly(self, where: Where, job: JobId, sheet: Sheet) -> MessageKey:
        """In the guest's direct messages, with a word on why it comes there.

        Raises:
            DeliveryError: it may not be there; repeating it is harmless.
        """
        channel = await self._sender.direct(where.user)
        if found := await self._sender.find(channel, Trace(job)):
            return found
        small = [self._words.say(where.language, "discord-by-direct-message")]
        if where.member and (lacking := missing(where, picture=False)):
            named = told(lacking, self._words, where.language)
            small = [self._words.say(where.language, "discord-no-permission", permissions=named)]
        letter = Letter(channel, replace(sheet, small="\n".join(small)), nonce_of(f"direct {job}"))
        return await self._sender.send(letter)
