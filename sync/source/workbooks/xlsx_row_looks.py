"""Turn the style numbers of an .xlsx sheet's columns, rows and cells into places in a table of looks."""

from __future__ import annotations

from sync.look import CellLook, ColumnLook, RowLook
from sync.source.place import column_number
from sync.source.workbooks.xlsx_styles import Styles
from sync.source.workbooks.xlsx_words import TRUE, column_letters_of
from sync.source.workbooks.xml_events import Element

_SIDES = {"n": "right", "d": "right", "b": "center", "e": "center"}
"""Where a program puts a value whose style does not say; as text, which it comes back as, it would stand left."""


class RowLooks:
    """Reads rows one by one, of the first `width` columns; looks that are the same are kept once."""

    def __init__(self, width: int) -> None:
        self.columns = [ColumnLook()] * width
        self._defaults = [(0, "")] * width
        self._places: dict[tuple[int, str], int] = {}
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def take_column(self, column: Element) -> None:
        """Note what a `col` element says of the columns that it stands for."""
        width = column.get("width")
        look = ColumnLook(float(width) if width else None, column.get("hidden") in TRUE)
        for place in range(int(column.get("min", "1")) - 1, min(int(column.get("max", "1")), len(self.columns))):
            self.columns[place] = look
            self._defaults[place] = (_number(column.get("style")), "")

    def row(self, row: Element) -> RowLook:
        """The look of a `row` element; cells that are not stored look as their row says, else as their column."""
        own = row.get("s") if row.get("customFormat") in TRUE else None
        styles = [(_number(own), "")] * len(self.columns) if own else list(self._defaults)
        place = -1
        for cell in row:
            reference = cell.get("r")
            place = column_number(column_letters_of(reference)) if reference else place + 1
            if 0 <= place < len(styles):
                has_value = len(cell) and not str(cell[-1].tag).endswith("}is")
                styles[place] = (_number(cell.get("s")), _SIDES.get(cell.get("t", "n"), "") if has_value else "")
        cells = tuple(self._places.setdefault(style, len(self._places)) for style in styles)
        height = row.get("ht")
        return RowLook(
            self._known.setdefault(cells, cells), float(height) if height else None, row.get("hidden") in TRUE
        )

    def looks(self, styles: Styles) -> tuple[CellLook, ...]:
        """The table that the rows' cells refer to."""
        return tuple(styles.look(style, side) for style, side in self._places)


def _number(text: str | None) -> int:
    """The style's number; some programs write an empty one, which is the default."""
    return int(text) if text and text.isdecimal() else 0
