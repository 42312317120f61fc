"""The crew: who may change styles and run the booth. Every use case asks it first."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.nouns import GuestKey
from bot.office.mailbox import Mailbox
from bot.office.slips import LastMaintainer, NoSuchGuest, NotAMaintainer, SetByOwner, WrongCode
from bot.store.audit import HOUSE, Act, AuditStore, Deed, Entry
from bot.store.crew import CrewStore

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is mistaken for another on a small screen
CODE_GROUPS, GROUP_LETTERS = 3, 4  # 59 bits: no guessing in ten tries
CODE_LASTS_S = 3600.0
CODE_TRIES = 10
MOST_AUDIT = 200

_GUEST = re.compile(r"(telegram|discord):[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Maintainer:
    """One of the crew; those of the settings can't be removed by others."""

    guest: GuestKey
    by_owner: bool


class Crew:
    """Knows the maintainers: those of the settings, and those who claimed or were added."""

    def __init__(
        self, named: Collection[GuestKey], store: CrewStore, audit: AuditStore, mailbox: Mailbox | None = None
    ) -> None:
        """Take the settings' maintainers, where the others are kept, and where a code may lie."""
        self._named = tuple(dict.fromkeys(named))
        self._store = store
        self._audit = audit
        self._mailbox = mailbox

    async def is_maintainer(self, guest: GuestKey) -> bool:
        """Whether this guest may do what maintainers do, at this moment."""
        return guest in self._named or await self._store.has(guest)

    async def check(self, guest: GuestKey) -> None:
        """Let a maintainer pass.

        Raises:
            NotAMaintainer: it is answered like a command that doesn't exist.
        """
        if not await self.is_maintainer(guest):
            raise NotAMaintainer

    async def everybody(self) -> Sequence[Maintainer]:
        """All maintainers, the settings' first."""
        others = [guest for guest in await self._store.all() if guest not in self._named]
        return [
            *(Maintainer(guest, by_owner=True) for guest in self._named),
            *(Maintainer(guest, by_owner=False) for guest in others),
        ]

    async def members(self, actor: GuestKey) -> Sequence[Maintainer]:
        """All maintainers, told to one of them.

        Raises:
            NotAMaintainer: the actor is none.
        """
        await self.check(actor)
        return await self.everybody()

    async def add(self, actor: GuestKey, guest: GuestKey) -> bool:
        """Make somebody a maintainer; False when they were one already.

        Raises:
            NotAMaintainer: the actor is none.
            NoSuchGuest: the key is nobody's.
        """
        await self.check(actor)
        _check_key(guest)
        if guest in self._named:
            return False
        return await self._store.add(Deed(actor, Act.ADD_MAINTAINER, guest), guest)

    async def remove(self, actor: GuestKey, guest: GuestKey) -> None:
        """Make somebody a guest again.

        Raises:
            NotAMaintainer: the actor is none.
            SetByOwner: the settings name this one.
            NoSuchGuest: they were no maintainer.
            LastMaintainer: without this one there would be none.
        """
        await self.check(actor)
        if guest in self._named:
            raise SetByOwner
        if not await self._store.has(guest):
            raise NoSuchGuest
        least = 0 if self._named else 1
        if not await self._store.remove(Deed(actor, Act.REMOVE_MAINTAINER, guest), guest, least):
            raise LastMaintainer

    async def audit(self, actor: GuestKey, limit: int = 20) -> Sequence[Entry]:
        """What was done last, the newest first.

        Raises:
            NotAMaintainer: the actor is none.
        """
        await self.check(actor)
        return await self._audit.last(max(1, min(limit, MOST_AUDIT)))

    # -- the first one ----------------------------------------------------------------------------------

    async def new_code(self) -> str:
        """Make the code for ``/claim``; an earlier one is void. It is told once and kept as a hash."""
        code = make_code()
        await self._store.open_code(Deed(HOUSE, Act.NEW_CODE), hashed(code))
        return code

    async def first_code(self) -> str | None:
        """A new code while there is no maintainer at all; None otherwise. For the start of the program."""
        return None if await self.everybody() else await self.new_code()

    async def claim(self, guest: GuestKey, code: str) -> None:
        """Become a maintainer by the code.

        Raises:
            WrongCode: it isn't the open one, or that one was used, is older than an hour, or was tried ten
                times in vain; all of it looks the same from outside.
        """
        await self._collect()
        if not await self._store.claim(guest, hashed(code), CODE_LASTS_S, CODE_TRIES):
            raise WrongCode

    async def _collect(self) -> None:
        """Take over the code that the command line has left."""
        left = None if self._mailbox is None else await asyncio.to_thread(self._mailbox.take, CODE_LASTS_S)
        if left is not None:
            await self._store.open_code(Deed(HOUSE, Act.NEW_CODE), left)


def make_code() -> str:
    """A fresh code, as a person types it."""
    groups = ("".join(map(secrets.choice, [CODE_LETTERS] * GROUP_LETTERS)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def hashed(code: str) -> str:
    """Of a code with 59 random bits a plain hash gives nothing away; case and dashes don't count."""
    return hashlib.sha256(re.sub(r"[\s-]", "", code).upper().encode()).hexdigest()


def _check_key(guest: GuestKey) -> None:
    if not _GUEST.fullmatch(guest):
        raise NoSuchGuest
