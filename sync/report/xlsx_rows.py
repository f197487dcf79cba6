"""The rows of failed.xlsx as elements: what stands above the header, the header, and the rows to mend."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.headers import normalise_header
from sync.look import CellLook, RowLook, SheetLook
from sync.model import RowError, Source
from sync.report.failed import FailedRow
from sync.report.xlsx_cells import Element, add_cell, comment
from sync.report.xlsx_layout import DEFAULT_FONT, Layout
from sync.report.xlsx_looks import at_top, marked, own_cell, own_head, plain_head, style_number, unmarked
from sync.report.xlsx_read_back import written_mark
from sync.report.xlsx_text import shortened

_LINE_PT = 15.0
_LINE_A_POINT = 1.36
"""Height of a line for each point of its font's size, as programs draw it."""
_MOST_COMMENTS = 5_000
"""A workbook with many comments opens slowly, and sync_message says what is wrong anyway."""


class Rows:
    """Makes the sheet's rows. `marks`: one number a row to mend, by which it is known again."""

    def __init__(self, sheet: WriteOnlyWorksheet, layout: Layout, look: SheetLook | None) -> None:
        self.marks = array("q")
        self._sheet, self._layout, self._look = sheet, layout, look
        self._font = look.font if look and look.font else DEFAULT_FONT
        self._own_head = style_number(sheet, own_head(self._font))
        self._own_cell = style_number(sheet, own_cell(self._font))
        self._style = lru_cache(4096)(self._new_style)
        self._wrapped = lru_cache(4096)(self._wrapped_places)
        self._letters = [get_column_letter(place) for place in range(1, len(layout.header) + 1)]
        header = layout.header[: layout.own]
        self._places = {normalise_header(text): place for place, text in reversed(list(enumerate(header)))}

    def top(self, source: Source) -> Iterator[Element]:
        """The rows above the header, and the header."""
        beyond = range(len(source.header), max(map(len, source.above), default=0))
        places = [*self._layout.kept, *beyond]
        for number in range(1, self._layout.header_row):
            texts = source.above[number - 1] if number <= len(source.above) else ()
            row, look = self._row(number), self._row_look(number)
            for new, place in enumerate(places, start=1):
                style = self._style(_place_of_style(look, place), "as it was")
                text = texts[place] if place < len(texts) else ""
                add_cell(row, f"{get_column_letter(new)}{number}", style, text)
            yield row
        yield self._header()

    def to_mend(self, rows: Iterable[FailedRow]) -> Iterator[Element]:
        """The rows to mend, from the one below the header on."""
        for number, row in enumerate(rows, start=self._layout.header_row + 1):
            look = self._row_look(row.outcome.row)
            element = etree.Element("row", _attributes(number, self._height(row, look)))
            self._add_own(element, number, row, look)
            for letters, text in zip(self._letters[self._layout.own :], row.sync_cells, strict=True):
                add_cell(element, f"{letters}{number}", self._own_cell, shortened(text))
            self.marks.append(written_mark(row))
            yield element

    def _add_own(self, element: Element, number: int, row: FailedRow, look: RowLook | None) -> None:
        wrong = self._errors_by_place(row)
        for place, text in enumerate(row.cells):
            reference = f"{self._letters[place]}{number}"
            kind = "wrong" if place in wrong else "row"
            style = self._style(_place_of_style(look, self._layout.kept[place]), kind)
            add_cell(element, reference, style, text, row.broken.get(place))
            if place in wrong:
                comments = self._sheet._comments  # type: ignore[attr-defined]  # noqa: SLF001 (the writer's own list)
                if len(comments) < _MOST_COMMENTS:
                    comments.append(comment(reference, wrong[place]))

    def _header(self) -> Element:
        number = self._layout.header_row
        row, look = self._row(number), self._row_look(number)
        for place, text in enumerate(self._layout.header):
            own = place >= self._layout.own
            style = self._own_head if own else self._style(_place_of_style(look, self._layout.kept[place]), "head")
            add_cell(row, f"{self._letters[place]}{number}", style, text)
        return row

    def _row(self, number: int) -> Element:
        """A row that stands where it stood."""
        look = self._row_look(number)
        attributes = _attributes(number, look.height if look else None)
        return etree.Element("row", attributes | ({"hidden": "1"} if look and look.hidden else {}))

    def _new_style(self, style: int | None, kind: str) -> str:
        """The number of a style made from that at place `style` of the sheet's looks, or from none."""
        look = self._look.styles[style] if self._look is not None and style is not None else None
        if kind == "head":
            return style_number(self._sheet, look or plain_head(self._font))
        look = unmarked(look) if look is not None else CellLook(font=self._font)
        if kind != "as it was":
            look = at_top(look)
        return style_number(self._sheet, marked(look) if kind == "wrong" else look)

    def _row_look(self, number: int) -> RowLook | None:
        return self._look.rows.get(number) if self._look else None

    def _height(self, row: FailedRow, look: RowLook | None) -> float | None:
        """The height of a row to mend: its own, or more where its text needs it; not every program fits it itself."""
        lines = self._layout.lines(row, self._wrapped(look.cells) if look else ())
        own = (look.height if look else None) or 0
        if lines == 1:
            return own or None
        default = (self._look.default_height if self._look else None) or 0
        return max(own, default, lines * max(_LINE_PT, (self._font.sz or 0) * _LINE_A_POINT))

    def _wrapped_places(self, cells: tuple[int, ...]) -> tuple[int, ...]:
        """Places of the cells, by their looks, whose text goes on in a second line."""
        styles = self._look.styles if self._look else ()
        places = ((place, old) for place, old in enumerate(self._layout.kept) if old < len(cells))
        return tuple(place for place, old in places if styles[cells[old]].alignment.wrap_text)

    def _errors_by_place(self, row: FailedRow) -> dict[int, list[RowError]]:
        wrong: dict[int, list[RowError]] = {}
        for error in row.outcome.errors:
            place = self._places.get(normalise_header(error.column)) if error.column else None
            if place is not None:
                wrong.setdefault(place, []).append(error)
        return wrong


def _attributes(number: int, height: float | None) -> dict[str, str]:
    return {"r": str(number)} | ({"ht": f"{height:g}", "customHeight": "1"} if height else {})


def _place_of_style(look: RowLook | None, place: int) -> int | None:
    return look.cells[place] if look is not None and place < len(look.cells) else None
