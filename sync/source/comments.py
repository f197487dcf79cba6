"""Tell comment lines from rows: only what clearly is one counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COMMENT = re.compile(r"\s*#+\s*(\s\S.*)?|\s*#+[^\W\d_].*\s.*", re.DOTALL)
"""`# text` or a `#sentence of words`; an id such as `#1001` is none."""


def is_comment(record: Sequence[str], width: int) -> bool:
    """Whether the record, in a table of this width, is a comment: it begins with # and a text, and fills no row.

    `width` 0: that of the table is not known yet, so only a record of one cell is.
    """
    if not record or not record[0].lstrip().startswith("#"):
        return False
    filled = sum(1 for cell in record if cell.strip())
    if filled > 1 and (len(record) == width or width == 0):
        return False
    return width != 1 and _COMMENT.fullmatch(record[0]) is not None
