"""Stream the rows of an .xlsx sheet from its XML: the cells as text, with the faults found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sync.source.place import column_number
from sync.source.workbooks.cell_kinds import CellKinds
from sync.source.workbooks.faults import never_computed, row_cells
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.plain_rows import NotPlain, PlainRows
from sync.source.workbooks.reader import FaultyCell, MergedCells, SheetRow
from sync.source.workbooks.shared_texts import rich_text
from sync.source.workbooks.xlsx_words import TRUE, column_letters_of
from sync.source.workbooks.xlsx_workbook import Workbook
from sync.source.workbooks.xml_events import Element, elements
from sync.source.workbooks.xml_parts import Parts
from sync.source.workbooks.xml_pieces import Pieces

_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_COLUMN = re.compile("[A-Z]{1,3}")
_LAST_ROW = 1 << 20


def sheet_rows(
    parts: Parts, part: str, workbook: Workbook, width: int | None, merged: list[MergedCells]
) -> Iterator[SheetRow]:
    """The rows that the sheet stores, from the top; cells at and beyond column `width` are passed over.

    After the last row, `merged` has the merged cells, which stand behind the rows in the file.
    Raises ValueError when the rows are not in order, or beyond what a spreadsheet can have.
    """
    number = 0
    for stated, hidden, texts, faults in _rows(parts, part, CellKinds(workbook), width, merged):
        below = number + 1 if stated is None else stated
        if below <= number:
            raise ValueError(f"row {below} comes after row {number}")
        if below > _LAST_ROW:
            raise ValueError(f"there is no row {below}")
        number = below
        yield SheetRow(number, hidden, texts, faults)


_StoredRow = tuple[int | None, bool, list[str], list[FaultyCell]]
"""The number that a row states, whether it is hidden, its texts and faults."""


def _rows(
    parts: Parts, part: str, kinds: CellKinds, width: int | None, merged: list[MergedCells]
) -> Iterator[_StoredRow]:
    with parts.stream(part) as stream:
        pieces = Pieces(stream, "worksheet", "sheetData", "row")
        plain = PlainRows(pieces.prefix, kinds, width)
        end_tag = f"</{pieces.prefix}row>"
        for block in pieces.blocks():
            for piece in block.split(end_tag)[:-1]:
                try:
                    yield *plain.row(piece), []
                except NotPlain:
                    for element in pieces.parsed(piece + end_tag):
                        yield _parsed_row(element, kinds, width)
        for element in elements(pieces.rest(), "row", "mergeCell"):
            if element.tag.endswith("}row"):
                yield _parsed_row(element, kinds, width)
            elif cells := _merged(element.get("ref", "")):
                merged.append(cells)


def _merged(reference: str) -> MergedCells | None:
    """The merged cells of this reference, where they are of more than one row."""
    found = _RANGE.fullmatch(reference)
    if not found or int(found[2]) >= int(found[4]):
        return None
    return MergedCells(int(found[2]), int(found[4]), column_number(found[1]), column_number(found[3]))


def _parsed_row(row: Element, kinds: CellKinds, width: int | None) -> _StoredRow:
    stated = row.get("r")
    return int(stated) if stated else None, row.get("hidden") in TRUE, *row_cells(_cells(row, kinds, width))


def _cells(row: Element, kinds: CellKinds, width: int | None) -> Iterator[tuple[int, str | CellFault]]:
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = _column(column_letters_of(reference)) if reference else column + 1
        if width is not None and column >= width:
            continue
        try:
            text: str | CellFault = _cell_text(cell, kinds)
        except CellFault as fault:
            text = fault
        yield column, text


@cache
def _column(letters: str) -> int:
    if not _COLUMN.fullmatch(letters):
        raise ValueError(f"there is no column {letters!r}")
    return column_number(letters)


def _cell_text(cell: Element, kinds: CellKinds) -> str:
    value = formula = None
    style, kind = cell.get("s", "0"), cell.get("t", "n")
    for child in cell:
        tag = child.tag
        if tag.endswith("}v"):
            value = child.text or ""
        elif tag.endswith("}f"):
            formula = child.text or ""
        elif tag.endswith("}is"):
            return kinds.as_shown(style, rich_text(child))
    if value:
        return kinds.text_of(style, kind)(value)
    if formula is None or (kind == "str" and value is not None):
        return ""
    raise never_computed(f"={formula}")
