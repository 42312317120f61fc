"""Feeds: the chats where shared pictures are posted, as maintainers change them."""

from bot.exhibits import Feed
from bot.store.audit import Deed, write_down
from bot.store.database import FEEDS_LOCK, Database
from bot.store.tables import feeds, postings


class FeedStore:
    """Feeds, as maintainers change them."""

    def __init__(self, database: Database) -> None:
        """Work on an open, migrated database."""
        self._db = database

    async def add(self, deed: Deed, feed: Feed) -> bool:
        """Post there what is shared from now on; False when that was so already."""
        row = self._db.insert(feeds).values(
            chat=feed.chat, context=feed.context, language=feed.language, added=self._db.now()
        )
        async with self._db.write() as connection:
            await self._db.serialise(connection, FEEDS_LOCK)
            new = (await connection.execute(row.on_conflict_do_nothing())).rowcount
            if new:
                await write_down(self._db, connection, deed)
            return bool(new)

    async def remove(self, deed: Deed, feed: int) -> bool:
        """Post nothing there any more; what is up stays until it is unshared. False when there was none."""
        async with self._db.write() as connection:
            await self._db.serialise(connection, FEEDS_LOCK)
            gone = (await connection.execute(feeds.delete().where(feeds.c.id == feed))).rowcount
            waiting = (postings.c.feed == feed, postings.c.message.is_(None), postings.c.owner.is_(None))
            await connection.execute(postings.delete().where(*waiting))
            if gone:
                await write_down(self._db, connection, deed)
            return bool(gone)
