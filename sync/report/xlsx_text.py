"""Text as a workbook can hold it: characters that XML forbids, and the limits of cells and sheet names."""

from __future__ import annotations

import re

_LONGEST_TEXT = 32_767
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def cell_text(text: str) -> str:
    """The text with forbidden characters as `_xHHHH_` (ECMA-376, ST_Xstring), whole even where Excel would cut it."""
    literal = _ESCAPED.sub("_x005F_", text)
    return _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", literal)


def shortened(text: str) -> str:
    """The report's own words, cut to what Excel lets a cell hold."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…"
