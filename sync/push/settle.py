"""Compares a candidate's record with a payload, to say whether the update was applied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from sync.api.fields import FIELD_BY_NAME, Field
from sync.model import Payload

Finding = Literal["applied", "not-applied", "cannot-tell"]


def compare(payload: Payload, record: Mapping[str, Any]) -> Finding:
    """Compare what was sent with what a read shows.

    An update is applied whole or not at all. So one field that shows another value says that it was not applied;
    all fields showing the sent values say that it was. A field that the record does not carry is not shown, which
    is not the same as empty (api/README.md, What reading shows): such fields leave it open.
    """
    findings = {_same(FIELD_BY_NAME[name], value, record) for name, value in payload.body.items()}
    if False in findings:
        return "not-applied"
    if None in findings or payload.files or not findings:
        return "cannot-tell"
    return "applied"


def _same(field: Field, sent: object, record: Mapping[str, Any]) -> bool | None:
    """Whether the record shows the sent value; None where it does not show the field."""
    shown_under = [name for name in field.read if name in record]
    if not shown_under:
        return None
    same = any(_equal(field, sent, record[name]) for name in shown_under)
    # Whether "" clears a field is open: one that still shows a value says nothing of whether the update happened.
    return None if sent == "" and not same else same


def _equal(field: Field, sent: object, shown: object) -> bool:
    if field.kind == "attributes" and isinstance(sent, Mapping):
        attributes = shown if isinstance(shown, Mapping) else {}
        return all(_text(attributes.get(key)) == _text(value) for key, value in sent.items())
    left, right = _text(sent), _text(shown)
    if left == right or not left or not right:
        return left == right
    if field.kind == "choice":
        return field.wire_value(left) == field.wire_value(right)
    if field.kind == "phone":
        return re.sub(r"\D", "", left) == re.sub(r"\D", "", right)
    if field.kind == "date":
        return _same_moment(left, right)
    return left.casefold() == right.casefold()


def _text(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _same_moment(left: str, right: str) -> bool:
    """Compare as moments where both carry a time, else as days."""
    try:
        one, other = datetime.fromisoformat(left), datetime.fromisoformat(right)
    except ValueError:
        return False
    if "T" in left and "T" in right and (one.tzinfo is None) == (other.tzinfo is None):
        return one == other
    return one.date() == other.date()
