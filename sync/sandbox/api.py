"""The API's calls: what each does with candidates and attributes, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from sync.sandbox.answers import NOT_FOUND, Json, Problem, Refused, with_errors
from sync.sandbox.body import json_object, read_body, read_fields
from sync.sandbox.candidates import Candidate, oid_of
from sync.sandbox.limits import Tokens
from sync.sandbox.options import SandboxOptions
from sync.sandbox.params import basic_credentials, flag, number, path_id, refuse
from sync.sandbox.rules import ATTRIBUTES, check, check_attributes
from sync.sandbox.state import State

MAX_LIMIT = 50
"""Most candidates of one list call (public)."""

MAX_OFFSET = 999_999_999


@dataclass(frozen=True, slots=True)
class Api:
    """What the calls work on."""

    options: SandboxOptions
    state: State
    tokens: Tokens


async def create_token(api: Api, request: Request) -> Response:
    """POST /auth/token: a token for any credentials that are not empty, in the form or as HTTP Basic."""
    form = dict(parse_qsl((await read_body(request)).decode("utf-8", "replace")))
    basic = basic_credentials(request.headers.get("authorization", ""))
    client_id, secret = basic or (form.get("client_id", ""), form.get("client_secret", ""))
    if form.get("grant_type") != "client_credentials":
        refuse("grant_type", "grant_type must be client_credentials")
    if not (client_id and secret):
        refuse("", "client_id and client_secret must not be empty")
    return Json(api.tokens.issue())


async def get_candidate(api: Api, request: Request) -> Response:
    """GET /candidates/{id}: by OID and external_oid, by ex_id if so assumed; attributes unless they are declined."""
    candidate = _candidate(api, request)
    candidate_id = path_id(request)
    if api.options.assumed("get-by-ex-id") == "no" and api.state.candidates.known_by_oid(candidate_id) is None:
        raise Refused(_unknown_candidate())
    attributes = flag(request.query_params, "include_attributes", default=True)
    return Json({"success": True, "candidate": candidate.shown(attributes=attributes)})


async def update_candidate(api: Api, request: Request) -> Response:
    """PUT /candidates/{id}: apply the body's values, all or none."""
    candidate = _candidate(api, request)
    values = _checked(api, await read_fields(request))
    with api.state.lock:
        _apply(api, candidate, values)
        api.state.record(candidate, path_id(request), values, request.state.received)
    return Json({"success": True, "candidate": candidate.shown(attributes=True)})


async def create_candidate(api: Api, request: Request) -> Response:
    """POST /candidates: a new candidate, with a name and, if given, an ex_id."""
    body = await read_fields(request)
    ex_id = body.pop("ex_id", "")
    if not isinstance(ex_id, str):
        refuse("ex_id", "ex_id must be a string")
    values = _checked(api, body)
    if not (values.get("name") or values.get("first_name")):
        refuse("name", "name, or first_name and last_name, must be given")
    with api.state.lock:
        ordinal = str(len(api.state.candidates) + 1)
        candidate = Candidate(oid_of("created OID", ordinal), oid_of("created external_oid", ordinal), ex_id)
        _apply(api, candidate, values)
        api.state.candidates.add(candidate)
    return Json({"success": True, "candidate": candidate.shown(attributes=True)})


async def list_candidates(api: Api, request: Request) -> Response:
    """GET /candidates: a page of them all, or of those with one ex_id or email; `count` is of all (public)."""
    query = request.query_params
    limit = number(query, "limit", MAX_LIMIT, 1, MAX_LIMIT)
    offset = number(query, "offset", 0, 0, MAX_OFFSET)
    attributes = flag(query, "include_attributes", default=False)
    found = _found(api, query)
    with api.state.lock:
        shown = [candidate.shown(attributes=attributes) for candidate in found[offset : offset + limit]]
    return Json({"limit": limit, "offset": offset, "count": len(api.state.candidates), "candidates": shown})


async def get_attributes(api: Api, request: Request) -> Response:
    """GET /candidate/attributes/{OID}: all attributes of a candidate."""
    return _attributes_answer(_candidate(api, request))


async def merge_attributes(api: Api, request: Request) -> Response:
    """PATCH /candidate/attributes/{OID}: set these attributes, keep the others (public)."""
    return await _set_attributes(api, request, replace=False)


async def replace_attributes(api: Api, request: Request) -> Response:
    """PUT /candidate/attributes/{OID}: these attributes and no others (public)."""
    return await _set_attributes(api, request, replace=True)


async def ping(_api: Api, _request: Request) -> Response:
    """GET /ping: says that the sandbox is there; needs no token."""
    return Json({"success": True, "message": "pong"})


async def _set_attributes(api: Api, request: Request, *, replace: bool) -> Response:
    candidate = _candidate(api, request)
    body = json_object(await read_body(request))
    # Public material has them under `attributes`; a text cannot be meant there, so the bare object is clear as well.
    wrapped = next((body[name] for name in ("attributes", ATTRIBUTES) if isinstance(body.get(name), dict)), body)
    attributes, problems = check_attributes(wrapped, api.options.assumed("empty"))
    if problems:
        raise Refused(with_errors(400, *problems))
    with api.state.lock:
        candidate.set_attributes(attributes, replace=replace)
    return _attributes_answer(candidate)


def _attributes_answer(candidate: Candidate) -> Response:
    return Json({"success": True, "attributes": candidate.values.get(ATTRIBUTES, {})})


def _checked(api: Api, body: Mapping[str, Any]) -> dict[str, Any]:
    values, problems = check(body, api.options.assumed("empty"))
    if problems:
        raise Refused(with_errors(400, *problems))
    return values


def _apply(api: Api, candidate: Candidate, values: Mapping[str, Any]) -> None:
    candidate.apply(
        values,
        replace_attributes=api.options.assumed("attributes") == "replace",
        set_note=api.options.assumed("note") == "set",
    )


def _found(api: Api, query: QueryParams) -> list[Candidate]:
    if "ex_id" in query and "email" in query:
        refuse("", "filter by ex_id or by email, not by both")
    if "ex_id" in query:
        with api.state.lock:
            return list(api.state.candidates.with_ex_id(query["ex_id"]))
    if "email" in query:
        email = query["email"].casefold()
        return [found for found in api.state.candidates if found.values.get("email", "").casefold() == email]
    return list(api.state.candidates)


def _candidate(api: Api, request: Request) -> Candidate:
    with api.state.lock:
        candidate = api.state.candidates.find(path_id(request))
    if candidate is None:
        raise Refused(_unknown_candidate())
    return candidate


def _unknown_candidate() -> Response:
    return with_errors(404, Problem("", "Candidate not found.", NOT_FOUND))
