"""From a request's body to what stands in a message, by Discord's rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tests.fakes.discord.bodies import Body, Upload, attachment
from tests.fakes.discord.components import check_components
from tests.fakes.discord.refusals import empty_message, invalid_form, too_large
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.values import COMPONENTS_V2, Attachment, Content, JsonObject, Message

MENTION = re.compile(r"<@!?(\d+)>")
SUPPRESS_EMBEDS = 1 << 2
OF_CONTENT = COMPONENTS_V2 | SUPPRESS_EMBEDS
MAX_WORDS, MAX_FILES, MAX_EMBEDS = 2000, 10, 10
LEGACY = "The '{}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where content is made: new ids, and the limit of a file in bytes."""

    ids: Snowflakes
    upload_limit: int

    def new(self, body: Body, fields: JsonObject | None = None) -> Content:
        """What stands in a new message.

        Raises:
            Refused: it breaks a rule, or is empty.
        """
        fields = body.object if fields is None else fields
        return self._checked(fields, Content(flags=(fields.get("flags") or 0) & OF_CONTENT), body.files)

    def changed(self, body: Body, before: Message) -> Content:
        """What stands in a message after an edit: fields that aren't given stay.

        Raises:
            Refused: it breaks a rule, or nothing would be left.
        """
        fields, flags = body.object, before.content.flags
        if fields.get("flags") is not None:
            flags = fields["flags"] & OF_CONTENT
            if before.content.v2 and not flags & COMPONENTS_V2:
                raise invalid_form(
                    "flags",
                    "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG",
                    "The IS_COMPONENTS_V2 flag cannot be removed from a message",
                )
        return self._checked(fields, replace(before.content, flags=flags), body.files)

    def _checked(self, fields: JsonObject, before: Content, files: Mapping[int, Upload]) -> Content:
        content = replace(
            before,
            words=(fields.get("content") or "") if "content" in fields else before.words,
            embeds=tuple(fields.get("embeds") or ()) if "embeds" in fields else before.embeds,
            attachments=tuple(self._attachments(fields, before, files)),
        )
        content = replace(content, components=_components(fields, content))
        _check_words(content)
        if len(content.attachments) > MAX_FILES:
            raise invalid_form("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
        if not (content.words or content.embeds or content.attachments or content.components):
            raise empty_message()
        return replace(content, mentions=_mentions(content, fields.get("allowed_mentions")))

    def _attachments(
        self, fields: JsonObject, before: Content, files: Mapping[int, Upload]
    ) -> Iterator[Attachment]:
        listed = fields.get("attachments")
        given = {str(entry["id"]): entry for entry in listed or ()}
        for file in before.attachments:
            if listed is None or str(file.id) in given:
                yield replace(
                    file, description=given.get(str(file.id), {}).get("description", file.description)
                )
        for number, upload in sorted(files.items()):
            if len(upload.content) > self.upload_limit:
                raise too_large()
            entry = given.get(str(number), {})
            name = entry.get("filename") or upload.name
            yield attachment(self.ids.next(), name, upload.content, entry.get("description"))


def _components(fields: JsonObject, content: Content) -> tuple[JsonObject, ...]:
    if "components" not in fields:
        return content.components
    files = frozenset(file.name for file in content.attachments)
    if not fields["components"] and not content.v2:
        return ()
    return check_components(fields["components"] or [], files, v2=content.v2)


def _check_words(content: Content) -> None:
    if content.v2:
        for name, value in (("content", content.words), ("embeds", content.embeds)):
            if value:
                raise invalid_form(
                    name, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", LEGACY.format(name)
                )
    if len(content.words) > MAX_WORDS:
        raise invalid_form("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.")
    if len(content.embeds) > MAX_EMBEDS:
        raise invalid_form("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")


def _mentions(content: Content, allowed: JsonObject | None) -> tuple[int, ...]:
    """Who is mentioned; with ``allowed_mentions`` only those it names."""
    found = tuple(dict.fromkeys(int(id_) for id_ in MENTION.findall(content.text)))
    if allowed is None:
        return found
    parse, users = allowed.get("parse") or [], [int(id_) for id_ in allowed.get("users") or ()]
    if "users" in parse and users:
        raise invalid_form(
            "allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            'parse:["users"] and users: [ids...] are mutually exclusive.',
        )
    return tuple(id_ for id_ in found if "users" in parse or id_ in users)
