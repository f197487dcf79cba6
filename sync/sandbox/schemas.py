"""The JSON Schemas of the sandbox's OpenAPI document: bodies from the field table, and the answers' forms."""

from __future__ import annotations

from typing import Any

from sync.api.fields import FIELDS, MAX_ATTRIBUTE_LENGTH, Field
from sync.sandbox.rules import ATTRIBUTES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "string", "enum": ["true", "false"]}
_ATTRIBUTES: Schema = {"type": "object", "additionalProperties": {"type": "string", "maxLength": MAX_ATTRIBUTE_LENGTH}}
_NAMED: Schema = {"anyOf": [{"required": ["name"]}, {"required": ["first_name", "last_name"]}]}


def schemas() -> dict[str, Schema]:
    """All schemas by name."""
    return {**_bodies(), **_answers()}


def _bodies() -> dict[str, Schema]:
    in_json = {field.name: _in_json(field) for field in FIELDS}
    in_form = {field.name: _in_form(field) for field in FIELDS}
    ex_id = {"ex_id": TEXT}
    return {
        "Update": _body(in_json),
        "UpdateForm": _body(in_form),
        "Create": _body(ex_id | in_json) | _NAMED,
        "CreateForm": _body(ex_id | in_form) | _NAMED,
        "Attributes": _object(attributes=_ATTRIBUTES),
        "Credentials": _object(
            grant_type={"type": "string", "enum": ["client_credentials"]},
            client_id={"type": "string", "minLength": 1},
            client_secret={"type": "string", "minLength": 1},
        ),
    }


def _answers() -> dict[str, Schema]:
    readable = {field.read[0]: TEXT for field in FIELDS if field.read and field.kind != "attributes"}
    readable["primary_contact_method"] = {"type": "integer"}
    ids = {"OID": TEXT, "external_oid": TEXT, "ex_id": TEXT}
    candidate = _object(**ids, **readable, formatted_number=TEXT, created_at=TEXT, updated_at=TEXT)
    candidate["properties"][ATTRIBUTES] = {"type": "object", "additionalProperties": TEXT}
    success = {"type": "boolean", "enum": [True]}
    count = {"type": "integer", "minimum": 0}
    problem = _object(code={"type": "integer"}, message=TEXT, field=TEXT)
    shown = {"$ref": "#/components/schemas/Candidate"}
    return {
        "Candidate": candidate,
        "CandidateAnswer": _object(success=success, candidate=shown),
        "CandidateList": _object(limit=count, offset=count, count=count, candidates={"type": "array", "items": shown}),
        "AttributesAnswer": _object(success=success, attributes={"type": "object", "additionalProperties": TEXT}),
        "Token": _object(
            access_token=TEXT, expires_in={"type": "number"}, token_type={"type": "string", "enum": ["bearer"]}
        ),
        "Message": _object(success={"type": "boolean"}, message=TEXT),
        "Errors": _object(errors={"type": "array", "items": problem, "minItems": 1}),
    }


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _body(fields: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _in_json(field: Field) -> Schema:
    schema: Schema = {"type": "string"}
    if field.kind == "attributes":
        schema = dict(_ATTRIBUTES)
    elif field.kind == "boolean":
        schema = {"type": "boolean"}
    elif field.kind == "file":
        schema["format"] = "byte"
    elif field.choices:
        schema["enum"] = [wire for _, wire in field.choices]
    if field.max_length is not None:
        schema["maxLength"] = field.max_length
    return {**schema, "description": field.meaning}


def _in_form(field: Field) -> Schema:
    forms: dict[str, Schema] = {"file": {"type": "string", "format": "binary"}, "boolean": FLAG, "attributes": TEXT}
    return {**forms.get(field.kind, _in_json(field)), "description": field.meaning}
