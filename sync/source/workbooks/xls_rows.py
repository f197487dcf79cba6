"""The rows of an .xls sheet from its records: the cells as text, with the faults found in them."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable, Iterator

import numpy as np

from sync.source.workbooks.binary_cells import error_cell, number_texts, packed_number
from sync.source.workbooks.faults import never_computed, sheet_row, text_missing
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.reader import SheetRow
from sync.source.workbooks.xls_records import Continued, Record, records
from sync.source.workbooks.xls_workbook import BOF, EOF, Workbook

_ROW, _STRING = 0x0208, 0x0207
_NUMBER, _LABEL, _RSTRING, _BOOLERR, _RK, _MULRK, _LABELSST = 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00BD, 0x00FD
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_BETWEEN = frozenset({0x04BC, 0x0221, 0x0236, 0x003C})
"""What may stand between a formula and its text: shared formula, array, table, and what continues them."""
_CELLS = _FORMULAS | {_NUMBER, _LABEL, _RSTRING, _BOOLERR, _RK, _MULRK, _LABELSST}
_HIDDEN = 0x20
_NO_NUMBER = b"\xff\xff"
_TEXT, _BOOLEAN, _ERROR, _EMPTY = range(4)
"""Kinds of a formula's result that is no number ([MS-XLS] 2.5.133)."""

_PLACE = struct.Struct("<HHH")
_VALUE = struct.Struct("<d")
_PACKED = struct.Struct("<HL")
_LONG = struct.Struct("<L")

Cell = tuple[int, "str | CellFault"]


def formulas_computed(stream: bytes, workbook: Workbook) -> bool | None:
    """Whether any formula has a result that is not empty; None when there are no formulas."""
    found: bool | None = None
    for start in workbook.starts:
        for record in () if start is None else _sheet_records(stream, start):
            if record.type in _FORMULAS:
                found = False
                if stream[record.at + 12 : record.at + 14] != _NO_NUMBER or stream[record.at + 6] != _EMPTY:
                    return True
    return found


def sheet_rows(
    stream: bytes, workbook: Workbook, start: int, width: int | None, *, computed: bool
) -> Iterator[SheetRow]:
    """The rows that the sheet stores, from the top; cells at and beyond column `width` are passed over.

    `computed`: a formula without a text is one whose text is empty. Raises ValueError, IndexError and struct.error
    on damage.
    """
    rows, places, hidden = _index(stream, start)
    cells_of = _Cells(stream, workbook, computed=computed)
    # Some programs write the cells in the order in which they were filled in.
    order = np.argsort(rows, kind="stable")
    cells: list[Cell] = []
    current = -1
    for row, place in zip(rows[order].tolist(), places[order].tolist(), strict=True):
        if row != current:
            if cells:
                yield sheet_row(current + 1, current in hidden, cells)
            cells, current = [], row
        cells.extend(cell for cell in cells_of.at(place) if width is None or cell[0] < width)
    if cells:
        yield sheet_row(current + 1, current in hidden, cells)


def _sheet_records(stream: bytes, start: int) -> Iterator[Record]:
    """The sheet's own records, without those of the charts in it. Raises ValueError when they do not end."""
    depth = 0
    for record in records(stream, start):
        if record.type == BOF:
            depth += 1
        elif record.type == EOF:
            depth -= 1
        elif depth == 1:
            yield record
        if depth <= 0:
            return
    raise ValueError("a sheet ends too early")


def _index(stream: bytes, start: int) -> tuple[np.ndarray, np.ndarray, set[int]]:
    """By record with cells, its row and its place in the stream; and the hidden rows. Rows are 0-based."""
    rows, places = array("H"), array("Q")
    hidden: set[int] = set()
    for kind, at, _ in _sheet_records(stream, start):
        if kind in _CELLS:
            rows.append(stream[at] | stream[at + 1] << 8)
            places.append(at - 4)
        elif kind == _ROW and stream[at + 12] & _HIDDEN:
            hidden.add(stream[at] | stream[at + 1] << 8)
    return np.frombuffer(rows, np.uint16), np.frombuffer(places, np.uint64), hidden


class _Cells:
    """Turns records into cells."""

    def __init__(self, stream: bytes, workbook: Workbook, *, computed: bool) -> None:
        self._stream = stream
        self._workbook = workbook
        self._computed = computed
        self._number = number_texts(workbook.formats, date_1904=workbook.date_1904)
        self._by_type: dict[int, Callable[[Record, int], str | CellFault]] = {
            _NUMBER: self._double,
            _RK: self._packed,
            _LABELSST: self._shared,
            _LABEL: self._label,
            _RSTRING: self._label,
            _BOOLERR: self._boolean_or_error,
            **dict.fromkeys(_FORMULAS, self._formula),
        }

    def at(self, place: int) -> Iterator[Cell]:
        """The cells of the record that begins there, each with its 0-based column."""
        record = next(records(self._stream, place))
        _, column, style = _PLACE.unpack_from(self._stream, record.at)
        if record.type == _MULRK:
            # A row, the first column, six bytes for each cell, the last column.
            for at in range(record.at + 4, record.at + record.length - 7, 6):
                style, packed = _PACKED.unpack_from(self._stream, at)
                yield column, self._number(packed_number(packed), style)
                column += 1
        else:
            yield column, self._by_type[record.type](record, style)

    def _double(self, record: Record, style: int) -> str | CellFault:
        return self._number(_VALUE.unpack_from(self._stream, record.at + 6)[0], style)

    def _packed(self, record: Record, style: int) -> str | CellFault:
        return self._number(packed_number(_LONG.unpack_from(self._stream, record.at + 6)[0]), style)

    def _shared(self, record: Record, _: int) -> str | CellFault:
        index = _LONG.unpack_from(self._stream, record.at + 6)[0]
        strings = self._workbook.strings
        return strings[index] if index < len(strings) else text_missing(index)

    def _label(self, record: Record, _: int = 0, *, at: int = 6) -> str:
        if self._workbook.wide:
            data = Continued(self._stream, record)
            data.take(at)
            return data.text()
        start = record.at + at + 2
        length = self._stream[start - 2] | self._stream[start - 1] << 8
        return self._stream[start : min(start + length, record.at + record.length)].decode(
            self._workbook.codec, "replace"
        )

    def _boolean_or_error(self, record: Record, _: int) -> str | CellFault:
        value, is_error = self._stream[record.at + 6], self._stream[record.at + 7]
        return error_cell(value) if is_error else ("TRUE" if value else "FALSE")

    def _formula(self, record: Record, style: int) -> str | CellFault:
        result = self._stream[record.at + 6 : record.at + 14]
        if result[6:] != _NO_NUMBER:
            return self._number(_VALUE.unpack(result)[0], style)
        kind, value = result[0], result[2]
        if kind == _BOOLEAN:
            return "TRUE" if value else "FALSE"
        if kind == _ERROR:
            return error_cell(value)
        if kind == _TEXT:
            for following in records(self._stream, record.at + record.length):
                if following.type == _STRING:
                    return self._label(following, at=0)
                if following.type not in _BETWEEN:
                    break
        elif kind == _EMPTY and self._computed:
            return ""
        return never_computed("=…")
