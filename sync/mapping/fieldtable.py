"""The API's fields as a table for people: what `mapping fields` shows."""

from __future__ import annotations

from dataclasses import dataclass

from sync.api.fields import FIELDS, MAX_ATTRIBUTE_LENGTH, MAX_FILE_BYTES, Field


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field in words. `contact`: a change can reach a person. `read`: the names under which it comes back."""

    name: str
    meaning: str
    type: str
    rule: str
    allowed: str
    contact: bool
    repeat: str
    read: str
    source: str


def fields_table() -> list[FieldRow]:
    """Return one row per field, in the order of the API's reference page."""
    return [
        FieldRow(
            field.name,
            field.meaning,
            field.kind,
            _rule(field),
            _allowed(field),
            field.contact,
            field.repeat,
            ", ".join(field.read),
            field.source,
        )
        for field in FIELDS
    ]


def _rule(field: Field) -> str:
    rules = [f"at most {field.max_length:,} characters"] if field.max_length else []
    if field.kind == "attributes":
        rules.append(f"at most {MAX_ATTRIBUTE_LENGTH} characters each")
    if field.kind == "file":
        rules.append(f"at most {MAX_FILE_BYTES // 1_000_000} MB")
    if field.together:
        rules.append(f"with {' and '.join(field.together)}")
    if field.requires:
        rules.append(f"true requires {' and '.join(field.requires)}")
    return "; ".join(rules)


def _allowed(field: Field) -> str:
    if field.kind == "boolean":
        return "true, false"
    names = (name if name == wire else f"{name} = {wire}" for name, wire in field.choices)
    return ", ".join(field.extensions or names)
