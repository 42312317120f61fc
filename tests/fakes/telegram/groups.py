"""The driver's side of a group: who is in it, its topics, and what the bot may do there."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tests.fakes.telegram.chats import Chat, Membership, Status, Topic
from tests.fakes.telegram.guests import Guest
from tests.fakes.telegram.shapes import user_json
from tests.fakes.telegram.values import Content
from tests.fakes.telegram.world import World


@dataclass(slots=True)
class Group:
    """A group or supergroup; ``chat`` is what is seen in it, the new one after a migration."""

    world: World = field(repr=False)
    chat: Chat
    owner: Guest

    @property
    def id(self) -> int:
        """The chat's."""
        return self.chat.id

    def add(self, *guests: Guest) -> None:
        """Guests come in."""
        for guest in guests:
            self.chat.members[guest.id] = Membership(guest.user, "member")
            service = {"new_chat_members": [user_json(guest.user)]}
            self.world.write(self.chat, guest.user, Content(), service=service)

    def add_bot(self) -> None:
        """The owner brings the bot in."""
        self._bot("member")
        service = {"new_chat_members": [user_json(self.world.bot)]}
        self.world.write(self.chat, self.owner.user, Content(), service=service)

    def kick_bot(self) -> None:
        """The bot may not come back by itself."""
        self._bot("kicked")

    def promote_bot(self) -> None:
        """The bot runs the group too: it hears everything."""
        self._bot("administrator")

    def restrict_bot(self, *denied: str) -> None:
        """Take rights such as ``can_send_photos`` from the bot; none gives all back."""
        membership = Membership(self.world.bot, "restricted" if denied else "member", frozenset(denied))
        self.world.change_bot(self.chat, self.owner.user, membership)

    def topic(self, name: str) -> int:
        """Opens a forum topic; gives its ``message_thread_id``."""
        service = {"forum_topic_created": {"name": name, "icon_color": 0x6FB9F0}}
        message = self.world.write(self.chat, self.owner.user, Content(), service=service)
        self.chat.topics[message.id] = Topic(message.id, name)
        self.chat.put(replace(message, thread=message.id, in_topic=True))
        return message.id

    def close_topic(self, topic: int) -> None:
        """Only administrators may write in it."""
        self.chat.topics[topic].closed = True

    def delete_topic(self, topic: int) -> None:
        """With everything in it."""
        self.chat.topics[topic].deleted = True
        for message in self.chat.messages:
            if message.thread == topic:
                self.chat.delete(message.id)

    def migrate(self) -> Chat:
        """The group becomes a supergroup: another id, other message numbers, an empty history."""
        old, new = self.chat, self.world.add_group(self.chat.title, "supergroup")
        new.members, new.bot = old.members, old.bot
        self.world.write(old, self.owner.user, Content(), service={"migrate_to_chat_id": new.id})
        old.migrated_to, self.chat = new.id, new
        self.world.write(new, self.owner.user, Content(), service={"migrate_from_chat_id": old.id})
        return new

    def join_all(self, guests: Iterable[Guest]) -> None:
        """Guests that were there before anybody looked: no service messages."""
        self.chat.members |= {guest.id: Membership(guest.user, "member") for guest in guests}

    def _bot(self, status: Status) -> None:
        membership = replace(self.chat.bot, status=status, denied=frozenset())
        self.world.change_bot(self.chat, self.owner.user, membership)
