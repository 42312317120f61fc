"""A web server that says hello and has imported the libraries that ours can't do without."""

import socket

import numpy as np
import PIL.Image
import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

IMPORTED = (np, PIL.Image, sa)


async def hello(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello\n")


def main() -> None:
    """Serve on a free port and print the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(Starlette(routes=[Route("/", hello)]), log_level="error", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
