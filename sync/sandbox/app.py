"""Puts the sandbox together: its calls, its page, its state, as one ASGI application."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import groupby

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sync.sandbox.answers import Json, with_error
from sync.sandbox.api import Api
from sync.sandbox.calls import BASE_PATH, CALLS, Call, Front
from sync.sandbox.faults import Failing, Faults
from sync.sandbox.limits import Tokens, limiter
from sync.sandbox.openapi import document
from sync.sandbox.options import SandboxOptions
from sync.sandbox.page import render
from sync.sandbox.seed import read_seed
from sync.sandbox.state import State

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox that is not being served yet: the application, its state, and what it fails with."""

    app: ASGIApp
    state: State
    failing: Failing


def build(options: SandboxOptions) -> Sandbox:
    """A sandbox with these options. Raises SettingsError for a seed that cannot be read."""
    state = State(None if options.seed is None else read_seed(options.seed))
    failing = Failing(options.assumed("retry-after"))
    front = Front(
        Api(options, state, Tokens(options.token_ttl_s)),
        limiter(options.rate_limit, options.assumed("limit")),
        Faults(options.faults, options.random_seed),
        failing,
    )
    return Sandbox(_application(front, state), state, failing)


def _application(front: Front, state: State) -> ASGIApp:
    openapi = document()
    page = render(openapi)

    async def show_openapi(_request: Request) -> Response:
        return Json(openapi)

    async def show_page(_request: Request) -> Response:
        return HTMLResponse(page)

    async def show_state(_request: Request) -> Response:
        return Json(state.document())

    async def no_such_call(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        headers = error.headers if isinstance(error, HTTPException) else None
        state.arrivals.append((time.monotonic(), f"{request.method} (no call)"))
        state.answers[str(status)] += 1
        return with_error(status, "There is no such call.", headers)

    routes = [
        Route(BASE_PATH + path, _by_method(front, list(calls)), methods=methods)
        for path, calls, methods in _calls_by_path()
    ]
    for prefix in ("", BASE_PATH):
        routes += [Route(f"{prefix}/openapi.json", show_openapi), Route(f"{prefix}/docs", show_page)]
    routes.append(Route("/_sandbox/state", show_state))
    app = Starlette(routes=routes, exception_handlers={404: no_such_call, 405: no_such_call})
    app.router.redirect_slashes = False
    return _as_sent(app)


def _calls_by_path() -> list[tuple[str, list[Call], list[str]]]:
    groups = [(path, list(calls)) for path, calls in groupby(CALLS, key=lambda call: call.path)]
    return [(path, calls, [call.method for call in calls]) for path, calls in groups]


def _by_method(front: Front, calls: list[Call]) -> Endpoint:
    by_method = {call.method: call for call in calls}

    async def answer(request: Request) -> Response:
        # A route for GET takes HEAD as well.
        return await front.answer(by_method["GET" if request.method == "HEAD" else request.method], request)

    return answer


def _as_sent(app: ASGIApp) -> ASGIApp:
    """Route by the path as it was sent, so that an id's %2F does not become a separator."""

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "path": scope["raw_path"].decode("ascii")}, receive, send)

    return route
