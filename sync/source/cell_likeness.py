"""How much a text looks like one cell of a table, and not like a piece of one or like several."""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"[-+(]?\s?[$€£¥]?\s?\d[\d.,'\u00a0]*(e[-+]?\d+)?\)?\s?[%€$£]?"  # a number, an amount
    r"|\d{1,4}([-/.:]\d{1,4}){1,2}([ T]\d{1,2}:\d\d(:\d\d([.,]\d+)?)?)?\s?([ap]m|z|[+-]\d\d:?\d\d)?"  # a date, a time
    r"|[^@\s,;|]+@[^@\s,;|]+\.\w+|https?://\S+",
    re.IGNORECASE,
)
_TEXT = re.compile(r'[\w#@$€(+\'&*./-][^\t|;"^~§¦]*')
_GLUED = re.compile(r"^\s*,|,\s*$|,(?=\S)(?!\d)|(?<=\D),(?=\S)")
"""A comma without a space behind it, outside numbers: rather two cells than a text."""
_DIVIDED = re.compile(r'"[,;|\t:]|[,;|\t:]"')
"""A quote beside a delimiter: this is where cells begin or end."""


def likeness(cell: str) -> float:
    """From 0, surely a piece or several of them, to 1, surely a cell."""
    text = cell.strip()
    if not text:
        return 0.8
    if _WHOLE.fullmatch(text):
        return 1.0
    if '"' in text:
        return 0.0 if _DIVIDED.search(text) else 0.3
    if "\n" in text:
        return 0.6
    if _TEXT.fullmatch(text):
        return 0.4 if _GLUED.search(text) else 0.95
    return 0.2
