"""The rows of an .xls sheet from its records, in their order, and what is told of its formulas."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

import numpy as np

from sync.source.workbooks.faults import sheet_row
from sync.source.workbooks.reader import MergedCells, SheetRow
from sync.source.workbooks.xls_cells import CELLS, EMPTY, FORMULAS, NO_NUMBER, Cell, CellReading
from sync.source.workbooks.xls_records import heads
from sync.source.workbooks.xls_workbook import BOF, EOF, Workbook

_ROW, _MERGED = 0x0208, 0x00E5
_RANGE = struct.Struct("<HHHH")
_HIDDEN = 0x20
_LAST_COLUMN = 256


def formulas_computed(stream: bytes, workbook: Workbook) -> bool | None:
    """Whether any formula has a result that is not empty; None when there are no formulas."""
    found: bool | None = None
    for start in workbook.starts:
        for kind, at, _ in () if start is None else _sheet_heads(stream, start):
            if kind in FORMULAS:
                found = False
                if stream[at + 12 : at + 14] != NO_NUMBER or stream[at + 6] != EMPTY:
                    return True
    return found


def sheet_rows(
    stream: bytes, workbook: Workbook, start: int, width: int | None, merged: list[MergedCells], *, computed: bool
) -> Iterator[SheetRow]:
    """The rows that the sheet stores, from the top; cells at and beyond column `width` are passed over.

    `merged` is given the sheet's merged cells. `computed`: a formula without a text is one whose text is empty.
    Raises ValueError, IndexError and struct.error on damage.
    """
    rows, places, hidden = _index(stream, start, merged)
    limit = _LAST_COLUMN if width is None else width
    take = CellReading(stream, workbook, limit, computed=computed).take
    # Some programs write the cells in the order in which they were filled in.
    order = np.argsort(rows, kind="stable")
    cells: list[Cell] = []
    current = -1
    for row, place in zip(rows[order].tolist(), places[order].tolist(), strict=True):
        if row != current:
            if cells:
                yield sheet_row(current + 1, current in hidden, cells)
            cells, current = [], row
        take(place, cells)
    if cells:
        yield sheet_row(current + 1, current in hidden, cells)


def _sheet_heads(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """The sheet's own records, without those of the charts in it. Raises ValueError when they do not end."""
    depth = 0
    for head in heads(stream, start):
        kind = head[0]
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
        elif depth == 1:
            yield head
        if depth <= 0:
            return
    raise ValueError("a sheet ends too early")


def _index(stream: bytes, start: int, merged: list[MergedCells]) -> tuple[np.ndarray, np.ndarray, set[int]]:
    """By record with cells, its row and its place in the stream; and the hidden rows. Rows are 0-based."""
    rows, places = array("H"), array("Q")
    hidden: set[int] = set()
    for kind, at, length in _sheet_heads(stream, start):
        if kind in CELLS:
            rows.append(stream[at] | stream[at + 1] << 8)
            places.append(at - 4)
        elif kind == _ROW and stream[at + 12] & _HIDDEN:
            hidden.add(stream[at] | stream[at + 1] << 8)
        elif kind == _MERGED:
            merged.extend(_merged(stream[at + 2 : at + length]))
    return np.frombuffer(rows, np.uint16), np.frombuffer(places, np.uint64), hidden


def _merged(ranges: bytes) -> Iterator[MergedCells]:
    """Merged cells of more than one row."""
    for first, last, left, right in _RANGE.iter_unpack(ranges[: len(ranges) // _RANGE.size * _RANGE.size]):
        if last > first:
            yield MergedCells(first + 1, last + 1, left, right)
