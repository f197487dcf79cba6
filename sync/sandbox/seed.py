"""Reads a seed: a JSON list of candidates, each an object of the form that the API shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sync.api.fields import FIELDS, ID_KINDS, Field
from sync.errors import SettingsError
from sync.sandbox.candidates import Candidate, oid_of


def read_seed(path: Path) -> list[Candidate]:
    """The seed's candidates.

    Each has at least one of OID, external_oid and ex_id, and its values beside them or under `fields`, by the
    field's name or one of those a read shows it under. A candidate without an OID gets one made from its other
    ids. Raises SettingsError for a file that cannot be read or has another form.
    """
    try:
        records = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: the seed cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: the seed is not JSON: {error}") from error
    if not isinstance(records, list):
        raise SettingsError(f"{path}: the seed is not a JSON list: write [ ] around its candidates")
    candidates = [_candidate(record, f"{path}: candidate {number}") for number, record in enumerate(records, 1)]
    seen: set[str] = set()
    for number, candidate in enumerate(candidates, 1):
        if candidate.oid in seen:
            raise SettingsError(f"{path}: candidate {number}: OID {candidate.oid} is already another's")
        seen.add(candidate.oid)
    return candidates


def _candidate(record: object, where: str) -> Candidate:
    if not isinstance(record, dict):
        raise SettingsError(f"{where} is not a JSON object")
    record = {**record, **_fields_of(record, where)}
    record.pop("fields", None)
    oid, external_oid, ex_id = (_text(record.pop(kind, None)) for kind in ID_KINDS)
    if not (oid or external_oid or ex_id):
        raise SettingsError(f"{where} has no id: give it one of {', '.join(ID_KINDS)}")
    values = {}
    for field in FIELDS:
        given = [record.pop(name) for name in {field.name: None, **dict.fromkeys(field.read)} if name in record]
        if given:
            values[field.name] = _value(field, given[0], where)
    oid = oid or oid_of("seed", external_oid, ex_id)
    candidate = Candidate(oid, external_oid, ex_id, values, record)
    candidate.created_at = _text(record.pop("created_at", None)) or candidate.created_at
    candidate.updated_at = _text(record.pop("updated_at", None)) or candidate.updated_at
    return candidate


def _fields_of(record: dict[str, Any], where: str) -> dict[str, Any]:
    fields = record.get("fields", {})
    if not isinstance(fields, dict):
        raise SettingsError(f"{where}: its fields are not a JSON object")
    return fields


def _value(field: Field, value: object, where: str) -> object:
    """The value as an update would have left it."""
    if field.kind == "attributes":
        if not isinstance(value, dict):
            raise SettingsError(f"{where}: {field.name} is not a JSON object")
        return {key: _text(text) for key, text in value.items()}
    if field.kind == "file" or field.name == "note":
        return value if isinstance(value, list) else [value]
    if field.kind == "boolean":
        return value
    text = _text(value)
    return field.wire_value(text) or text


def _text(value: object) -> str:
    return "" if value is None else str(value)
