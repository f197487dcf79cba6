"""One request on the wire, once: never followed elsewhere, never repeated by itself, and told how it broke off.

Each worker has a client of one connection: with a pool shared by many connections the client slows down with
their number, and a broken client is simply replaced.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from sync.api.answer import Answer, ApiError

_GATEWAY_GIVES_UP_S = 29.0
TIMEOUT = httpx2.Timeout(connect=10.0, write=30.0, read=_GATEWAY_GIVES_UP_S + 6.0, pool=None)
"""Seconds. The read time-out leaves the gateway, which gives up after 29 s, the time to say so."""

_NOTHING_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
)


@dataclass(frozen=True, slots=True)
class Received:
    """An HTTP answer; `document` is its JSON object, or None where the body is anything else."""

    status: int
    headers: Mapping[str, str]
    document: dict[str, Any] | None


def tls_context() -> ssl.SSLContext:
    """The machine's trusted authorities; SSL_CERT_FILE or SSL_CERT_DIR names a private one. Always verifying."""
    return ssl.create_default_context()


def new_client(base_url: str, context: ssl.SSLContext) -> httpx2.AsyncClient:
    """A client of one connection; a proxy from the environment is used except towards this machine."""
    return httpx2.AsyncClient(
        limits=httpx2.Limits(max_connections=1, max_keepalive_connections=1),
        timeout=TIMEOUT,
        verify=context,
        follow_redirects=False,
        trust_env=urlsplit(base_url).scheme == "https",
    )


async def send(client: httpx2.AsyncClient, request: httpx2.Request) -> Received | Answer:
    """Send once. Returns what was received, or an Answer of kind `not-sent`, `timeout` or `lost`."""
    try:
        response = await client.send(request)
    except _NOTHING_LEFT as error:
        return Answer("not-sent", errors=(ApiError("connection-failed", _describe(error)),))
    except httpx2.TimeoutException:
        return Answer("timeout", errors=(ApiError("timeout", "no answer came in time"),))
    except (httpx2.TransportError, httpx2.DecodingError) as error:
        return Answer("lost", errors=(ApiError("connection-lost", _describe(error)),))
    return Received(response.status_code, response.headers, _document(response))


def _describe(error: Exception) -> str:
    """Say what broke without the address, which may hold a candidate's id."""
    words = {"ConnectTimeout": "no connection in time", "ConnectError": "no connection could be made"}
    return words.get(type(error).__name__, "the connection broke before the answer was complete")


def _document(response: httpx2.Response) -> dict[str, Any] | None:
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
