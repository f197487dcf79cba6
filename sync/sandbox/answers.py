"""The forms of the API's answers: success, its two error forms, a gateway's pages, and connections that end badly."""

from __future__ import annotations

import asyncio
import json
import math
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from typing import cast

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

TRANSPORT = "sandbox.transport"
"""The name under which a request's scope carries its connection, among the ASGI extensions."""

INVALID = 1015
NOT_FOUND = 1004
_CODES = {401: 1001, 404: NOT_FOUND, 405: 1005, 429: 1029}
_GATEWAY_REASONS = {502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}


class Json(JSONResponse):
    """An answer in JSON. Escapes what is not ASCII, so that a lone surrogate cannot make it fail."""

    def render(self, content: object) -> bytes:
        """The answer's bytes."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")


@dataclass(frozen=True, slots=True)
class Problem:
    """One of the errors of an answer: what is wrong with which field, "" for the request as a whole."""

    field: str
    message: str
    code: int = INVALID


class Refused(Exception):
    """The request ends with this answer."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer
        super().__init__(answer.status_code)


def with_errors(status: int, *problems: Problem, headers: Mapping[str, str] | None = None) -> Json:
    """An answer with the API's list of errors (public: the first of its two error forms)."""
    errors = [{"code": problem.code, "message": problem.message, "field": problem.field} for problem in problems]
    return Json({"errors": errors}, status, headers)


def with_error(status: int, message: str, headers: Mapping[str, str] | None = None) -> Json:
    """An answer whose list of errors has one for the request as a whole."""
    return with_errors(status, Problem("", message, _CODES.get(status, INVALID)), headers=headers)


def with_message(status: int, message: str) -> Json:
    """An answer in the second of the API's two error forms (public)."""
    return Json({"success": False, "message": message}, status)


def from_gateway(status: int) -> HTMLResponse:
    """A page of the gateway in front of the API, which knows nothing of the API's forms."""
    reason = _GATEWAY_REASONS.get(status) or HTTPStatus(status).phrase
    title = f"{status} {reason}"
    page = f"<html>\n<head><title>{title}</title></head>\n<body><center><h1>{title}</h1></center></body>\n</html>\n"
    return HTMLResponse(page, status)


def too_many(wait: float, form: str) -> Json:
    """429, with Retry-After for a wait in seconds in this form: `none`, `seconds` or `date`."""
    seconds = max(1, math.ceil(wait))
    forms = {
        "none": {},
        "seconds": {"Retry-After": str(seconds)},
        "date": {"Retry-After": formatdate(math.ceil(time.time()) + seconds, usegmt=True)},
    }
    return with_error(429, "Too many requests.", forms[form])


class Unanswered(Response):
    """No answer, and so no status."""

    def __init__(self) -> None:
        super().__init__(status_code=0)


class Reset(Unanswered):
    """No answer: the connection is reset (the client's kernel sees RST)."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002, D102
        transport = _transport(scope)
        # Without this, closing a connection whose bytes are all read sends FIN: an orderly end instead of a reset.
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        await _gone(receive)


class Silence(Unanswered):
    """No answer until the client goes. `held` has the connection meanwhile, so that a stopping server can end it."""

    def __init__(self, held: set[asyncio.Transport]) -> None:
        super().__init__()
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002, D102
        transport = _transport(scope)
        self._held.add(transport)
        try:
            await _gone(receive)
        finally:
            self._held.discard(transport)


class Late(Response):
    """An answer that leaves some seconds late."""

    def __init__(self, answer: Response, seconds: float) -> None:
        super().__init__(status_code=answer.status_code)
        self._answer = answer
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102
        await asyncio.sleep(self._seconds)
        await self._answer(scope, receive, send)


def _transport(scope: Scope) -> asyncio.Transport:
    return cast("asyncio.Transport", scope["extensions"][TRANSPORT])


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
