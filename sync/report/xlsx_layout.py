"""Where things stand in failed.xlsx: its columns and their widths, its panes, merged titles, and the view of it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties

from sync.look import ColumnLook, SheetLook
from sync.model import Source
from sync.report.failed import SYNC_COLUMNS, FailedRow, kept_columns

DEFAULT_FONT = Font(name="Calibri", size=11)
_NARROWEST, _WIDEST = 9, 60
_OWN_WIDEST = 48
_MOST_LINES = 8
_CHARACTERS_A_DIGIT = 1.15
"""Widths are counted in digits, and text is narrower."""
_MOST_FROZEN_ROWS = 12
"""More than these would leave no room to scroll the rows below."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`kept`: places in the source of the columns that are its own. `columns`: the look of all, ours at the end."""

    kept: tuple[int, ...]
    header: tuple[str, ...]
    header_row: int
    columns: tuple[ColumnLook, ...]
    frozen: tuple[int, int]
    merged: tuple[tuple[int, int, int, int], ...]

    @property
    def own(self) -> int:
        """The place of the first of the product's own columns."""
        return len(self.kept)

    def lines(self, row: FailedRow, wrapped: Collection[int]) -> int:
        """How many lines the row takes: the words told of it, and its own cells at the places that are `wrapped`."""
        told = enumerate(row.sync_cells, start=self.own)
        own = ((place, row.cells[place]) for place in wrapped)
        return min(max(self._lines(place, text) for place, text in chain(told, own)), _MOST_LINES)

    def _lines(self, place: int, text: str) -> int:
        characters = (self.columns[place].width or _NARROWEST) * _CHARACTERS_A_DIGIT
        return sum(math.ceil(len(line) / characters) or 1 for line in text.split("\n"))


def layout_of(source: Source, look: SheetLook | None, first: Sequence[FailedRow], shown: frozenset[int]) -> Layout:
    """The layout of the source's failed rows, of which `first` are some.

    `shown`: places in the source of columns that must be seen, as something in them is wrong.
    """
    kept = kept_columns(source)
    header = (*(source.header[place] for place in kept), *SYNC_COLUMNS)
    columns = _measured(header, first)
    if look is not None:
        known = [look.columns[place] if place < len(look.columns) else ColumnLook() for place in kept]
        columns = [
            *(
                ColumnLook(column.width, column.hidden and place not in shown)
                for place, column in zip(kept, known, strict=True)
            ),
            *columns[len(kept) :],
        ]
    return Layout(
        kept, header, source.header_row, tuple(columns), _frozen(source.header_row, look), _merged(kept, source, look)
    )


def _measured(header: tuple[str, ...], rows: Sequence[FailedRow]) -> list[ColumnLook]:
    """Each column as wide as its longest line among the rows, within limits."""
    lines = [header, *((*row.cells, *row.sync_cells) for row in rows)]
    longest = (max(len(line) for text in column for line in text.split("\n")) for column in zip(*lines, strict=True))
    own = len(header) - len(SYNC_COLUMNS)
    return [
        ColumnLook(min(max(length + 2, _NARROWEST), _WIDEST if place < own else _OWN_WIDEST))
        for place, length in enumerate(longest)
    ]


def _frozen(header_row: int, look: SheetLook | None) -> tuple[int, int]:
    """Rows and columns that stay in view: the header as well, unless so much stands above it."""
    rows, columns = look.frozen if look else (0, 0)
    return (header_row if header_row <= _MOST_FROZEN_ROWS else min(rows, header_row), columns)


def _merged(kept: tuple[int, ...], source: Source, look: SheetLook | None) -> tuple[tuple[int, int, int, int], ...]:
    """The merged areas above the header and in it that stay where they were, and cover no column of ours."""
    if look is None or kept != tuple(range(len(kept))):
        return ()
    return tuple(
        (left, top, right, bottom)
        for left, top, right, bottom in look.merged
        if 0 < top <= bottom <= source.header_row and (bottom < source.header_row or right <= len(kept))
    )


def lay_out(sheet: WriteOnlyWorksheet, layout: Layout, look: SheetLook | None) -> None:
    """Give the sheet its columns and its view, before its first row is written."""
    # A sheet that is only written has all these, though the stubs do not know.
    for place, column in enumerate(layout.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(place)]  # type: ignore[attr-defined]
        if column.width is not None:
            dimension.width = column.width
        dimension.hidden = column.hidden
    rows, columns = layout.frozen
    sheet.freeze_panes = f"{get_column_letter(columns + 1)}{rows + 1}"
    for left, top, right, bottom in layout.merged:
        sheet.merged_cells.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))  # type: ignore[attr-defined]
    # Printed, the columns stay side by side; the words told of a row are what one wants beside it.
    sheet.page_setup.orientation = "landscape"  # type: ignore[attr-defined]
    sheet.page_setup.fitToHeight = 0  # type: ignore[attr-defined]
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)  # type: ignore[attr-defined]
    if look is None:
        return
    sheet.sheet_view.showGridLines = look.grid
    sheet.sheet_view.zoomScale = look.zoom
    sheet.sheet_properties.tabColor = look.tab  # type: ignore[attr-defined]
    sheet.sheet_format.defaultColWidth = look.default_width  # type: ignore[attr-defined]
    if look.default_height:
        sheet.sheet_format.defaultRowHeight = look.default_height  # type: ignore[attr-defined]
