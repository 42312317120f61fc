"""The end of servers on an event loop that goes on or ends right afterwards."""

import asyncio


async def settled() -> None:
    """Let everything happen that is due in the event loop, and what follows from it at once."""
    for _ in range(10):
        await asyncio.sleep(0)


async def close(server: asyncio.Server) -> None:
    """Close a server so that nobody who was let in a moment ago is left over.

    :meth:`asyncio.Server.close` forgets a connection that is accepted but has no transport yet: asyncio 3.11
    asserts, and nobody closes its socket.
    """
    loop = asyncio.get_running_loop()
    for listener in server.sockets:
        loop.remove_reader(listener.fileno())
    await settled()
    server.close()
