"""How the bot answers interactions: callbacks, and the webhook that an interaction's token opens."""

from tests.fakes.discord.bodies import Body
from tests.fakes.discord.calls import Call, Operation
from tests.fakes.discord.components import check_form
from tests.fakes.discord.drafts import Desk
from tests.fakes.discord.interaction import (
    ANSWERS,
    CHOICES,
    DEFERRED_MESSAGE,
    FOLLOWUPS_OF_A_USER_APP,
    FORM,
    MESSAGE,
    UPDATE,
    Interaction,
)
from tests.fakes.discord.permissions import bits
from tests.fakes.discord.refusals import (
    acknowledged,
    invalid_form,
    token_expired,
    too_many_followups,
    unknown,
)
from tests.fakes.discord.shapes import message_json
from tests.fakes.discord.values import EPHEMERAL, LOADING, SILENT, Content, JsonObject, Message
from tests.fakes.discord.world import World

MAX_CHOICES, MAX_CHOICE = 25, 100


def callback(world: World, call: Call) -> JsonObject | None:
    """POST the first response."""
    interaction = world.interactions.get(call.id("interaction"))
    if interaction is None or interaction.token != call.path["token"]:
        raise unknown("interaction")
    if interaction.response is not None:
        raise acknowledged()
    if interaction.is_late:
        raise unknown("interaction")
    respond(world, interaction, call.body)
    return _outcome(world, interaction) if call.query.get("with_response") in {"true", "True", "1"} else None


def respond(world: World, interaction: Interaction, body: Body) -> None:
    """Carry out a first response, however it came.

    Raises:
        Refused: it breaks a rule; the interaction still waits.
    """
    kind = body.object.get("type")
    data: JsonObject = body.object.get("data") or {}
    if kind not in ANSWERS[interaction.type] or (kind == UPDATE and interaction.source is None):
        allowed = ", ".join(map(str, sorted(ANSWERS[interaction.type])))
        raise invalid_form("type", "BASE_TYPE_CHOICES", f"Value must be one of {{{allowed}}}.")
    if kind in {MESSAGE, DEFERRED_MESSAGE}:
        interaction.original = _write(world, interaction, Body(data, body.files), kind).id
    elif kind == CHOICES:
        interaction.choices = _choices(data)
    elif kind == FORM:
        interaction.form = check_form(data)
    else:
        interaction.original = interaction.source
        if kind == UPDATE:
            _rewrite(world, interaction, _message(interaction, interaction.source), Body(data, body.files))
    interaction.settle(kind)
    world.news.spread()


def _write(world: World, interaction: Interaction, body: Body, kind: int = MESSAGE) -> Message:
    """A message in the name of an interaction."""
    channel = interaction.channel
    flags = (body.object.get("flags") or 0) & (EPHEMERAL | SILENT)
    if interaction.foreign and not channel.user_may(interaction.user) & bits("use_external_apps"):
        flags |= EPHEMERAL
    content = Content()
    if kind == DEFERRED_MESSAGE:
        flags |= LOADING
    else:
        content = Desk(world.ids, channel.upload_limit).new(body)
    reader = interaction.user.id if flags & EPHEMERAL else None
    return world.write(channel, world.bot, content, flags=flags, only_for=reader, interaction=interaction.id)


def _rewrite(world: World, interaction: Interaction, message: Message, body: Body) -> Message:
    content = Desk(world.ids, interaction.channel.upload_limit).changed(body, message)
    return world.rewrite(message, content, message.flags & ~LOADING)


def _choices(data: JsonObject) -> tuple[tuple[str, str], ...]:
    choices = data.get("choices") or []
    if len(choices) > MAX_CHOICES:
        raise invalid_form("data.choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if not 1 <= len(str(choice[key])) <= MAX_CHOICE:
                raise invalid_form(
                    f"data.choices.{index}.{key}",
                    "BASE_TYPE_BAD_LENGTH",
                    "Must be between 1 and 100 in length.",
                )
    return tuple((str(choice["name"]), str(choice["value"])) for choice in choices)


def _outcome(world: World, interaction: Interaction) -> JsonObject:
    """What ``with_response=true`` gives."""
    answer: JsonObject = {"id": str(interaction.id), "type": interaction.type}
    resource: JsonObject = {"type": interaction.response}
    message = interaction.message
    if message is not None:
        answer["response_message_id"] = str(message.id)
        answer["response_message_loading"] = message.thinking
        answer["response_message_ephemeral"] = message.ephemeral
        resource["message"] = message_json(world, message)
    return {"interaction": answer, "resource": resource}


def _opened(world: World, call: Call) -> Interaction:
    """The interaction whose token this is.

    Raises:
        Refused: there is none, it is over, or it has no response yet.
    """
    found = next((one for one in world.interactions.values() if one.token == call.path["token"]), None)
    if found is None or call.id("application") != world.bot.id:
        raise token_expired()
    if found.is_over:
        raise token_expired()
    if found.response is None or found.response in {CHOICES, FORM}:
        raise unknown("Webhook")
    if found.channel.id not in world.channels:
        raise unknown("Channel")
    return found


def follow_up(world: World, call: Call) -> JsonObject:
    """POST another message; the first one after a deferral takes the place of "thinking"."""
    interaction = _opened(world, call)
    original = interaction.message
    if original is not None and original.thinking and interaction.response == DEFERRED_MESSAGE:
        return message_json(world, _rewrite(world, interaction, original, call.body))
    if interaction.foreign and len(interaction.followups) >= FOLLOWUPS_OF_A_USER_APP:
        raise too_many_followups()
    message = _write(world, interaction, call.body)
    interaction.followups.append(message.id)
    return message_json(world, message)


def get_response(world: World, call: Call) -> JsonObject:
    """GET the original or a follow-up message."""
    return message_json(world, _responded(_opened(world, call), call))


def edit_response(world: World, call: Call) -> JsonObject:
    """PATCH the original or a follow-up message."""
    interaction = _opened(world, call)
    return message_json(world, _rewrite(world, interaction, _responded(interaction, call), call.body))


def delete_response(world: World, call: Call) -> None:
    """DELETE the original or a follow-up message."""
    world.remove(_responded(_opened(world, call), call))


def _responded(interaction: Interaction, call: Call) -> Message:
    if call.path.get("message", "@original") == "@original":
        return _message(interaction, interaction.original)
    id_ = call.id("message")
    if id_ not in {interaction.original, *interaction.followups}:
        raise unknown("Message")
    return _message(interaction, id_)


def _message(interaction: Interaction, id_: int | None) -> Message:
    message = None if id_ is None else interaction.channel.find(id_)
    if message is None:
        raise unknown("Message")
    return message


_TOKEN = "/webhooks/{application}/{token}"
ROUTES: list[tuple[str, str, str, Operation]] = [
    ("POST", "/interactions/{interaction}/{token}/callback", "callback", callback),
    ("POST", _TOKEN, "follow up", follow_up),
    ("GET", _TOKEN + "/messages/@original", "get original", get_response),
    ("PATCH", _TOKEN + "/messages/@original", "edit original", edit_response),
    ("DELETE", _TOKEN + "/messages/@original", "delete original", delete_response),
    ("GET", _TOKEN + "/messages/{message}", "get follow-up", get_response),
    ("PATCH", _TOKEN + "/messages/{message}", "edit follow-up", edit_response),
    ("DELETE", _TOKEN + "/messages/{message}", "delete follow-up", delete_response),
]
