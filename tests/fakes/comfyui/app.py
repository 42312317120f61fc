"""The routes, each also under ``/api``. Odd answers are the real one's: empty 200s, plain text, bare 404s."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any, Protocol

from PIL import Image
from starlette.applications import Starlette
from starlette.datastructures import QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.fakes.comfyui.disk import FOLDERS, Disk, Place, TraversalError, UnknownFolderError
from tests.fakes.comfyui.machine import Machine
from tests.fakes.comfyui.schemas import (
    PromptRefusedError,
    ServerBugError,
    Validation,
    check_prompt_id,
    refusal,
)
from tests.fakes.comfyui.sockets import Connection

Json = dict[str, Any]
Handler = Callable[[Request], Awaitable[Response]]


class Host(Protocol):
    """What the routes need of the server: its present process, and what outlives it."""

    version: str
    max_upload: int
    disk: Disk

    @property
    def machine(self) -> Machine: ...

    @property
    def types(self) -> Json: ...

    @property
    def models(self) -> dict[str, list[str]]: ...


def make_app(host: Host) -> Starlette:
    """All routes of one version."""
    routes = Routes(host)
    both: list[BaseRoute] = [
        Route("/upload/image", routes.upload, methods=["POST"]),
        Route("/view", routes.view),
        Route("/prompt", routes.prompt_info),
        Route("/prompt", routes.prompt, methods=["POST"]),
        Route("/queue", routes.queue),
        Route("/queue", routes.change_queue, methods=["POST"]),
        Route("/interrupt", routes.interrupt, methods=["POST"]),
        Route("/history", routes.history),
        Route("/history", routes.change_history, methods=["POST"]),
        Route("/history/{job}", routes.history),
        Route("/object_info", routes.object_info),
        Route("/object_info/{name}", routes.object_info),
        Route("/system_stats", routes.system_stats),
        Route("/features", routes.features),
        Route("/models", routes.list_models),
        Route("/models/{folder}", routes.list_models),
        Route("/free", routes.free, methods=["POST"]),
        WebSocketRoute("/ws", routes.listen),
    ]
    jobs: list[BaseRoute] = [
        Route("/jobs", routes.jobs),
        Route("/jobs/{job}", routes.job),
        Route("/jobs/{job}/cancel", routes.cancel, methods=["POST"]),
    ]
    api = [*both, *([] if routes.is_old else jobs)]
    return Starlette(routes=[Mount("/api", routes=api), *both], exception_handlers={Exception: _broken})


async def _broken(_request: Request, _error: Exception) -> Response:
    return _trouble()


def _trouble() -> Response:
    return PlainTextResponse("500 Internal Server Error\n\nServer got itself in trouble", 500)


class Routes:
    """The handlers."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.is_old = host.version.startswith("0.3.")

    async def upload(self, request: Request) -> Response:
        if int(request.headers.get("content-length", "0")) > self._host.max_upload:
            return PlainTextResponse(f"Maximum request body size {self._host.max_upload} exceeded.", 413)
        if not request.headers.get("content-type", "").startswith("multipart/"):
            return Response(status_code=400)
        async with request.form() as form:
            image = form.get("image")
            if not isinstance(image, UploadFile) or not image.filename:
                return Response(status_code=400)
            place = Place(str(form.get("type") or "input"), str(form.get("subfolder") or ""), image.filename)
            try:
                overwrite = form.get("overwrite") in {"true", "1"}
                place = self._host.disk.upload(place, await image.read(), overwrite=overwrite)
            except UnknownFolderError:
                return _trouble()
            except TraversalError:
                return Response(status_code=400)
        return JSONResponse({"name": place.name, "subfolder": place.subfolder, "type": place.folder})

    async def view(self, request: Request) -> Response:
        name = request.query_params.get("filename")
        if not name:
            return Response(status_code=404)
        place = _viewed(name, request.query_params)
        if isinstance(place, int):
            return Response(status_code=place)
        data = self._host.disk.files.get(place)
        if data is None:
            return Response(status_code=404)
        kind, _, quality = request.query_params.get("preview", "").partition(";")
        if kind:
            data = await asyncio.to_thread(_converted, data, kind, int(quality or 90))
        return Response(data, media_type=f"image/{kind or 'png'}")

    async def prompt_info(self, _request: Request) -> Response:
        return JSONResponse(self._host.machine.status())

    async def prompt(self, request: Request) -> Response:
        try:
            return self._queued(json.loads(await request.body()))
        except PromptRefusedError as error:
            return JSONResponse(error.body, 400)
        except (ServerBugError, ValueError, TypeError, AttributeError, KeyError):
            return _trouble()

    def _queued(self, body: Json) -> Response:
        machine = self._host.machine
        if "prompt" not in body:
            raise PromptRefusedError(refusal("no_prompt", "No prompt provided", "No prompt provided"))
        if not self.is_old and "prompt_id" in body:
            check_prompt_id(body["prompt_id"])
        graph: Json = body["prompt"]
        extra = {**body.get("extra_data", {})}
        validation = Validation(dict(graph.items()), self._host.types, self._host.disk, old=self.is_old)
        outputs, errors = validation.outputs(body.get("partial_execution_targets"))
        number = float(body["number"]) if "number" in body else machine.number
        machine.number += 1
        job = str(body.get("prompt_id") or uuid.uuid4())
        if "client_id" in body:
            extra["client_id"] = body["client_id"]
        machine.submit((-number if body.get("front") else number, job, graph, extra, outputs))
        return JSONResponse({"prompt_id": job, "number": number, "node_errors": errors})

    async def queue(self, _request: Request) -> Response:
        queue = self._host.machine.queue
        running = [list(queue.running)] if queue.running is not None else []
        return JSONResponse(
            {"queue_running": running, "queue_pending": [list(item) for item in queue.waiting]}
        )

    async def change_queue(self, request: Request) -> Response:
        body = await request.json()
        machine = self._host.machine
        if body.get("clear"):
            machine.queue.waiting.clear()
        for job in body.get("delete", []):
            machine.queue.delete(job)
        machine.say_status()
        return Response()

    async def interrupt(self, request: Request) -> Response:
        body = await request.body()
        self._host.machine.interrupt(json.loads(body).get("prompt_id") if body else None)
        return Response()

    async def history(self, request: Request) -> Response:
        history = self._host.machine.history
        job = request.path_params.get("job")
        if job is None:
            return JSONResponse(history)
        return JSONResponse({job: history[job]} if job in history else {})

    async def change_history(self, request: Request) -> Response:
        body = await request.json()
        if body.get("clear"):
            self._host.machine.history.clear()
        for job in body.get("delete", []):
            self._host.machine.history.pop(job, None)
        return Response()

    async def object_info(self, request: Request) -> Response:
        name = request.path_params.get("name")
        types = self._host.types
        if name is None:
            return JSONResponse(types)
        return JSONResponse({name: types[name]} if name in types else {})

    async def system_stats(self, _request: Request) -> Response:
        system = {"os": "linux", "comfyui_version": self._host.version, "python_version": "3.11.7"}
        device = {"name": "cuda:0 fake", "type": "cuda", "index": 0, "vram_total": 2**37, "vram_free": 2**36}
        return JSONResponse({"system": system, "devices": [device]})

    async def features(self, _request: Request) -> Response:
        return JSONResponse(_features(self._host))

    async def list_models(self, request: Request) -> Response:
        folder = request.path_params.get("folder")
        if folder is None:
            return JSONResponse(list(self._host.models))
        if folder not in self._host.models:
            return Response(status_code=404)
        return JSONResponse(self._host.models[folder])

    async def free(self, _request: Request) -> Response:
        machine = self._host.machine
        machine.freed += 1
        machine.caches.models = frozenset()
        return Response()

    async def jobs(self, request: Request) -> Response:
        limit = request.query_params.get("limit")
        if limit is not None and int(limit) < 1:
            return JSONResponse({"error": "limit must be a positive integer"}, 400)
        return JSONResponse({"jobs": [], "pagination": {"offset": 0, "limit": limit, "total": 0}})

    async def job(self, request: Request) -> Response:
        job = request.path_params["job"]
        machine = self._host.machine
        entry = machine.history.get(job)
        if machine.queue.running is not None and machine.queue.running[1] == job:
            return JSONResponse({"id": job, "status": "in_progress", "outputs_count": 0})
        if any(item[1] == job for item in machine.queue.waiting):
            return JSONResponse({"id": job, "status": "pending", "outputs_count": 0})
        if entry is None:
            return JSONResponse({"error": "Job not found"}, 404)
        return JSONResponse({"id": job, "outputs": entry["outputs"], **_ended(entry)})

    async def cancel(self, request: Request) -> Response:
        return JSONResponse({"cancelled": self._host.machine.cancel(request.path_params["job"])})

    async def listen(self, socket: WebSocket) -> None:
        await socket.accept()
        machine = self._host.machine
        client_id = socket.query_params.get("clientId") or uuid.uuid4().hex
        connection = Connection(socket, socket.client.port if socket.client else 0)
        machine.sockets.join(client_id, connection)
        machine.sockets.say("status", {"status": machine.status(), "sid": client_id}, client_id)
        if machine.current is not None and machine.current.client == client_id:
            machine.sockets.say("executing", {"node": machine.current.node}, client_id)
        try:
            async for text in socket.iter_text():
                message = json.loads(text)
                if message.get("type") == "feature_flags":
                    connection.knows_metadata = message["data"].get("supports_preview_metadata", False)
                    machine.sockets.say("feature_flags", _features(self._host), client_id)
        except WebSocketDisconnect:
            pass
        finally:
            machine.sockets.leave(client_id, connection)


def _viewed(name: str, query: QueryParams) -> Place | int:
    """What ``/view`` is asked for, or the status of its refusal."""
    folder, subfolder = query.get("type", "output"), query.get("subfolder", "")
    if name.endswith("]") and " [" in name:
        name, _, folder = name.removesuffix("]").rpartition(" [")
    if name.startswith("/") or ".." in name or folder not in FOLDERS:
        return 400
    return 403 if ".." in subfolder else Place(folder, subfolder, name.rpartition("/")[2])


def _features(host: Host) -> Json:
    return {"supports_preview_metadata": True, "max_upload_size": host.max_upload}


def _ended(entry: Json) -> Json:
    """How ``/api/jobs`` tells a job from the history."""
    if entry["status"]["status_str"] == "success":
        return {"status": "completed"}
    messages = dict(entry["status"]["messages"])
    if "execution_interrupted" in messages:
        return {"status": "cancelled"}
    return {"status": "failed", "execution_error": messages.get("execution_error")}


def _converted(data: bytes, kind: str, quality: int) -> bytes:
    converted = BytesIO()
    with Image.open(BytesIO(data)) as picture:
        picture.convert("RGB").save(converted, kind.upper(), quality=quality)
    return converted.getvalue()
