"""leaveChat and the menu button."""

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.chats import Membership
from tests.fakes.telegram.refusals import bad_request
from tests.fakes.telegram.values import JsonObject
from tests.fakes.telegram.world import World

ALL_CHATS = 0
MENUS = frozenset({"commands", "web_app", "default"})


async def leave_chat(world: World, call: Call) -> bool:
    """The bot goes."""
    chat = world.addressed(call.integer("chat_id"))
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.change_bot(chat, world.bot, Membership(world.bot, "left"))
    return True


async def set_menu_button(world: World, call: Call) -> bool:
    """For one private chat, or for all."""
    button = call.object("menu_button", "menu button") or {"type": "default"}
    if button.get("type") not in MENUS:
        raise bad_request("can't parse menu button: unsupported type specified")
    world.profile.menus[_menu_chat(world, call)] = button
    return True


async def get_menu_button(world: World, call: Call) -> JsonObject:
    """A chat's own, or the one for all."""
    menus = world.profile.menus
    return menus.get(_menu_chat(world, call)) or menus.get(ALL_CHATS) or {"type": "commands"}


def _menu_chat(world: World, call: Call) -> int:
    chat_id = call.integer("chat_id")
    return ALL_CHATS if chat_id is None else world.addressed(chat_id).id


METHODS = {
    "leaveChat": leave_chat,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
