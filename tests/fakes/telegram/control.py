"""The driver's side for another process: guests over plain HTTP, under ``/control``."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.telegram.guests import Guest
from tests.fakes.telegram.server import Telegram
from tests.fakes.telegram.shapes import message_json
from tests.fakes.telegram.values import JsonObject


def _guest(request: Request) -> Guest:
    telegram: Telegram = request.app.state.telegram
    return Guest(telegram.world, telegram.world.users[int(request.path_params["guest"])])


def _telegram(request: Request) -> Telegram:
    telegram: Telegram = request.app.state.telegram
    return telegram


async def new_guest(request: Request) -> Response:
    """``?name=Ann&language=de``: somebody new, with an id."""
    query = request.query_params
    guest = _telegram(request).guest(query.get("name", "Ann"), query.get("language"))
    return JSONResponse({"id": guest.id})


async def send_text(request: Request) -> Response:
    """The body is the text."""
    message = await _guest(request).send_text((await request.body()).decode())
    return JSONResponse({"message_id": message.id})


async def send_photo(request: Request) -> Response:
    """The body is the picture, ``?caption=`` may name a style."""
    message = await _guest(request).send_photo(await request.body(), request.query_params.get("caption", ""))
    return JSONResponse({"message_id": message.id})


async def send_document(request: Request) -> Response:
    """The body is the file, ``?name=`` its name."""
    name = request.query_params.get("name", "photo.jpg")
    message = await _guest(request).send_document(await request.body(), name)
    return JSONResponse({"message_id": message.id})


async def press(request: Request) -> Response:
    """``?button=``: its text or data; gives what the bot answered."""
    query = await _guest(request).press(request.query_params["button"])
    return JSONResponse(await query.answered())


async def chat(request: Request) -> Response:
    """What is seen in the guest's chat."""
    guest = _guest(request)
    return JSONResponse([message_json(guest.world, message) for message in guest.chat.messages])


async def fault(request: Request) -> Response:
    """The body holds the arguments of ``Telegram.fault``."""
    arguments: JsonObject = await request.json()
    _telegram(request).fault(**arguments)
    return JSONResponse({})


async def requests(request: Request) -> Response:
    """Every request so far."""
    entries = _telegram(request).requests
    return JSONResponse(
        [
            {"method": r.method, "chat": r.chat, "up": r.bytes_up, "down": r.bytes_down, "status": r.status}
            for r in entries
        ]
    )


ROUTES = [
    Route("/control/guests", new_guest, methods=["POST"]),
    Route("/control/guests/{guest:int}/text", send_text, methods=["POST"]),
    Route("/control/guests/{guest:int}/photo", send_photo, methods=["POST"]),
    Route("/control/guests/{guest:int}/document", send_document, methods=["POST"]),
    Route("/control/guests/{guest:int}/press", press, methods=["POST"]),
    Route("/control/guests/{guest:int}/chat", chat),
    Route("/control/faults", fault, methods=["POST"]),
    Route("/control/requests", requests),
]
