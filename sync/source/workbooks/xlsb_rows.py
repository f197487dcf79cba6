"""Stream the rows of an .xlsb sheet from its records: the cells as text, with the faults found in them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from sync.source.workbooks.binary_cells import error_cell, number_texts, packed_number, texts_as_shown
from sync.source.workbooks.faults import sheet_row, text_missing
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.reader import MergedCells, SheetRow
from sync.source.workbooks.xlsb_records import BinaryRecord, part_records, wide_text
from sync.source.workbooks.xlsb_workbook import Workbook
from sync.source.workbooks.xml_parts import Parts

_ROW, _DATA_BEGIN, _DATA_END, _MERGED = 0, 145, 146, 176
_RANGE = struct.Struct("<LLLL")
_HIDDEN = 0x10
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_ROW_AND_FLAGS = struct.Struct("<L7xB")
_COLUMN_AND_STYLE = struct.Struct("<LL")
_STYLE = 0xFFFFFF
_LONG = struct.Struct("<L")
_DOUBLE = struct.Struct("<d")

CellText = Callable[[bytes, int], "str | CellFault"]


def sheet_rows(
    parts: Parts, part: str, workbook: Workbook, width: int | None, merged: list[MergedCells]
) -> Iterator[SheetRow]:
    """The rows that the sheet stores, from the top; cells at and beyond column `width` are passed over.

    `merged` is given the sheet's merged cells, which stand below the rows. Raises ValueError when the rows
    are not in order or the sheet ends too early, struct.error and IndexError on other damage.
    """
    text_of = _cell_texts(workbook)
    limit = _LAST_COLUMN if width is None else width
    number, hidden = 0, False
    cells: list[tuple[int, str | CellFault]] = []
    own = part_records(parts, part)
    for kind, _ in own:
        if kind == _DATA_BEGIN:
            break
    for kind, data in own:
        if decode := text_of.get(kind):
            column, style = _COLUMN_AND_STYLE.unpack_from(data)
            if column < limit:
                cells.append((column, decode(data, style & _STYLE)))
        elif kind in {_ROW, _DATA_END}:
            if number:
                yield sheet_row(number, hidden, cells)
            if kind == _DATA_END:
                merged.extend(_merged(own))
                return
            cells = []
            number, hidden = _next_row(data, number)
    raise ValueError("a sheet ends too early")


def _merged(own: Iterator[BinaryRecord]) -> Iterator[MergedCells]:
    """Merged cells of more than one row."""
    for kind, data in own:
        if kind == _MERGED:
            first, last, left, right = _RANGE.unpack_from(data)
            if last > first:
                yield MergedCells(first + 1, last + 1, left, right)


def _next_row(data: bytes, above: int) -> tuple[int, bool]:
    row, flags = _ROW_AND_FLAGS.unpack_from(data)
    if not above <= row < _LAST_ROW:
        raise ValueError(f"row {row + 1} comes after row {above}")
    return row + 1, bool(flags & _HIDDEN)


def _cell_texts(workbook: Workbook) -> dict[int, CellText]:
    """By the type of a cell's record ([MS-XLSB] 2.3.2), what turns its data into text; a value begins at byte 8.

    Blank cells are left out, and so are the short forms, which stand in no worksheet.
    """
    number = number_texts(workbook.formats, date_1904=workbook.date_1904)
    shown = texts_as_shown(workbook.formats)
    strings = workbook.strings

    def packed(data: bytes, style: int) -> str | CellFault:
        return number(packed_number(_LONG.unpack_from(data, 8)[0]), style)

    def error(data: bytes, _: int) -> str | CellFault:
        return error_cell(data[8])

    def boolean(data: bytes, _: int) -> str | CellFault:
        return "TRUE" if data[8] else "FALSE"

    def double(data: bytes, style: int) -> str | CellFault:
        return number(_DOUBLE.unpack_from(data, 8)[0], style)

    def own_text(data: bytes, style: int) -> str | CellFault:
        return shown(wide_text(data, 8)[0], style)

    def shared(data: bytes, style: int) -> str | CellFault:
        index = _LONG.unpack_from(data, 8)[0]
        return shown(strings[index], style) if index < len(strings) else text_missing(index)

    def rich(data: bytes, style: int) -> str | CellFault:
        return shown(wide_text(data, 9)[0], style)

    values: dict[int, CellText] = {2: packed, 3: error, 4: boolean, 5: double, 6: own_text, 7: shared, 62: rich}
    formulas: dict[int, CellText] = {8: own_text, 9: double, 10: boolean, 11: error}
    return values | formulas
