"""Fetches a file over https, once: no redirect is followed, and nothing of the API's credentials goes along."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

import httpx2

from sync.api.transport import is_untrusted, proxy_for, tls_context
from sync.errors import SourceError
from sync.source.address import Address
from sync.source.bounded_file import BoundedFile

_TIMEOUT_S = {"connect": 10.0, "write": 30.0, "read": 60.0, "pool": 10.0}
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "candidate-sync"}
_UNTOUCHED = frozenset({"", "identity", "gzip", "x-gzip"})
"""Encodings of the body that need nothing done here: what is packed by gzip is unpacked like any such file."""

_OK = 200
_REASONS = {
    401: "is refused (HTTP 401): check user and password",
    403: "is refused (HTTP 403): check that you may read it; a signed link may have expired",
    404: "is not there (HTTP 404): check the address",
    410: "is not there any more (HTTP 410): check the address",
    407: "is behind a proxy that wants a password (HTTP 407): see to HTTPS_PROXY",
}


def fetch_web(address: Address, into: BoundedFile) -> None:
    """Write the body of one GET, as it comes. Raises SourceError, which shows nothing secret of the address."""
    url, headers = _without_user(address.url)
    proxy = proxy_for(url)
    with (
        _told(address),
        httpx2.HTTPTransport(verify=tls_context(url), proxy=proxy, trust_env=False) as transport,
    ):
        request = httpx2.Request("GET", url, headers={**_HEADERS, **headers}, extensions={"timeout": _TIMEOUT_S})
        response = transport.handle_request(request)
        response.request = request
        try:
            _take(address, response, into)
        finally:
            response.close()


def _without_user(url: str) -> tuple[str, dict[str, str]]:
    """The address without user, password and fragment, and the header that says the former two."""
    parts = urlsplit(url)
    plain = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
    if parts.username is None:
        return plain, {}
    user = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return plain, {"Authorization": f"Basic {base64.b64encode(user.encode()).decode()}"}


def _take(address: Address, response: httpx2.Response, into: BoundedFile) -> None:
    if response.status_code != _OK:
        raise SourceError(address.shown, _refusal(response))
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _UNTOUCHED:
        raise SourceError(address.shown, "comes packed in a way that is not read: download it and give the file")
    announced = response.headers.get("content-length", "")
    length = int(announced) if announced.isdecimal() else None
    into.expect(length)
    for block in response.iter_raw():
        into.write(block)
    if length is not None and into.size != length:
        raise SourceError(address.shown, "came incomplete: try again")


def _refusal(response: httpx2.Response) -> str:
    status = response.status_code
    if 300 <= status < 400:  # noqa: PLR2004
        return f"is somewhere else (HTTP {status}), and redirects are not followed: give the final address"
    if status in _REASONS:
        return _REASONS[status]
    advice = "try again later" if status == 429 or status >= 500 else "check the address"  # noqa: PLR2004
    return f"cannot be fetched (HTTP {status}): {advice}"


@contextmanager
def _told(address: Address) -> Iterator[None]:
    """Say in plain words what broke; the exceptions' own words may hold the whole address."""
    try:
        yield
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, UnicodeError):
        reason = "is no address that can be asked for: check it"
    except httpx2.TimeoutException:
        reason = "did not come in time: check the address and the network, and try again"
    except httpx2.ProxyError:
        reason = "cannot be reached through the proxy that the environment names: see to HTTPS_PROXY"
    except httpx2.ConnectError as error:
        reason = (
            "cannot be fetched: its server's certificate is not trusted; SSL_CERT_FILE names a private authority"
            if is_untrusted(error)
            else "cannot be reached: check the address and the network"
        )
    except httpx2.TransportError:
        reason = "came incomplete, the connection broke: try again"
    else:
        return
    raise SourceError(address.shown, reason) from None
