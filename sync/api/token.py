"""The bearer token, by client credentials: fetched once for all workers, renewed before it ends or when refused."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

import httpx2

from sync.api.answer import Answer, ApiError, Kind, read_answer
from sync.api.transport import Received, new_request, send
from sync.settings import Access

_RENEW_AHEAD_S = 60.0
_RENEW_AHEAD_SHARE = 0.2
_TOO_MANY_REFUSED = 10
_TOO_MANY_REQUESTS = 429
_BAD_CREDENTIALS = {400, 401, 403}  # public: 400 is what bad credentials get at the token call


class TokenRefused(Exception):
    """No token now; `answer` says why: of kind `credentials` when asking again is pointless, else `no-token`."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.kind)
        self.answer = answer


class Pacing(Protocol):
    """What paces requests: token calls count as such."""

    async def approach(self) -> None:
        """Wait until the turn is near."""
        ...

    async def acquire(self) -> None:
        """Wait for permission to send."""
        ...

    def answered(self, *, taken: bool | None) -> None:
        """Take note of how the request ended."""
        ...


class TokenSource:
    """Hands out the token, fetched over a connection of its own and in its turn among all requests."""

    def __init__(self, access: Access, transport: httpx2.AsyncBaseTransport, pacing: Pacing) -> None:
        self._access = access
        self._transport = transport
        self._pacing = pacing
        self._lock = asyncio.Lock()
        self._token = access.access_token.get_secret_value() if access.access_token else None
        self._renew_at = float("inf")
        self._refused_in_a_row = 0

    async def get(self) -> str:
        """A token that is good for now. Raises TokenRefused."""
        if self._token is not None and time.monotonic() < self._renew_at:
            return self._token
        async with self._lock:
            if self._token is None or time.monotonic() >= self._renew_at:
                self._token = await self._fetch()
            return self._token

    def refused(self, token: str) -> None:
        """The API refused this token: the next `get` fetches another, unless somebody has already."""
        if token == self._token:
            self._token = None
            self._refused_in_a_row += 1

    def accepted(self) -> None:
        """The API took a token."""
        self._refused_in_a_row = 0

    async def _fetch(self) -> str:
        access = self._access
        if not (access.client_id and access.client_secret):
            message = "PARADOX_ACCESS_TOKEN was refused or has ended, and there are no credentials to renew it with"
            raise TokenRefused(Answer("credentials", errors=(ApiError("http-401", message),)))
        if self._refused_in_a_row >= _TOO_MANY_REFUSED:
            message = f"each of the last {self._refused_in_a_row} tokens was refused as soon as it was used"
            raise TokenRefused(Answer("credentials", errors=(ApiError("http-401", message),)))
        await self._pacing.approach()
        await self._pacing.acquire()
        form = {
            "grant_type": "client_credentials",
            "client_id": access.client_id,
            "client_secret": access.client_secret.get_secret_value(),
        }
        received = await send(self._transport, new_request("POST", f"{access.base_url}/auth/token", {"data": form}))
        throttled = isinstance(received, Received) and received.status == _TOO_MANY_REQUESTS
        self._pacing.answered(taken=False if throttled else None)
        if isinstance(received, Answer):
            raise TokenRefused(received if received.kind == "untrusted" else Answer("no-token", errors=received.errors))
        token = received.document.get("access_token") if received.document else None
        if received.status != 200 or not isinstance(token, str) or not token:  # noqa: PLR2004
            raise TokenRefused(_refusal(read_answer(received.status, received.headers, received.document)))
        self._renew_at = _renewal_time(received.document)
        return token


def _refusal(answer: Answer) -> Answer:
    kind: Kind = "no-token"
    if answer.status in _BAD_CREDENTIALS:
        kind = "credentials"
    elif answer.kind in {"refusal", "redirect"}:
        kind = "redirect"  # whatever says this to a token call is not the API
    return Answer(kind, answer.status, answer.errors, answer.retry_after)


def _renewal_time(document: dict[str, object] | None) -> float:
    """When to renew, on the monotonic clock: a minute before the end, or a fifth of a short life."""
    life = (document or {}).get("expires_in")
    if not isinstance(life, int | float | str):
        return float("inf")
    try:
        seconds = float(life)
    except ValueError:
        return float("inf")
    return time.monotonic() + seconds - min(_RENEW_AHEAD_S, seconds * _RENEW_AHEAD_SHARE)
