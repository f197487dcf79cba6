"""A worker's line to the API: one call is one request on the wire and gives one answer; it never retries."""

from __future__ import annotations

import base64
import json
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2

from sync.api.answer import Answer, ApiError, read_answer
from sync.api.fields import MAX_REQUEST_BYTES
from sync.api.token import TokenRefused, TokenSource
from sync.api.transport import new_request, send
from sync.model import Payload

_JSON_OVERHEAD = 4096
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ApiClient:
    """Updates and reads candidates over one connection, with the token that all workers share."""

    def __init__(self, base_url: str, transport: httpx2.AsyncBaseTransport, tokens: TokenSource) -> None:
        self._base_url = base_url
        self._transport = transport
        self._tokens = tokens
        self._token = ""

    async def ready(self) -> Answer | None:
        """Make sure that there is a token, before a request takes its turn; an Answer when there is none to be had."""
        try:
            self._token = await self._tokens.get()
        except TokenRefused as refusal:
            return refusal.answer
        return None

    async def update(self, payload: Payload) -> Answer:
        """PUT the payload; `unreadable-file` when one of its files can no longer be read."""
        try:
            body = encode(payload)
        except OSError as error:
            message = f"a file of this row can no longer be read: {error.strerror}"
            return Answer("unreadable-file", errors=(ApiError("invalid-file", message),))
        return await self._call("PUT", self._address(payload.candidate), body)

    async def read(self, candidate: str) -> Answer:
        """GET the candidate; on success `candidate` of the answer is the record."""
        return await self._call("GET", self._address(candidate), {})

    async def find_by_ex_id(self, candidate: str) -> Answer:
        """List the candidates with this ex_id: `ok` with the one that has it, or a 404 refusal.

        Whether reading by ex_id works is open; the list says for certain (api/README.md, Where it is).
        """
        parameters = {"ex_id": candidate, "limit": "2", "include_attributes": "true"}
        request = {"params": parameters}
        received = await self._receive("GET", f"{self._base_url}/candidates", request)
        if isinstance(received, Answer):
            return received
        status, headers, document = received
        listed = (document or {}).get("candidates")
        if not isinstance(listed, list):
            return read_answer(status, headers, document)
        matching = [one for one in listed if isinstance(one, dict) and one.get("ex_id") == candidate]
        if len(matching) == 1:
            return Answer("ok", status, candidate=matching[0])
        return Answer("refusal", 404, (ApiError("http-404", "no single candidate has this ex_id"),))

    def _address(self, candidate: str) -> str:
        return f"{self._base_url}/candidates/{quote(candidate, safe='')}"

    async def _call(self, method: str, address: str, request: Mapping[str, Any]) -> Answer:
        received = await self._receive(method, address, request)
        return received if isinstance(received, Answer) else read_answer(*received)

    async def _receive(
        self, method: str, address: str, request: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, str], dict[str, Any] | None] | Answer:
        token = self._token
        received = await send(self._transport, new_request(method, address, request, token))
        if isinstance(received, Answer):
            return received
        if received.status in {401, 432}:
            self._tokens.refused(token)
        else:
            self._tokens.accepted()
        return received.status, received.headers, received.document


def encode(payload: Payload) -> dict[str, Any]:
    """The body as arguments of an HTTP request: JSON, or multipart where base64 would make it too big."""
    contents = {name: path.read_bytes() for name, path in payload.files.items()}
    base64_bytes = sum((len(content) + 2) // 3 * 4 for content in contents.values())
    if not contents or base64_bytes + _JSON_OVERHEAD + _json_bytes(payload.body) <= MAX_REQUEST_BYTES:
        encoded = {name: base64.b64encode(content).decode() for name, content in contents.items()}
        return {
            "content": _to_json({**payload.body, **encoded}).encode(),
            "headers": {"Content-Type": "application/json"},
        }
    files = {name: (payload.files[name].name, contents[name], _media_type(payload.files[name])) for name in contents}
    return {"data": {name: _form_text(value) for name, value in payload.body.items()}, "files": files}


def _json_bytes(body: Mapping[str, Any]) -> int:
    return len(json.dumps(body, ensure_ascii=False).encode())


def _form_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _media_type(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"
