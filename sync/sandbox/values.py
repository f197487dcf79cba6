"""Checks one value against its field's kind, and gives what is applied."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import phonenumbers

from sync.api.fields import MAX_ATTRIBUTE_LENGTH, MAX_FILE_BYTES, Field, Kind
from sync.sandbox.body import Upload

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_JOURNEY_STATUS = re.compile(r"[^:]*[^:\s][^:]*:.*\S.*", re.DOTALL)


class WrongValue(Exception):
    """What is wrong with one value, as the answer's message has it."""


def applied_value(field: Field, value: object) -> object:
    """What a value of a body becomes; a file its `name`, `size` in bytes and `sha256`. Raises WrongValue."""
    return _CHECKS[field.kind](field, value)


@lru_cache(maxsize=1024)
def e164(phone: str) -> str | None:
    """A phone number in E.164, one without a country taken as of the US; None when it is no phone number."""
    try:
        number = phonenumbers.parse(phone, "US")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _text(field: Field, value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue("must be a string")
    if field.max_length is not None and len(value) > field.max_length:
        raise WrongValue(f"must have at most {field.max_length} characters")
    return value


def _phone(field: Field, value: object) -> str:
    text = _text(field, value)
    if e164(text) is None:
        raise WrongValue("is not a phone number")
    return text


def _email(field: Field, value: object) -> str:
    text = _text(field, value)
    if not _EMAIL.fullmatch(text):
        raise WrongValue("is not an e-mail address")
    return text


def _choice(field: Field, value: object) -> str:
    text = _text(field, value)
    allowed = [wire for _, wire in field.choices]
    if text not in allowed:
        raise WrongValue(f"must be one of {', '.join(allowed)}")
    return text


def _date(field: Field, value: object) -> str:
    text = _text(field, value)
    try:
        if _DATE.fullmatch(text) and datetime.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise WrongValue("is not a date of ISO 8601")


def _journey_status(field: Field, value: object) -> str:
    text = _text(field, value)
    if not _JOURNEY_STATUS.fullmatch(text):
        raise WrongValue("must be written `stage name: status name`")
    return text


def _attributes(_field: Field, value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise WrongValue("must be an object whose values are strings")
    long = [key for key, text in value.items() if len(text) > MAX_ATTRIBUTE_LENGTH]
    if long:
        raise WrongValue(f"must have at most {MAX_ATTRIBUTE_LENGTH} characters at {', '.join(long)}")
    return value


def _boolean(_field: Field, value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("must be true or false")
    return value


def _file(field: Field, value: object) -> dict[str, Any]:
    if isinstance(value, Upload):
        name, content = value.name, value.content
    else:
        try:
            name, content = "", base64.b64decode(_text(field, value), validate=True)
        except ValueError as error:
            raise WrongValue("is not base64") from error
    if len(content) > MAX_FILE_BYTES:
        raise WrongValue(f"must have at most {MAX_FILE_BYTES} bytes")
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


_CHECKS: dict[Kind, Callable[[Field, object], object]] = {
    "text": _text,
    "link": _text,
    "phone": _phone,
    "email": _email,
    "choice": _choice,
    "date": _date,
    "journey-status": _journey_status,
    "attributes": _attributes,
    "boolean": _boolean,
    "file": _file,
}
