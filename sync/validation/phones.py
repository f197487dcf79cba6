"""Says what is wrong with a phone number that goes out as it was typed."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException

_KEPT = 20_000


def has_country(text: str) -> bool:
    """Whether the number names its country: it begins with +."""
    return text.startswith(("+", "\N{FULLWIDTH PLUS SIGN}"))


@lru_cache(maxsize=_KEPT)
def is_valid_phone(text: str) -> bool:
    """Whether phonenumbers takes the text for a valid number of its country; an extension is no part of one."""
    try:
        number = phonenumbers.parse(text, None)
    except NumberParseException:
        return False
    return not number.extension and phonenumbers.is_valid_number(number)
