"""The part of the mapping's JSON Schema that speaks of fields, rules and transforms."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import available_timezones

from phonenumbers import SUPPORTED_REGIONS

from sync.api.fields import FIELDS, Field
from sync.mapping.arguments import Argument, DateReading, Folder, Length, Nothing, Region, Replacing, Words
from sync.mapping.transforms import TRANSFORMS

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"], "minLength": 1, "pattern": r"\S"}
ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}
WHOLE: Schema = {"type": "integer"}


def keys(properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    """The schema of a mapping that has these keys and no others."""
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": list(required)}


_ARGUMENTS: dict[type[Argument], Schema] = {
    Nothing: {"type": "null"},
    Region: {"enum": sorted(SUPPORTED_REGIONS)},
    DateReading: keys({"formats": TEXTS, "timezone": {"enum": sorted(available_timezones())}}),
    Words: keys({"true": TEXTS, "false": TEXTS}),
    Folder: TEXT,
    Replacing: keys({"pattern": {"type": "string", "format": "regex"}, "with": ANY_TEXT}, ("pattern", "with")),
    Length: {**WHOLE, "minimum": 1},
}


def calls_schema(leave_out: set[str]) -> Schema:
    """The schema of one transform, bare or with its argument, of all but those in `leave_out`."""
    names = [name for name in TRANSFORMS if name not in leave_out]
    bare = [name for name in names if TRANSFORMS[name].argument in {Nothing, Region, DateReading, Words}]
    arguments = {
        name: {**_ARGUMENTS[TRANSFORMS[name].argument], "description": TRANSFORMS[name].meaning} for name in names
    }
    return {"anyOf": [{"enum": bare}, {**keys(arguments), "minProperties": 1, "maxProperties": 1}]}


def fields_schema() -> Schema:
    """The schema of the part `fields`."""
    together = {field.name: list(field.together) for field in FIELDS if field.together}
    return {
        "description": "The API's fields, each with the column that it is from, or a rule.",
        **keys({field.name: _field(field) for field in FIELDS}),
        "minProperties": 1,
        "dependentRequired": together,
        "dependentSchemas": {"name": {"properties": dict.fromkeys(together, False)}},
    }


def _field(field: Field) -> Schema:
    limit = f" At most {field.max_length} characters." if field.max_length else ""
    contact = " A change can reach the candidate." if field.contact else ""
    described = {"description": f"{field.meaning}.{limit}{contact}"}
    if field.kind == "attributes":
        attributes = {"anyOf": [TEXT, _rule(field)]}
        return {**described, "type": "object", "minProperties": 1, "additionalProperties": attributes}
    return {**described, **(_rule(field) if field.kind == "file" else {"anyOf": [TEXT, _rule(field)]})}


def _rule(field: Field) -> Schema:
    call = {"$ref": "#/$defs/file" if field.kind == "file" else "#/$defs/call"}
    transforms: Schema = {"type": "array", "items": call}
    if field.kind == "file":
        transforms["contains"] = {"type": "object", "required": ["file"]}
    known: Schema = {
        "column": {**TEXTS, "description": "The column, or several: the first that has a value."},
        "template": {"type": "string", "pattern": r"^[^{}]*(\{[^{}]*[^{}\s][^{}]*\}[^{}]*)+$"},
        "value": {**TEXT, "description": "A constant."},
        "transform": {"anyOf": [call, transforms]},
        "values": {"type": "object", "additionalProperties": _outputs(field)},
        "default": {**TEXT, "description": "Instead of a blank cell."},
        "required": {"type": "boolean", "description": "Whether a blank cell rejects the row."},
        "when": {
            "type": "object",
            "additionalProperties": {"anyOf": [ANY_TEXT, {"type": "array", "items": ANY_TEXT}]},
            "description": "Only on rows with these source values.",
        },
        "blank": {"enum": ["clear"], "description": "A blank cell clears the field."},
    }
    if field.kind == "file":
        del known["values"]
    rule = keys(known, ("transform",) if field.kind == "file" else ())
    return {**rule, "oneOf": [{"required": [source]} for source in ("column", "template", "value")]}


def _outputs(field: Field) -> Schema:
    if field.kind == "boolean":
        return {"enum": [True, False, "true", "false"]}
    if not field.choices:
        return TEXT
    names = list(dict.fromkeys(name for name, _ in field.choices))
    numbers: list[Any] = [int(wire) for _, wire in field.choices if wire.isdigit()]
    in_any_case = "|".join(_in_any_case(text) for choice in field.choices for text in choice)
    return {"anyOf": [{"enum": names + numbers}, {"type": "string", "pattern": f"^({in_any_case})$"}]}


def _in_any_case(text: str) -> str:
    """A pattern for a text in any case; JSON Schema's patterns know no flags."""
    return "".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else re.escape(c).replace(r"\ ", " ") for c in text)
