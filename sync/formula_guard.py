"""Keep a spreadsheet from running the text of a CSV cell as a formula, and take that protection off again.

A leading `'` is put before a cell that begins with `= + - @`, tab or carriage return and is not a plain number or
phone number. A cell that already is such a form behind one or more `'` gets another, so that taking one off gives
back exactly what was there: `unguard_formula(guard_formula(text)) == text` for every text.
"""

from __future__ import annotations

import re

_STARTS_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)?([.,]\d+|(?<=\d))(e[+-]?\d+)?( ?%)?", re.ASCII | re.IGNORECASE)
_PHONE_NUMBER = re.compile(r"\+(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*\Z)[0-9][0-9 ().\-/]*", re.ASCII)


def _is_formula(text: str) -> bool:
    """Whether the text, without the `'` before it, is what a spreadsheet would run."""
    if not _STARTS_FORMULA.match(text):
        return False
    bare = text.lstrip("'")
    return not (_PLAIN_NUMBER.fullmatch(bare) or _PHONE_NUMBER.fullmatch(bare))


def guard_formula(text: str) -> str:
    """The text as it is written into a CSV: with a leading `'` where a spreadsheet would run it, else unchanged."""
    return f"'{text}" if _is_formula(text) else text


def unguard_formula(text: str) -> str:
    """The text that `guard_formula` was given."""
    return text[1:] if text[:1] == "'" and _is_formula(text) else text
