"""The sandbox's OpenAPI document, made from the table of calls and the field table."""

from __future__ import annotations

import inspect
from typing import Any

from sync.sandbox.api import MAX_LIMIT, MAX_OFFSET
from sync.sandbox.calls import BASE_PATH, CALLS, Call
from sync.sandbox.schemas import FLAG, TEXT, schemas

_DESCRIPTION = (
    "A local stand-in for the Paradox API: its rules, its open questions as switches, faults on demand. "
    "An empty string clears a field, is ignored or refused, as assumed. "
    "Faults can replace any answer to a call that needs a token."
)


def document() -> dict[str, Any]:
    """The OpenAPI 3.0 document; its paths are relative to the base URL."""
    paths: dict[str, Any] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call)
    return {
        "openapi": "3.0.3",
        "info": {"title": "candidate-sync sandbox", "version": "1", "description": _DESCRIPTION},
        "servers": [{"url": BASE_PATH}],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(call: Call) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": call.answer.__name__,
        "summary": (inspect.getdoc(call.answer) or "").partition(": ")[2],
        "parameters": [*_path_parameters(call), *_QUERIES.get(call.name, ())],
        "responses": {"200": _json("Done", _ref(_ANSWERS[call.name])), **_refusals(call)},
    }
    if call.name in _BODIES:
        operation["requestBody"] = {"required": True, "content": _BODIES[call.name]}
    if call.guarded:
        operation["security"] = [{"token": []}]
    return operation


def _path_parameters(call: Call) -> list[dict[str, Any]]:
    if "{id}" not in call.path:
        return []
    schema = {"type": "string", "minLength": 1}
    return [
        {"name": "id", "in": "path", "required": True, "schema": schema, "description": "OID, external_oid or ex_id"}
    ]


def _refusals(call: Call) -> dict[str, Any]:
    refusals: dict[str, Any] = {}
    if call.name in _BODIES or "{id}" in call.path or call.name in _QUERIES:
        refusals["400"] = _json("Refused: what is wrong with which field", _ref("Errors"))
    if call.name in _BODIES:
        refusals["413"] = _page("The request is larger than the gateway takes")
    if "{id}" in call.path:
        refusals["404"] = _json("No such candidate", _ref("Errors"))
    if call.guarded:
        refusals |= {
            "401": _json("No bearer token", _ref("Errors")),
            "429": _json("Above the rate limit", _ref("Errors")),
            "432": _json("The token has expired", _ref("Message")),
            "500": _json("Fault on demand", _ref("Message")),
            **{status: _page("Fault on demand") for status in ("502", "503", "504")},
        }
    return dict(sorted(refusals.items()))


def _json(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _page(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/html": {"schema": TEXT}}}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _body(**forms: str) -> dict[str, Any]:
    types = {
        "json": "application/json",
        "form": "multipart/form-data",
        "urlencoded": "application/x-www-form-urlencoded",
    }
    return {types[form]: {"schema": _ref(name)} for form, name in forms.items()}


_BODIES = {
    "POST /auth/token": _body(urlencoded="Credentials"),
    "PUT /candidates/{id}": _body(json="Update", form="UpdateForm"),
    "POST /candidates": _body(json="Create", form="CreateForm"),
    "PATCH /candidate/attributes/{id}": _body(json="Attributes"),
    "PUT /candidate/attributes/{id}": _body(json="Attributes"),
}
_WITH_ATTRIBUTES = "Whether candidate_attribute_data is shown"
_QUERIES = {
    "GET /candidates/{id}": (_query("include_attributes", f"{_WITH_ATTRIBUTES}; it is, unless false", FLAG),),
    "GET /candidates": (
        _query("limit", "Most candidates shown", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT}),
        _query("offset", "How many to pass over", {"type": "integer", "minimum": 0, "maximum": MAX_OFFSET}),
        _query("ex_id", "Only those with this ex_id", TEXT),
        _query("email", "Only those with this email; not together with ex_id", TEXT),
        _query("include_attributes", f"{_WITH_ATTRIBUTES}; it is not, unless true", FLAG),
    ),
}
_ANSWERS = {
    "POST /auth/token": "Token",
    "GET /candidates/{id}": "CandidateAnswer",
    "PUT /candidates/{id}": "CandidateAnswer",
    "GET /candidates": "CandidateList",
    "POST /candidates": "CandidateAnswer",
    "GET /candidate/attributes/{id}": "AttributesAnswer",
    "PATCH /candidate/attributes/{id}": "AttributesAnswer",
    "PUT /candidate/attributes/{id}": "AttributesAnswer",
    "GET /ping": "Message",
}
