"""The driver's side of one person: reads as what a member does in the client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.discord.bodies import attachment
from tests.fakes.discord.commands import MESSAGE, SLASH, USER
from tests.fakes.discord.drafts import MENTION
from tests.fakes.discord.endpoint import Endpoint
from tests.fakes.discord.interaction import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction
from tests.fakes.discord.invoking import (
    File,
    Resolved,
    check_offered,
    find_options,
    make_interaction,
    named,
    nested,
    option_values,
    owners,
)
from tests.fakes.discord.places import Channel
from tests.fakes.discord.shapes import message_json
from tests.fakes.discord.values import BUTTON, SELECTS, Content, JsonObject, Message, Reference, User, walk
from tests.fakes.discord.world import World

STRING_SELECT, FILE_UPLOAD = 3, 19


@dataclass(slots=True)
class Member:
    """Somebody with Discord. What is done without a channel is done in the private chat with the bot.

    Attributes:
        forges: The client sends commands that it is not offered, too.
    """

    world: World = field(repr=False)
    endpoint: Endpoint = field(repr=False)
    id: int
    forges: bool = False

    @property
    def user(self) -> User:
        """With the name and avatar of now."""
        return self.world.users[self.id]

    @property
    def mention(self) -> str:
        """How a message names this member."""
        return self.user.mention

    @property
    def dm(self) -> Channel:
        """The private chat with the bot."""
        return self.world.dm(self.user)

    def sees(self, channel: Channel | None = None) -> list[Message]:
        """What stands in a channel for this member, ephemeral messages for it too."""
        return (channel or self.dm).seen_by(self.user)

    # The person

    def closes_dms(self) -> None:
        """Take no messages of the bot."""
        self.world.closed_to.add(self.id)

    def opens_dms(self) -> None:
        """Take them again."""
        self.world.closed_to.discard(self.id)

    def installs(self) -> None:
        """Add the app to the account: it can be used everywhere."""
        self.world.installed_by.add(self.id)

    def uninstalls(self) -> None:
        """Remove it."""
        self.world.installed_by.discard(self.id)

    def wears(self, avatar: bytes) -> None:
        """Choose a picture as the avatar."""
        name = self.world.cdn.keep_avatar(self.id, avatar)
        self.world.change_user(replace(self.user, avatar=name))

    # Messages

    async def posts(
        self,
        channel: Channel,
        text: str = "",
        pictures: Sequence[File] = (),
        *,
        reply_to: Message | None = None,
    ) -> Message:
        """Write in a channel."""
        files = tuple(attachment(self.world.ids.next(), *named(file)) for file in pictures)
        found = tuple(dict.fromkeys(int(id_) for id_ in MENTION.findall(text)))
        if reply_to is not None:
            found = tuple(dict.fromkeys([*found, reply_to.author.id]))
        content = Content(text, files, mentions=found)
        reference = None if reply_to is None else Reference(reply_to.id, reply_to.channel)
        return self.world.write(channel, self.user, content, reply_to=reference)

    async def dms(self, text: str = "", *pictures: File) -> Message:
        """Write to the bot."""
        return await self.posts(self.dm, text, pictures)

    async def forwards(self, message: Message, channel: Channel | None = None) -> Message:
        """Forward a message: it comes as a snapshot, with the original's files."""
        reference, shown = Reference(message.id, message.channel), self._newest(message).content
        return self.world.write(channel or self.dm, self.user, Content(), reply_to=reference, forwarded=shown)

    async def edits(self, message: Message, text: str) -> Message:
        """Change the words of an own message."""
        found = tuple(dict.fromkeys(int(id_) for id_ in MENTION.findall(text)))
        return self.world.rewrite(message, replace(message.content, words=text, mentions=found))

    async def deletes(self, message: Message) -> None:
        """Delete a message."""
        self.world.remove(message)

    async def reacts(self, message: Message, emoji: str) -> None:
        """Add a reaction."""
        newest = self._newest(message)
        self.world.react(newest, self.user, emoji, added=True)

    async def unreacts(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        self.world.react(self._newest(message), self.user, emoji, added=False)

    # Commands

    async def slash(self, name: str, /, channel: Channel | None = None, **options: Any) -> Interaction:
        """Send a slash command, ``"group sub"`` for one inside; a file is bytes, or a name and bytes.

        Raises:
            LookupError: the client would not let this be sent.
        """
        return self._command(name, channel or self.dm, options, COMMAND)

    async def types(
        self, name: str, option: str, text: str, /, channel: Channel | None = None, **others: Any
    ) -> tuple[tuple[str, str], ...]:
        """Type into an option with autocompletion; gives what is offered, as (name, value)."""
        options = {**others, option: text}
        interaction = self._command(name, channel or self.dm, options, AUTOCOMPLETE, option)
        return (await interaction.answered()).choices

    def _command(
        self,
        name: str,
        channel: Channel,
        options: Mapping[str, Any],
        type_: int,
        focused: str | None = None,
    ) -> Interaction:
        root, *path = name.split(" ")
        command = self.world.commands.find(root)
        self._check_offered(command, channel)
        resolved = Resolved(self.world, channel)
        values = list(option_values(find_options(command, path), options, resolved, focused))
        data: JsonObject = {"id": command["id"], "name": root, "type": SLASH, "options": nested(path, values)}
        return self._send(channel, type_, data, resolved)

    async def context(self, name: str, message: Message) -> Interaction:
        """Choose an app's entry in a message's menu."""
        channel = self.world.channels[message.channel]
        resolved = Resolved(self.world, channel)
        target = resolved.message(message_json(self.world, self._newest(message)))
        return self._menu(name, MESSAGE, target, channel, resolved)

    async def user_context(self, name: str, target: "Member", channel: Channel | None = None) -> Interaction:
        """Choose an app's entry in somebody's menu."""
        channel = channel or self.dm
        resolved = Resolved(self.world, channel)
        return self._menu(name, USER, resolved.user(target.user), channel, resolved)

    def _check_offered(self, command: JsonObject, channel: Channel) -> None:
        if not self.forges:
            check_offered(command, self.user, channel, owners(self.world, self.user, channel))

    def _menu(self, name: str, kind: int, target: str, channel: Channel, resolved: Resolved) -> Interaction:
        command = self.world.commands.find(name, kind)
        self._check_offered(command, channel)
        data = {"id": command["id"], "name": name, "type": kind, "target_id": target}
        return self._send(channel, COMMAND, data, resolved)

    # Components

    async def presses(self, message: Message, button: str) -> Interaction:
        """Press a button, named by its label, its emoji and label, or its custom id.

        Raises:
            LookupError: it isn't to be seen, or can't be pressed.
        """
        part = self._find(message, button, frozenset({BUTTON}))
        return self._use(message, part, {})

    async def chooses(self, message: Message, *values: str, menu: str | None = None) -> Interaction:
        """Choose in a select menu, the only one or the one with this custom id, by labels or values.

        Raises:
            LookupError: it isn't to be seen, or has no such option.
        """
        part = self._find(message, menu, SELECTS)
        if part["type"] == STRING_SELECT:
            known = {option["label"]: option["value"] for option in part["options"]}
            known |= {option["value"]: option["value"] for option in part["options"]}
            if unknown := [value for value in values if value not in known]:
                raise LookupError(f"no option {unknown!r}")
            values = tuple(known[value] for value in values)
        return self._use(message, part, {"values": list(values)})

    def _use(self, message: Message, part: JsonObject, more: JsonObject) -> Interaction:
        if part.get("disabled"):
            raise LookupError("it is disabled")
        channel, newest = self.world.channels[message.channel], self._newest(message)
        data = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"], **more}
        source = message_json(self.world, newest)
        return self._send(channel, COMPONENT, data, Resolved(self.world, channel), source)

    def _find(self, message: Message, wanted: str | None, kinds: frozenset[int]) -> JsonObject:
        for part in walk(self._newest(message).content.components):
            if part["type"] in kinds and (wanted is None or wanted in _names(part)):
                if "custom_id" not in part:
                    raise LookupError(f"{wanted!r} sends nothing to the bot")
                return part
        raise LookupError(f"nothing called {wanted!r} is to be seen")

    def _newest(self, message: Message) -> Message:
        newest = self.world.channels[message.channel].find(message.id)
        if newest is None or newest not in self.sees(self.world.channels[message.channel]):
            raise LookupError("the message is not to be seen")
        return newest

    async def submits(self, opened: Interaction, **answers: Any) -> Interaction:
        """Send the form that an interaction has opened; answers by custom id, files as a list.

        Raises:
            LookupError: no form is open, or it has no such field.
        """
        form = opened.form
        if form is None:
            raise LookupError("no form was opened")
        resolved = Resolved(self.world, opened.channel)
        fields = {part.get("custom_id") for part in walk(form["components"])}
        if unknown := set(answers) - fields:
            raise LookupError(f"the form has no {unknown!r}")
        parts = [_filled(part, answers, resolved) for part in form["components"]]
        data: JsonObject = {"custom_id": form["custom_id"], "components": parts}
        source = None
        if opened.source is not None and (shown := opened.channel.find(opened.source)):
            source = message_json(self.world, shown)
        return self._send(opened.channel, MODAL, data, resolved, source)

    # What no client sends

    async def sends(
        self, kind: int, data: JsonObject, channel: Channel, under: Message | None = None
    ) -> Interaction:
        """Send an interaction as it is, ``under`` a message even where it isn't to be seen."""
        source = None if under is None else message_json(self.world, under)
        return self._send(channel, kind, data, Resolved(self.world, channel), source)

    def _send(
        self,
        channel: Channel,
        type_: int,
        data: JsonObject,
        resolved: Resolved,
        source: JsonObject | None = None,
    ) -> Interaction:
        if resolved.tables:
            data["resolved"] = resolved.tables
        made = make_interaction(self.world, self.user, channel, type_, data, source)
        if self.world.endpoint_url is None:
            self.world.gateway.dispatch("INTERACTION_CREATE", made.payload)
        else:
            self.endpoint.deliver(made)
        return made


def _names(part: JsonObject) -> set[str]:
    label, emoji = part.get("label") or "", (part.get("emoji") or {}).get("name") or ""
    return {part.get("custom_id") or "", label, f"{emoji} {label}".strip()} - {""}


def _filled(part: JsonObject, answers: Mapping[str, Any], resolved: Resolved) -> JsonObject:
    """A component of a form as it is submitted."""
    filled: JsonObject = {"type": part["type"], "id": part["id"]}
    if "component" in part:
        return filled | {"component": _filled(part["component"], answers, resolved)}
    if "components" in part:
        return filled | {"components": [_filled(one, answers, resolved) for one in part["components"]]}
    if "custom_id" not in part:
        return filled
    answer = answers.get(part["custom_id"])
    filled["custom_id"] = part["custom_id"]
    if part["type"] == FILE_UPLOAD:
        return filled | {"values": [resolved.file(file) for file in answer or ()]}
    if part["type"] in SELECTS:
        return filled | {"values": [answer] if isinstance(answer, str) else list(answer or ())}
    return filled | {"value": answer or ""}
