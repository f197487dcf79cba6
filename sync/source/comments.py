"""Tell comment lines from rows: only what clearly is one counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COMMENT = re.compile(r"\s*#+(\s.*)?", re.DOTALL)
"""`# text`; an id such as `#1001` is none."""


def is_comment(record: Sequence[str], width: int) -> bool:
    """Whether the record, in a table of this width (0: not known yet), is a comment: just one text that `#` begins.

    What fills several cells is not passed over: it could be somebody's row, a ragged one too.
    """
    if width == 1 or not record or any(cell.strip() for cell in record[1:]):
        return False
    return _COMMENT.fullmatch(record[0]) is not None
