"""Discord's interactions and messages in our own words. Pure: values in, one event out, or None.

In a server the bot answers only who asks it: by a command, by a mention, or by answering it with a picture.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import discord

from adapters.discord.buttons import Deferral, Verb, unpacked
from adapters.discord.events import (
    NOBODY_KNOWS,
    WISH_CHARACTERS,
    Attached,
    Command,
    Event,
    Filled,
    Guest,
    Maintained,
    NoPhoto,
    Nothing,
    PhotoSent,
    Press,
    Reacted,
)
from adapters.discord.incoming import pictures
from adapters.discord.incoming.orders import meant_for_console
from adapters.discord.where import PLATFORM, UPLOAD_LIMIT, Where
from bot.exhibits import is_vote

TOKEN_LIFE = timedelta(minutes=15)  # Discord's, from the interaction on
_SPOKEN = (discord.MessageType.default, discord.MessageType.reply)

Client = discord.Client
Interaction = discord.Interaction[Client]


# -- interactions ---------------------------------------------------------------------------------------


def stylize(interaction: Interaction, photo: discord.Attachment, wish: str) -> PhotoSent | NoPhoto:
    """``/stylize`` with the attachment that it was given."""
    found = pictures.of_option(photo)
    return _pictures_or(interaction, found, wish, lambda: pictures.instead_of(photo), None)


def of_target(interaction: Interaction, message: discord.Message) -> PhotoSent | NoPhoto:
    """The menu on a message."""
    subject = _subject(message, interaction.user.id)
    return _pictures_or(interaction, pictures.of_message(message), "", lambda: "message", subject)


def of_avatar(interaction: Interaction, user: discord.User | discord.Member) -> PhotoSent:
    """The menu on a user."""
    found, whose = (pictures.of_user(user),), NOBODY_KNOWS if user.bot else user.id
    subject = None if whose == interaction.user.id else whose
    where = _where(interaction, Deferral.MESSAGE)
    return PhotoSent(key_of(interaction), where, _guest(interaction), found, subject=subject)


def command(interaction: Interaction, name: str, deferral: Deferral, rest: str = "") -> Command:
    """A command without a photo; ``rest`` is what was filled in."""
    words = rest.strip()[:WISH_CHARACTERS]
    return Command(key_of(interaction), _where(interaction, deferral), _guest(interaction), name, words)


def press(interaction: Interaction, custom_id: str, deferral: Deferral) -> Press:
    """A button, or a choice in a menu.

    Raises:
        LookupError: Discord doesn't say under which message.
    """
    if interaction.message is None:
        raise LookupError("a press under no message")
    data: Mapping[str, object] = dict(interaction.data or {})
    picked = data.get("values")
    values = tuple(str(value) for value in picked) if isinstance(picked, list) else ()
    where, guest, wish = _where(interaction, deferral), _guest(interaction), unpacked(custom_id)
    if wish is not None and wish.verb is Verb.NAME:
        guest = replace(guest, name=interaction.user.display_name)
    return Press(key_of(interaction), where, guest, interaction.message.id, custom_id, values)


def maintained(interaction: Interaction, name: str, rest: str, file: discord.Attachment | None) -> Maintained:
    """A command of the console; in a server nobody else sees the answer."""
    deferral = Deferral.MESSAGE if is_private(interaction) else Deferral.EPHEMERAL
    sent = None if file is None else (file.filename, pictures.as_attached(file))
    return Maintained(
        key_of(interaction), _where(interaction, deferral), _guest(interaction), name, rest, sent
    )


def about(interaction: Interaction, name: str, message: discord.Message) -> Maintained:
    """A command of the console about who wrote a message, or about whom it is for where that was us."""
    ours = message.author.id == interaction.application_id
    return Maintained(
        key_of(interaction),
        _where(interaction, Deferral.EPHEMERAL),
        _guest(interaction),
        name,
        rest="" if ours else f"<@{message.author.id}>",
        about=message.id if ours else 0,
    )


def filled(interaction: Interaction, custom_id: str, answers: Mapping[str, str], message: int) -> Filled:
    """A form; ``message`` is the one that the answer takes the place of, 0 for a new one."""
    apart = Deferral.MESSAGE if is_private(interaction) else Deferral.EPHEMERAL
    where = _where(interaction, Deferral.UPDATE if message else apart)
    return Filled(key_of(interaction), where, _guest(interaction), custom_id, answers, message)


def is_private(interaction: Interaction) -> bool:
    """Whether guest and bot are alone."""
    return interaction.guild_id is None and _bot_is_there(interaction)


def key_of(interaction: Interaction) -> str:
    """The name of the interaction's event."""
    return f"{PLATFORM}:i:{interaction.id}"


def deferral_of(event: Event) -> Deferral:
    """How an interaction's event is deferred, as its place says."""
    if not event.where.thinking:
        return Deferral.UPDATE
    return Deferral.EPHEMERAL if event.where.ephemeral else Deferral.MESSAGE


def _pictures_or(
    interaction: Interaction,
    found: tuple[Attached, ...],
    wish: str,
    instead: Callable[[], Nothing],
    subject: int | None,
) -> PhotoSent | NoPhoto:
    key, guest = key_of(interaction), _guest(interaction)
    if not found:
        return NoPhoto(key, _where(interaction, Deferral.EPHEMERAL), guest, instead())
    where = _where(interaction, Deferral.MESSAGE)
    return PhotoSent(key, where, guest, found, wish.strip()[:WISH_CHARACTERS], subject)


def _guest(interaction: Interaction) -> Guest:
    locales = (interaction.locale, interaction.guild_locale)
    tags = tuple(locale.value for locale in locales if locale is not None)
    return Guest(interaction.user.id, tags)


def _where(interaction: Interaction, deferral: Deferral) -> Where:
    channel = interaction.channel or (interaction.message and interaction.message.channel)
    if channel is None:
        raise LookupError("an interaction in no channel")
    return Where(
        channel=channel.id,
        guild=interaction.guild_id,
        member=_bot_is_there(interaction),
        thread=isinstance(channel, discord.Thread),
        application=interaction.application_id,
        interaction=interaction.id,
        token=interaction.token,
        expires=(interaction.created_at + TOKEN_LIFE).timestamp(),
        thinking=deferral is not Deferral.UPDATE,
        ephemeral=deferral is Deferral.EPHEMERAL,
        upload_limit=interaction.filesize_limit,
        permissions=interaction.app_permissions.value or None,
    )


def _bot_is_there(interaction: Interaction) -> bool:
    """In a server it is where it was installed to it; a guest's own install brings only the commands."""
    context = interaction.context
    if context.dm_channel or context.private_channel:
        return context.dm_channel
    if interaction.guild_id is None:
        return True
    return interaction.is_guild_integration() or not interaction.is_user_integration()


# -- reactions ------------------------------------------------------------------------------------------


def reacted(reaction: discord.RawReactionActionEvent, me: int) -> Reacted | None:
    """A person's vote under a message that may be ours, where ``me`` is the bot's own id; else None.

    Discord says whose message it is only of reactions that are added, and gives none of them an id.
    """
    if reaction.emoji.id is None and not is_vote(reaction.emoji.name or ""):
        return None
    program = reaction.user_id == me or (reaction.member is not None and reaction.member.bot)
    if program or reaction.guild_id is None or reaction.message_author_id not in (None, me):
        return None
    likes = reaction.event_type == "REACTION_ADD"
    key = f"{PLATFORM}:r:{reaction.message_id}:{reaction.user_id}:{uuid.uuid4()}"
    where = Where(reaction.channel_id, reaction.guild_id)
    return Reacted(key, where, Guest(reaction.user_id), reaction.message_id, likes)


# -- messages -------------------------------------------------------------------------------------------


def spoken(message: discord.Message, me: int) -> Event | None:
    """A message that is meant for us, where ``me`` is the bot's own id; else None."""
    if message.author.bot or message.webhook_id is not None or message.type not in _SPOKEN:
        return None
    where, found = _place(message), pictures.of_message(message)
    named = _names_us(message, me)
    if not (where.private or named or (found and _pinged(message, me))):
        return None
    key, guest = f"{PLATFORM}:m:{message.id}", _writer(message)
    if where.private and (order := meant_for_console(message.content, message.attachments)) is not None:
        return Maintained(key, where, guest, *order, pictures.instead(message))
    subject = NOBODY_KNOWS if message.message_snapshots else None
    if not found and named and (replied := _answered(message, me)) is not None:
        found, subject = pictures.of_message(replied), _subject(replied, guest.user)
    if found:
        return PhotoSent(key, where, guest, found, _wish(message, me), subject)
    if not where.private and pictures.instead(message) == "text":
        return Command(key, where, guest, "help")
    return NoPhoto(key, where, guest, pictures.instead(message))


def _names_us(message: discord.Message, me: int) -> bool:
    role = message.guild.self_role if message.guild else None
    return any(sign in message.content for sign in _signs(me)) or (
        role is not None and role in message.role_mentions
    )


def _pinged(message: discord.Message, me: int) -> bool:
    """Also true for a mere answer to a message of ours."""
    return any(user.id == me for user in message.mentions)


def _answered(message: discord.Message, me: int) -> discord.Message | None:
    """The message that this one answers: somebody asks for a friend's photo. Not one of ours."""
    replied = message.reference.resolved if message.reference else None
    if not isinstance(replied, discord.Message) or replied.author.id == me:
        return None
    return replied


def _subject(message: discord.Message, guest: int) -> int | None:
    """Whose photos stand in a message that this guest points at; None for their own.

    What was forwarded doesn't say whose it was, and what a program has posted isn't its own face.
    """
    if message.message_snapshots or message.author.bot or message.webhook_id is not None:
        return NOBODY_KNOWS
    return None if message.author.id == guest else message.author.id


def _signs(me: int) -> tuple[str, str]:
    return f"<@{me}>", f"<@!{me}>"


def _wish(message: discord.Message, me: int) -> str:
    words = message.content
    for sign in _signs(me):
        words = words.replace(sign, " ")
    return " ".join(words.split())[:WISH_CHARACTERS]


def _writer(message: discord.Message) -> Guest:
    locales = () if message.guild is None else (message.guild.preferred_locale.value,)
    return Guest(message.author.id, locales)


def _place(message: discord.Message) -> Where:
    channel, guild = message.channel, message.guild
    return Where(
        channel=channel.id,
        guild=guild.id if guild else _guild_id(channel),
        thread=isinstance(channel, discord.Thread),
        reply=message.id,
        upload_limit=guild.filesize_limit if guild else UPLOAD_LIMIT,
        permissions=_permissions(message),
    )


def _guild_id(channel: object) -> int | None:
    """Of a channel that the library doesn't know: a message there must not be taken for a direct one."""
    return channel.guild_id if isinstance(channel, discord.PartialMessageable) else None


def _permissions(message: discord.Message) -> int | None:
    channel = message.channel
    known = isinstance(channel, discord.abc.GuildChannel) or (
        isinstance(channel, discord.Thread) and channel.parent is not None
    )
    if not known or message.guild is None or message.guild.me is None:
        return None
    return channel.permissions_for(message.guild.me).value
