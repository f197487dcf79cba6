"""One request on the wire, once: never followed elsewhere, never repeated by itself, and told how it broke off.

Each worker has a transport of one connection: with a pool shared by many connections HTTP slows down with their
number. Requests go straight to the transport: what a client of httpx adds before it (cookies, redirects, netrc) is
nothing that may happen here, and costs a tenth of the time.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx2

from sync.api.answer import Answer, ApiError
from sync.errors import UsageError

_GATEWAY_GIVES_UP_S = 29.0
TIMEOUT_S = {"connect": 10.0, "write": 30.0, "read": _GATEWAY_GIVES_UP_S + 6.0}
"""The read time-out leaves the gateway, which gives up after 29 s, the time to say so."""

_HEADERS = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": "candidate-sync"}

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


def tls_context(base_url: str) -> ssl.SSLContext:
    """The machine's trusted authorities; SSL_CERT_FILE or SSL_CERT_DIR names a private one. Always verifying.

    Plain http needs no authorities, which take a while to load: then nobody is trusted.
    """
    is_plain = urlsplit(base_url).scheme == "http"
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else ssl.create_default_context()


def new_transport(base_url: str, context: ssl.SSLContext) -> httpx2.AsyncHTTPTransport:
    """A transport of one connection, through the proxy that the environment names for the address.

    Raises UsageError when that proxy is of a kind that is not supported.
    """
    limits = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
    return httpx2.AsyncHTTPTransport(verify=context, limits=limits, proxy=proxy_for(base_url), trust_env=False)


def proxy_for(url: str) -> str | None:
    """The proxy from the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY); never one towards this machine.

    Raises UsageError when that proxy is of a kind that is not supported.
    """
    address = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if address.scheme != "https" or not proxy or proxy_bypass(address.netloc):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if urlsplit(proxy).scheme not in {"http", "https"}:
        raise UsageError(
            "The proxy that the environment names is not an HTTP proxy, and only these are supported: set HTTPS_PROXY "
            "to one, or NO_PROXY to the address's host."
        )
    return proxy


def new_request(method: str, url: str, body: Mapping[str, Any], token: str | None = None) -> httpx2.Request:
    """A request with the program's headers and time-outs; `body`: httpx's params, content, data, files, headers."""
    headers = {**_HEADERS, **body.get("headers", {})}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return httpx2.Request(method, url, **{**body, "headers": headers, "extensions": {"timeout": TIMEOUT_S}})


async def send(transport: httpx2.AsyncBaseTransport, request: httpx2.Request) -> Received | Answer:
    """Send once. Returns what was received, or an Answer of kind `not-sent`, `untrusted`, `timeout` or `lost`."""
    try:
        response = await transport.handle_async_request(request)
        response.request = request  # what an undecodable body is complained of with
        try:
            await response.aread()
        finally:
            await response.aclose()
    except _NOTHING_LEFT as error:
        if is_untrusted(error):
            return Answer("untrusted", errors=(ApiError("connection-failed", "its certificate is not trusted"),))
        return Answer("not-sent", errors=(ApiError("connection-failed", _describe(error)),))
    except httpx2.TimeoutException:
        return Answer("timeout", errors=(ApiError("timeout", "no answer came in time"),))
    except (httpx2.TransportError, httpx2.DecodingError) as error:
        return Answer("lost", errors=(ApiError("connection-lost", _describe(error)),))
    return Received(response.status_code, response.headers, _document(response))


def is_untrusted(error: BaseException) -> bool:
    """Whether the certificate was refused, somewhere down the chain of what was raised."""
    below = error.__cause__ or error.__context__
    return isinstance(error, ssl.SSLCertVerificationError) or (below is not None and is_untrusted(below))


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
