"""Sheet names as Excel allows them; other programs allow more."""

from __future__ import annotations

import re

_LONGEST = 31
_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def excel_sheet_name(name: str) -> str:
    """The name in at most 31 characters, without slashes, brackets, colons, asterisks and question marks."""
    return _FORBIDDEN.sub("_", name)[:_LONGEST]
