"""Reads a request's body: its size as the gateway limits it, and its fields out of JSON or multipart."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, NoReturn

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from sync.api.fields import FIELD_BY_NAME, MAX_REQUEST_BYTES
from sync.sandbox.answers import Problem, Refused, from_gateway, with_errors


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    name: str
    content: bytes


async def read_body(request: Request) -> bytes:
    """The body's bytes. Raises Refused with a gateway's 413 above its limit for a whole request (public)."""
    chunks: list[bytes] = []
    size = 0
    # What is too large is still read to its end: a client that is cut off while it sends may never see the answer.
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MAX_REQUEST_BYTES:
            chunks.append(chunk)
    if size > MAX_REQUEST_BYTES:
        raise Refused(from_gateway(413))
    return b"".join(chunks)


async def read_fields(request: Request) -> dict[str, Any]:
    """The body's values by field, unchecked: as in JSON, files of a multipart body as Upload.

    Raises Refused where the body is not what its content type says, or of another type than the two.
    """
    body = await read_body(request)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        return await _multipart_fields(request, body)
    if content_type == "application/json":
        return json_object(body)
    return _refuse("the content type must be application/json or multipart/form-data")


def json_object(body: bytes) -> dict[str, Any]:
    """The object that a JSON body is. Raises Refused for anything else, NaN and infinity included."""
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _refuse("the body is not JSON")
    return value if isinstance(value, dict) else _refuse("the body is not a JSON object")


async def _multipart_fields(request: Request, body: bytes) -> dict[str, Any]:
    try:
        form = await MultiPartParser(request.headers, _once(body), max_part_size=MAX_REQUEST_BYTES).parse()
    except MultiPartException as error:
        _refuse(error.message)
    try:
        return await _form_fields(form)
    finally:
        await form.close()


async def _form_fields(form: FormData) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            fields[name] = Upload(value.filename or "", await value.read())
        else:
            fields[name] = _from_text(name, value)
    return fields


def _from_text(name: str, text: str) -> object:
    """A form has only text: what it means is up to the field. What cannot be read stays text, of a wrong type."""
    kind = FIELD_BY_NAME[name].kind if name in FIELD_BY_NAME else "text"
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "attributes":
        try:
            parsed: object = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return parsed
    return text


async def _once(body: bytes) -> AsyncGenerator[bytes, None]:
    yield body


def _refuse(message: str) -> NoReturn:
    raise Refused(with_errors(400, Problem("", message)))


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
