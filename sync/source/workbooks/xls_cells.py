"""The cells of an .xls from their records: text, or the fault found in them."""

from __future__ import annotations

import struct
from collections.abc import Callable

from sync.source.workbooks.binary_cells import error_cell, number_texts, packed_number, texts_as_shown
from sync.source.workbooks.faults import never_computed, text_missing
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.xls_records import Continued, heads
from sync.source.workbooks.xls_workbook import Workbook

_NUMBER, _LABEL, _RSTRING, _BOOLERR, _RK, _MULRK, _LABELSST = 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00BD, 0x00FD
FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
CELLS = FORMULAS | {_NUMBER, _LABEL, _RSTRING, _BOOLERR, _RK, _MULRK, _LABELSST}
_STRING = 0x0207
_BETWEEN = frozenset({0x04BC, 0x0221, 0x0236, 0x003C})
"""What may stand between a formula and its text: shared formula, array, table, and what continues them."""
NO_NUMBER = b"\xff\xff"
_TEXT, _BOOLEAN, _ERROR, EMPTY = range(4)
"""Kinds of a formula's result that is no number ([MS-XLS] 2.5.133)."""

_CELL = struct.Struct("<HHHHH")
_VALUE = struct.Struct("<d")
_PACKED = struct.Struct("<HL")
_LONG = struct.Struct("<L")

Cell = tuple[int, "str | CellFault"]


class CellReading:
    """Turns records into cells left of the column `limit`.

    `computed`: a formula without a text is one whose text is empty, else one that was never computed.
    """

    def __init__(self, stream: bytes, workbook: Workbook, limit: int, *, computed: bool) -> None:
        self._stream = stream
        self._strings = workbook.strings
        self._wide = workbook.wide
        self._codec = workbook.codec
        self._limit = limit
        self._computed = computed
        self._number = number_texts(workbook.formats, date_1904=workbook.date_1904)
        self._shown = texts_as_shown(workbook.formats)
        self._by_type: dict[int, Callable[[int, int], str | CellFault]] = {
            _NUMBER: self._double,
            _RK: self._packed,
            _LABELSST: self._shared,
            _LABEL: self._label,
            _RSTRING: self._label,
            _BOOLERR: self._boolean_or_error,
            **dict.fromkeys(FORMULAS, self._formula),
        }

    def take(self, place: int, cells: list[Cell]) -> None:
        """Add the cells of the record that begins there, each with its 0-based column."""
        kind, length, _, column, style = _CELL.unpack_from(self._stream, place)
        if kind == _MULRK:
            # A row, the first column, six bytes for each cell, the last column.
            for at in range(place + 8, place + length - 3, 6):
                if column < self._limit:
                    style, packed = _PACKED.unpack_from(self._stream, at)
                    cells.append((column, self._number(packed_number(packed), style)))
                column += 1
        elif column < self._limit:
            cells.append((column, self._by_type[kind](place + 10, style)))

    def _double(self, at: int, style: int) -> str | CellFault:
        return self._number(_VALUE.unpack_from(self._stream, at)[0], style)

    def _packed(self, at: int, style: int) -> str | CellFault:
        return self._number(packed_number(_LONG.unpack_from(self._stream, at)[0]), style)

    def _shared(self, at: int, style: int) -> str | CellFault:
        index = _LONG.unpack_from(self._stream, at)[0]
        return self._shown(self._strings[index], style) if index < len(self._strings) else text_missing(index)

    def _label(self, at: int, style: int) -> str:
        return self._shown(self._text(at, self._length(at - 10) - 6), style)

    def _text(self, at: int, room: int) -> str:
        """The text that begins there, in `room` bytes of its record and in those that continue it."""
        if self._wide:
            return Continued(self._stream, at, room).text()
        length = self._stream[at] | self._stream[at + 1] << 8
        return self._stream[at + 2 : at + min(2 + length, room)].decode(self._codec, "replace")

    def _length(self, place: int) -> int:
        return self._stream[place + 2] | self._stream[place + 3] << 8

    def _boolean_or_error(self, at: int, _: int) -> str | CellFault:
        value, is_error = self._stream[at], self._stream[at + 1]
        return error_cell(value) if is_error else ("TRUE" if value else "FALSE")

    def _formula(self, at: int, style: int) -> str | CellFault:
        result = self._stream[at : at + 8]
        if result[6:] != NO_NUMBER:
            return self._number(_VALUE.unpack(result)[0], style)
        kind, value = result[0], result[2]
        if kind == _BOOLEAN:
            return "TRUE" if value else "FALSE"
        if kind == _ERROR:
            return error_cell(value)
        if kind == EMPTY and self._computed:
            return ""
        if kind == _TEXT:
            following = at - 6 + self._length(at - 10)
            for other, start, length in heads(self._stream, following):
                if other == _STRING:
                    return self._shown(self._text(start, length), style)
                if other not in _BETWEEN:
                    break
        return never_computed("=…")
