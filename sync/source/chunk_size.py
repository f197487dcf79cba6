"""How much a chunk may hold, whatever the number of rows that was asked for: files may be hostile, or just wide."""

from __future__ import annotations

MUCH_TEXT = 1 << 24
"""Characters of a chunk at which it ends."""

MUCH_CELLS = 1 << 21

MOST_COLUMNS = 1 << 14
"""What a spreadsheet can have."""


def rows_at_a_time(size: int, width: int) -> int:
    """How many rows of this width a chunk has that was asked to have `size`."""
    return max(1, min(size, MUCH_CELLS // max(width, 1)))
