"""Holds a body against the field table, as the API would: values to apply, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from sync.api.fields import FIELD_BY_NAME
from sync.sandbox.answers import Problem
from sync.sandbox.body import Upload
from sync.sandbox.values import WrongValue, applied_value

ATTRIBUTES = "candidate_attribute_data"


def check(body: Mapping[str, Any], empty: str) -> tuple[dict[str, Any], list[Problem]]:
    """The values that a body applies, by field, and its problems; apply nothing when there are any.

    `empty` says what an empty string does: `clear` (it is among the values), `ignore` or `refuse`. A file becomes
    its `name`, `size` in bytes and `sha256`.
    """
    values: dict[str, Any] = {}
    problems = _missing_companions(body)
    for name, value in body.items():
        try:
            values |= _checked(name, value, empty)
        except WrongValue as wrong:
            problems.append(Problem(name, f"{name} {wrong}"))
    return values, problems + _wrong_file_names(body)


def check_attributes(value: object, empty: str) -> tuple[dict[str, str], list[Problem]]:
    """The attributes that an object applies, and its problems, as `check` does for a candidate's."""
    values, problems = check({ATTRIBUTES: value}, empty)
    return values.get(ATTRIBUTES, {}), problems


def _checked(name: str, value: object, empty: str) -> dict[str, Any]:
    """The value of one field as it is applied, or nothing where an empty one is ignored. Raises WrongValue."""
    if name not in FIELD_BY_NAME:
        raise WrongValue("is not a field")
    field = FIELD_BY_NAME[name]
    if value == "" and field.kind not in {"boolean", "attributes"}:
        return {name: ""} if _keeps_empty(empty) else {}
    applied = applied_value(field, value)
    if isinstance(applied, dict) and field.kind == "attributes":
        return {name: {key: text for key, text in applied.items() if text or _keeps_empty(empty)}}
    return {name: applied}


def _keeps_empty(empty: str) -> bool:
    if empty == "refuse":
        raise WrongValue("must not be empty")
    return empty == "clear"


def _missing_companions(body: Mapping[str, Any]) -> list[Problem]:
    """Fields that must go along: first with last name where `name` is not passed (page), the status map's two."""
    problems = []
    for field in (FIELD_BY_NAME[name] for name in body if name in FIELD_BY_NAME):
        together = () if "name" in body else field.together
        required = field.requires if body[field.name] is True else ()
        problems += [Problem(other, f"{other} must go with {field.name}") for other in together if other not in body]
        problems += [Problem(other, f"{other} must go with {field.name}") for other in required if not body.get(other)]
    return problems


def _wrong_file_names(body: Mapping[str, Any]) -> list[Problem]:
    """Files whose ending is not one of their field's, where a name is known: an upload's own, or the offer's."""
    problems = []
    for name, field in FIELD_BY_NAME.items():
        if field.kind != "file" or name not in body:
            continue
        value = body[name]
        if isinstance(value, Upload):
            suffix = PurePath(value.name).suffix or "no ending"
        else:
            suffix = PurePath(str(body.get("offer_file_name", ""))).suffix if name == "offer_letter" else ""
        if suffix and suffix.lower() not in field.extensions:
            problems.append(Problem(name, f"{name} must be one of {', '.join(field.extensions)}, not {suffix}"))
    return problems
