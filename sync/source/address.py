"""What FILE names: a path, an address to fetch from, or standard input."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from sync.errors import SourceError
from sync.settings import is_loopback

STANDARD_INPUT = "-"
SCHEMES = ("https", "s3", "gs", "az", "sftp")
_BUCKETS = frozenset({"s3", "gs"})

_BEGINS_LIKE_ONE = re.compile(r"((?:[a-z][a-z0-9+.-]*::)*[a-z][a-z0-9+.-]+)://", re.IGNORECASE)
"""A scheme of two letters at least: `C:` is a drive."""
_CHAINED = re.compile(r"::[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ALLOWED = "give a path, an https://, s3://, gs://, az:// or sftp:// address, or - for standard input"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file is fetched from. `shown` is the address without user, password, query and fragment."""

    scheme: str
    shown: str
    url: str = field(repr=False)


def address_of(file: str) -> Address | None:
    """The address that FILE is, or None where it is a path or `-`.

    Raises SourceError, which shows nothing of the address but its scheme, for one that is not fetched from.
    """
    begins = _BEGINS_LIKE_ONE.match(file)
    if begins is None:
        return None
    scheme = begins[1].lower()
    name = f"{scheme}://…"
    if "::" in scheme or _CHAINED.search(file):
        raise SourceError(name, f"is a chain of addresses, which is not followed: {_ALLOWED}")
    if scheme not in {*SCHEMES, "http"}:
        raise SourceError(name, f"{scheme}:// is not fetched from: {_ALLOWED}")
    parts = _parts(file, name)
    if scheme == "http" and not is_loopback(parts.hostname or ""):
        raise SourceError(name, "plain http:// would show the rows to anyone on the way: give an https:// address")
    if scheme in _BUCKETS and "@" in parts.netloc:
        raise SourceError(name, "has credentials in it, which belong in the environment: give the bucket and the key")
    shown = f"{scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    return Address(scheme, shown, scheme + file[len(begins[1]) :])


def _parts(file: str, name: str) -> SplitResult:
    if not file.isprintable():
        raise SourceError(name, "is no address: it has line ends or the like in it")
    try:
        parts = urlsplit(file)
        _ = parts.port if parts.scheme.lower() not in _BUCKETS else None  # whose digits are looked at only now
    except ValueError:
        parts = urlsplit("")
    if not parts.hostname:
        raise SourceError(
            name, "is no address: it lacks a host, or has characters in user or password that need percent-encoding"
        )
    return parts
