"""Says what is wrong with an e-mail address, as email-validator sees it."""

from __future__ import annotations

import re
from functools import lru_cache

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

_KEPT = 20_000
_ORDINARY = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+([a-z]{2,})", re.ASCII | re.IGNORECASE
)
_ORDINARY_LENGTH = 63
"""No part of an address of this length exceeds what the library allows."""

_REASONS = (
    (re.compile("must have an @-sign"), "it has no @"),
    (re.compile("something after the @-sign"), "it has nothing after the @"),
    (re.compile("something before the @-sign"), "it has nothing before the @"),
    (re.compile("It should have a period"), "it lacks a domain ending such as .com"),
    (re.compile("not within a valid top-level domain"), "its domain has no ending such as .com"),
    (re.compile("special-use or reserved name"), "its domain is reserved and receives no mail"),
    (re.compile(r"invalid characters before the @-sign: (.*?)\.?$"), r"it cannot have \1 before the @"),
    (re.compile(r"invalid characters: (.*?)\.?$"), r"it cannot have \1 after the @"),
    (
        re.compile("two periods|have a period immediately|end with a period|start with a period"),
        "it has a period too many",
    ),
)


@lru_cache(maxsize=_KEPT)
def email_problem(text: str) -> str | None:
    """Say what is wrong with an address, or return None. Whether it exists is not asked.

    Ordinary addresses take a short cut to what the library says of them as well.
    """
    return None if is_ordinary(text) else _library_problem(text)


def is_ordinary(text: str) -> bool:
    """Whether the address is of a form that the library is known to take."""
    match = _ORDINARY.fullmatch(text) if len(text) <= _ORDINARY_LENGTH else None
    return match is not None and match[1].lower() not in SPECIAL_USE_DOMAIN_NAMES


def _library_problem(text: str) -> str | None:
    # Staging systems are tested with addresses under .test, which the library takes for a mistake.
    try:
        validate_email(text, check_deliverability=False, test_environment=text.lower().endswith(".test"))
    except EmailNotValidError as error:
        return _in_plain_words(str(error))
    return None


def _in_plain_words(message: str) -> str:
    for pattern, words in _REASONS:
        if match := pattern.search(message):
            return match.expand(words).rstrip(".")
    return message[:1].lower() + message[1:].rstrip(".")
