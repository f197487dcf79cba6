"""Reads what a request says outside its body: the path's id, the query's numbers and flags, HTTP Basic."""

from __future__ import annotations

import base64
import binascii
from typing import NoReturn
from urllib.parse import unquote

from starlette.datastructures import QueryParams
from starlette.requests import Request

from sync.sandbox.answers import Problem, Refused, with_errors

_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_MAX_DIGITS = 9


def path_id(request: Request) -> str:
    """The path's id, percent-decoded once: the routes see the path as it was sent. Raises Refused with 400."""
    try:
        return unquote(request.path_params["id"], errors="strict")
    except UnicodeDecodeError:
        return refuse("", "the path is not UTF-8")


def basic_credentials(authorization: str) -> tuple[str, str] | None:
    """User and password of an Authorization header with HTTP Basic; None for any other."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return client_id, secret


def number(query: QueryParams, name: str, default: int, least: int, most: int) -> int:
    """A number of the query. Raises Refused with 400 when it is none, or out of range."""
    text = query.get(name)
    if text is None:
        return default
    # Python refuses to read very long numbers.
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS else -1
    if not least <= value <= most:
        refuse(name, f"{name} must be a number from {least} to {most}")
    return value


def flag(query: QueryParams, name: str, *, default: bool) -> bool:
    """A flag of the query. Raises Refused with 400 when it is neither true nor false."""
    text = query.get(name)
    if text is None:
        return default
    if text.lower() not in _FLAGS:
        refuse(name, f"{name} must be true or false")
    return _FLAGS[text.lower()]


def refuse(field: str, message: str) -> NoReturn:
    """Raises Refused: 400 for this field, "" for the request as a whole."""
    raise Refused(with_errors(400, Problem(field, message)))
