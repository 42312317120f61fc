"""The methods of the Bot API, by duty; names are compared without case, as Telegram does."""

from collections.abc import Awaitable, Callable

from tests.fakes.telegram.calls import Call
from tests.fakes.telegram.methods import asking, chats, editing, inline, profile, receiving, sending
from tests.fakes.telegram.world import World

Method = Callable[[World, Call], Awaitable[object]]

METHODS: dict[str, Method] = {
    name.lower(): method
    for module in (asking, chats, editing, inline, profile, receiving, sending)
    for name, method in module.METHODS.items()
}
