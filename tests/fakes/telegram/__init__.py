"""api.telegram.org on a loopback port: the part of the Bot API that this project speaks, with its people.

``async with running() as telegram:`` serves; ``python -m tests.fakes.telegram --port 0 --token 1:TEST``
does so by itself. What it says is held against python-telegram-bot in
``tests/fakes/test_telegram_contract.py``. A story reads so::

    ann = telegram.guest("Ann", language="de")
    await ann.send_photo(selfie)
    await ann.chat.until_bot(lambda message: message.buttons)
    telegram.fault("editMessageMedia", "reset after")
    await ann.press("Comic")
    await ann.chat.until(lambda chat: len(chat.pictures) == 1)

=========  ======================================================================================
values     users, files, buttons, messages: frozen, one version of a message after the other
chats      a chat as it is seen, with its members, topics and history
world      everything Telegram knows
wording    HTML, Markdown, and what is recognised in plain text
pictures   what becomes of an uploaded photo; ``files`` keeps it
inbox      updates that wait; ``webhook`` delivers them, ``methods.receiving`` gives them to polls
methods    the Bot API's methods; ``refusals`` are Telegram's words when it says no
guests     the driver's side: what a person does with the phone; ``groups`` likewise
gate       HTTP, with ``faults``, ``limits`` and the ``ledger`` of requests; ``fakes.wire`` cuts connections
server     all of it together; ``control`` drives it from another process
=========  ======================================================================================
"""

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.guests import Guest
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.server import Telegram, running
from tests.fakes.telegram.values import Message

__all__ = ["Chat", "Group", "Guest", "Limits", "Message", "Telegram", "running"]
