"""getMe, getFile, getChat, getChatMember."""

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.chats import Membership
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.shapes import bot_json, full_chat_json, member_json
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.world import World


async def get_me(world: World, _: Call) -> JsonObject:
    """The bot."""
    return bot_json(world.bot, reads_all=not world.privacy)


async def get_file(world: World, call: Call) -> JsonObject:
    """Opens a download link."""
    if not call.text("file_id"):
        raise bad_request("file_id not specified")
    stored = world.files.linked(call.text("file_id"))
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


async def get_chat(world: World, call: Call) -> JsonObject:
    """All about a chat the bot is in."""
    name = call.text("chat_id")
    wanted = world.named(name) if name.startswith("@") else call.integer("chat_id")
    if wanted is None:
        raise bad_request("chat not found")
    return full_chat_json(world.addressed(wanted))


async def get_chat_member(world: World, call: Call) -> JsonObject:
    """A user's place in a chat."""
    chat = world.addressed(call.integer("chat_id"))
    user_id = call.integer("user_id")
    if user_id == world.bot.id:
        return member_json(chat.bot)
    user = world.users.get(user_id or 0)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(chat.members.get(user.id, Membership(user, "left")))


async def get_chat_administrators(world: World, call: Call) -> list[JsonObject]:
    """Who runs a group."""
    chat = world.addressed(call.integer("chat_id"))
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    everybody = [*chat.members.values(), chat.bot]
    return [member_json(membership) for membership in everybody if membership.is_admin]


METHODS = {
    "getMe": get_me,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
}
