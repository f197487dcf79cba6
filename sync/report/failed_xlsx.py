"""Writes failed.xlsx: the rows to mend as text cells, with the wrong cells marked and explained."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.headers import normalise_header
from sync.model import RowError, Source
from sync.report.failed import SYNC_COLUMNS, FailedRow, kept_columns
from sync.report.files import replaced
from sync.report.reported import FailedForm
from sync.report.xlsx_cells import MARK, NO_FILL, OWN, TOP, WRAPPED, brush, explained, head, painted
from sync.report.xlsx_text import sheet_name

_MEASURED_ROWS = 200
_NARROWEST, _WIDEST = 9, 60
_LINE_HEIGHT_PT = 15
_MOST_LINES = 8
_MOST_COMMENTS = 2_000
"""A workbook with many comments opens slowly, and sync_message says what is wrong anyway."""


def write_failed_xlsx(path: Path, rows: Iterable[FailedRow], source: Source, form: FailedForm) -> None:
    """Write one sheet of the source's name, header at the row and sheet at the place where the mapping looks."""
    header = (*(source.header[place] for place in kept_columns(source)), *SYNC_COLUMNS)
    remaining = iter(rows)
    first = list(islice(remaining, _MEASURED_ROWS))
    widths = _widths(header, first)
    book = Workbook(write_only=True)
    for number in range(1, form.sheet_number):
        book.create_sheet(f"Sheet{number}")
    sheet = book.create_sheet(sheet_name(source.sheet))
    book.active = sheet
    sheet.freeze_panes = f"A{form.header_row + 1}"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for _ in range(form.header_row - 1):
        sheet.append([])
    own = len(header) - len(SYNC_COLUMNS)
    sheet.append([head(sheet, text, OWN if place >= own else NO_FILL) for place, text in enumerate(header)])
    _append_rows(sheet, header[:own], chain(first, remaining), form.header_row + 1, widths[own:])
    with replaced(path) as beside:
        book.save(beside)


def _append_rows(
    sheet: WriteOnlyWorksheet, columns: tuple[str, ...], rows: Iterable[FailedRow], first: int, widths: list[int]
) -> None:
    places = {normalise_header(text): place for place, text in reversed(list(enumerate(columns)))}
    plain, marked, told = brush(sheet, TOP), brush(sheet, TOP, MARK), brush(sheet, WRAPPED, OWN)
    heights = sheet.row_dimensions  # type: ignore[attr-defined]  # it is there, but not in the stubs
    comments = 0

    def cells(row: FailedRow) -> Iterator[Cell]:
        nonlocal comments
        wrong = _errors_by_place(row, places)
        for place, text in enumerate(row.cells):
            cell = plain
            if place in wrong:
                cell = explained(sheet, wrong[place]) if comments < _MOST_COMMENTS else marked
                comments += 1
            yield painted(cell, text, row.broken.get(place))
        for text in row.sync_cells:
            yield painted(told, text)

    for number, row in enumerate(rows, start=first):
        heights[number].height = _LINE_HEIGHT_PT * _lines(row, widths)
        sheet.append(cells(row))
        # It is written by now, and a million of them would fill the memory.
        del heights[number]


def _errors_by_place(row: FailedRow, places: dict[str, int]) -> dict[int, list[RowError]]:
    wrong: dict[int, list[RowError]] = {}
    for error in row.outcome.errors:
        place = places.get(normalise_header(error.column)) if error.column else None
        if place is not None:
            wrong.setdefault(place, []).append(error)
    return wrong


def _lines(row: FailedRow, widths: list[int]) -> int:
    """How many lines the told cells take, as not every program fits a row's height to its text."""
    needed = (
        sum(math.ceil(len(line) / width) or 1 for line in text.split("\n"))
        for text, width in zip(row.sync_cells, widths, strict=True)
    )
    return min(max(needed), _MOST_LINES)


def _widths(header: tuple[str, ...], rows: list[FailedRow]) -> list[int]:
    """Width of each column in characters: that of its longest line among the first rows, within limits."""
    lines = [header, *((*row.cells, *row.sync_cells) for row in rows)]
    longest = (max(len(line) for text in column for line in text.split("\n")) for column in zip(*lines, strict=True))
    return [min(max(length + 2, _NARROWEST), _WIDEST) for length in longest]
