"""Stream the rows of an .xlsx sheet from its XML: the cells as text, with the faults found in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial

from sync.source.place import column_number
from sync.source.workbooks.number_text import CellFault, iso_date, number_text
from sync.source.workbooks.reader import FaultyCell, SheetRow
from sync.source.workbooks.xlsx_workbook import Workbook, rich_text, unescaped
from sync.source.workbooks.xml_parts import Element, Parts

_REMEMBERED_NUMBERS = 1 << 16
_DIGITS = "0123456789"
_COLUMN = re.compile("[A-Z]{1,3}")
_LAST_ROW = 1 << 20
_TRUE = frozenset({"1", "true"})

CellText = Callable[[Element], str]


def sheet_rows(parts: Parts, part: str, workbook: Workbook, width: int | None = None) -> Iterator[SheetRow]:
    """The rows that the sheet stores, from the top; cells at and beyond column `width` are passed over.

    Raises ValueError when the rows are not in order, or beyond what a spreadsheet can have.
    """
    text_of = cell_text(workbook)
    number = 0
    for element in parts.elements(part, "row"):
        stated = element.get("r")
        below = int(stated) if stated else number + 1
        if below <= number:
            raise ValueError(f"row {below} comes after row {number}")
        if below > _LAST_ROW:
            raise ValueError(f"there is no row {below}")
        number = below
        texts, faults = _cells(element, text_of, width)
        yield SheetRow(number, element.get("hidden") in _TRUE, texts, faults)


def _cells(row: Element, text_of: CellText, width: int | None) -> tuple[list[str], list[FaultyCell]]:
    texts: list[str] = []
    faults: list[FaultyCell] = []
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = _column(reference.rstrip(_DIGITS)) if reference else column + 1
        if width is not None and column >= width:
            continue
        try:
            text = text_of(cell)
        except CellFault as fault:
            faults.append(FaultyCell(column, fault.code, fault.value, fault.message))
            continue
        if not text:
            continue
        if column < len(texts):
            texts[column] = text
        else:
            texts.extend("" for _ in range(len(texts), column))
            texts.append(text)
    return texts, faults


@cache
def _column(letters: str) -> int:
    if not _COLUMN.fullmatch(letters):
        raise ValueError(f"there is no column {letters!r}")
    return column_number(letters)


def cell_text(workbook: Workbook) -> CellText:
    """The function that turns a `c` element of this workbook into text, or raises CellFault."""
    formats = {str(style): code for style, code in enumerate(workbook.formats)}
    number = lru_cache(_REMEMBERED_NUMBERS)(partial(number_text, date_1904=workbook.date_1904))

    def text_of(cell: Element) -> str:
        value = formula = None
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text or ""
            elif tag.endswith("}f"):
                formula = child.text or ""
            elif tag.endswith("}is"):
                return rich_text(child)
        kind = cell.get("t", "n")
        if not value:
            return _no_value(kind, formula, computed=value is not None)
        if kind == "s":
            return _shared(workbook.strings, value)
        if kind == "n":
            return number(value, formats.get(cell.get("s", "0"), "General"))
        return _other(kind, value)

    return text_of


def _no_value(kind: str, formula: str | None, *, computed: bool) -> str:
    if formula is None or (kind == "str" and computed):
        return ""
    shown = f"={formula}"
    raise CellFault(
        "invalid-cell", shown, f"the formula {shown!r} was never computed: open the file in Excel and save it"
    )


def _shared(strings: list[str], index: str) -> str:
    try:
        return strings[int(index)]
    except (IndexError, ValueError):
        raise CellFault("invalid-cell", index, "the cell's text is not in the file: type it in again") from None


def _other(kind: str, value: str) -> str:
    if kind == "b":
        return "TRUE" if value in _TRUE else "FALSE"
    if kind == "e":
        raise CellFault("invalid-cell", value, f"{value!r} is an error, not a value: correct the formula")
    return iso_date(value) if kind == "d" else unescaped(value)
