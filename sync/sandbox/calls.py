"""The table of the API's calls, and the way each goes: delay, token, rate limit, fault, then the call itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from sync.sandbox import api
from sync.sandbox.answers import Refused
from sync.sandbox.api import Api
from sync.sandbox.faults import Failing, Faults
from sync.sandbox.limits import Limiter, admit

BASE_PATH = "/api/v1/public"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API. A `guarded` one needs a token, counts for the rate limit, and can get faults."""

    method: str
    path: str
    answer: Callable[[Api, Request], Awaitable[Response]]
    guarded: bool = True

    @property
    def name(self) -> str:
        """The call as the state names it, e.g. `PUT /candidates/{id}`."""
        return f"{self.method} {self.path}"


CALLS: tuple[Call, ...] = (
    Call("POST", "/auth/token", api.create_token, guarded=False),
    Call("GET", "/candidates/{id}", api.get_candidate),
    Call("PUT", "/candidates/{id}", api.update_candidate),
    Call("GET", "/candidates", api.list_candidates),
    Call("POST", "/candidates", api.create_candidate),
    Call("GET", "/candidate/attributes/{id}", api.get_attributes),
    Call("PATCH", "/candidate/attributes/{id}", api.merge_attributes),
    Call("PUT", "/candidate/attributes/{id}", api.replace_attributes),
    Call("GET", "/ping", api.ping, guarded=False),
)


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before every call."""

    api: Api
    limiter: Limiter
    faults: Faults
    failing: Failing

    async def answer(self, call: Call, request: Request) -> Response:
        """Answer one request, and record that it came and what it got."""
        state = self.api.state
        request.state.received = time.monotonic()
        state.arrivals.append((request.state.received, call.name))
        fault = None
        try:
            if self.api.options.latency_ms:
                await asyncio.sleep(self.api.options.latency_ms / 1000)
            if call.guarded:
                fault = self._admitted(request)
            answer = await self._answer_with(fault, call, request)
        except Refused as refused:
            answer = refused.answer
        if fault:
            state.faults[fault] += 1
        state.answers[str(answer.status_code or fault)] += 1
        return answer

    def _admitted(self, request: Request) -> str | None:
        """The fault that an admitted request gets, None for none. Raises Refused for one that is not admitted."""
        self.api.tokens.check(request.headers.get("authorization", ""))
        admit(self.limiter(request.state.received), self.api.options.assumed("retry-after"))
        return self.faults.draw(
            f"{request.method} {request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
        )

    async def _answer_with(self, fault: str | None, call: Call, request: Request) -> Response:
        if fault in self.failing.before:
            return self.failing.before[fault]()
        answer = await self._true_answer(call, request)
        return self.failing.after[fault](answer) if fault else answer

    async def _true_answer(self, call: Call, request: Request) -> Response:
        try:
            return await call.answer(self.api, request)
        except Refused as refused:
            return refused.answer
