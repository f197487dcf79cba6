"""Writes the rows of failed.xlsx: what stands above the header, the header, and the rows to mend."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from openpyxl.cell import Cell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.headers import normalise_header
from sync.look import CellLook, RowLook, SheetLook
from sync.model import RowError, Source
from sync.report.failed import FailedRow
from sync.report.xlsx_cells import at_top, brush, comment, filled, marked, own_cell, own_head, plain_head
from sync.report.xlsx_layout import DEFAULT_FONT, Layout
from sync.report.xlsx_read_back import written_mark
from sync.report.xlsx_text import shortened

_MOST_COMMENTS = 5_000
"""A workbook with many comments opens slowly, and sync_message says what is wrong anyway."""


class RowWriter:
    """Appends rows to the sheet. `marks`: one number a row to mend, by which it is known again."""

    def __init__(self, sheet: WriteOnlyWorksheet, layout: Layout, look: SheetLook | None) -> None:
        self.marks = array("q")
        self._sheet, self._layout, self._look = sheet, layout, look
        self._comments = 0
        self._brush = lru_cache(4096)(self._made)
        font = look.font if look and look.font else DEFAULT_FONT
        self._font = font
        self._own_head, self._own_cell = brush(sheet, own_head(font)), brush(sheet, own_cell(font))
        header = layout.header[: layout.own]
        self._places = {normalise_header(text): place for place, text in reversed(list(enumerate(header)))}

    def write_top(self, source: Source) -> None:
        """Append the rows above the header, and the header."""
        beyond = range(len(source.header), max(map(len, source.above), default=0))
        for number in range(1, self._layout.header_row):
            texts = source.above[number - 1] if number <= len(source.above) else ()
            places = [*self._layout.kept, *beyond]
            self._append(self._above(number, texts, places), number, self._height(number), hidden=self._hidden(number))
        number = self._layout.header_row
        self._append(self._header(), number, self._height(number), hidden=self._hidden(number))

    def write_rows(self, rows: Iterable[FailedRow]) -> None:
        """Append the rows to mend."""
        line_pt = self._look.default_height if self._look else None
        for number, row in enumerate(rows, start=self._layout.header_row + 1):
            height = self._layout.height(row, self._height(row.outcome.row), line_pt)
            self._append(self._cells(row), number, height)
            self.marks.append(written_mark(row))

    def _append(self, cells: Iterator[Cell], number: int, height: float | None, *, hidden: bool = False) -> None:
        dimensions = self._sheet.row_dimensions  # type: ignore[attr-defined]  # it is there, but not in the stubs
        dimensions[number].height = height
        dimensions[number].hidden = hidden
        self._sheet.append(cells)
        # It is written by now, and a million of them would fill the memory.
        del dimensions[number]

    def _above(self, number: int, texts: tuple[str, ...], places: list[int]) -> Iterator[Cell]:
        for place in places:
            cell = self._brush(self._style(number, place), kind="as it was")
            yield filled(cell, texts[place] if place < len(texts) else "")

    def _header(self) -> Iterator[Cell]:
        for place, text in enumerate(self._layout.header):
            if place >= self._layout.own:
                yield filled(self._own_head, text)
            else:
                style = self._style(self._layout.header_row, self._layout.kept[place])
                yield filled(self._brush(style, kind="head"), text)

    def _cells(self, row: FailedRow) -> Iterator[Cell]:
        wrong = self._errors_by_place(row)
        for place, text in enumerate(row.cells):
            style = self._style(row.outcome.row, self._layout.kept[place])
            if place not in wrong:
                yield filled(self._brush(style, kind="row"), text, row.broken.get(place))
                continue
            cell = self._brush(style, kind="wrong")
            cell.comment = comment(wrong[place]) if self._comments < _MOST_COMMENTS else None
            self._comments += 1
            yield filled(cell, text, row.broken.get(place))
        for text in row.sync_cells:
            yield filled(self._own_cell, shortened(text))

    def _made(self, style: int | None, kind: str) -> Cell:
        """A cell of the place `style` in the sheet's looks, or plain."""
        look = self._look.styles[style] if self._look is not None and style is not None else None
        if kind == "head":
            return brush(self._sheet, look or plain_head(self._font))
        look = look or CellLook(font=self._font)
        if kind != "as it was":
            look = at_top(look)
        return brush(self._sheet, marked(look) if kind == "wrong" else look)

    def _row_look(self, number: int) -> RowLook | None:
        return self._look.rows.get(number) if self._look else None

    def _style(self, number: int, place: int) -> int | None:
        look = self._row_look(number)
        return look.cells[place] if look is not None and place < len(look.cells) else None

    def _height(self, number: int) -> float | None:
        look = self._row_look(number)
        return look.height if look else None

    def _hidden(self, number: int) -> bool:
        look = self._row_look(number)
        return look is not None and look.hidden

    def _errors_by_place(self, row: FailedRow) -> dict[int, list[RowError]]:
        wrong: dict[int, list[RowError]] = {}
        for error in row.outcome.errors:
            place = self._places.get(normalise_header(error.column)) if error.column else None
            if place is not None:
                wrong.setdefault(place, []).append(error)
        return wrong
