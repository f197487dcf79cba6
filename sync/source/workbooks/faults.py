"""The faults of cells that all workbook formats share, and a row made of texts and faults."""

from __future__ import annotations

from collections.abc import Iterable

from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.reader import FaultyCell, SheetRow


def error_value(shown: str) -> CellFault:
    """What stands for an error such as `#N/A`."""
    return CellFault("invalid-cell", shown, f"{shown!r} is an error, not a value: correct the formula")


def never_computed(shown: str) -> CellFault:
    """What stands for a formula that has no value yet; `shown` is the formula, as far as it is known."""
    return CellFault(
        "invalid-cell", shown, f"the formula {shown!r} was never computed: save the original in Excel, or type it in"
    )


def text_missing(index: object) -> CellFault:
    """What stands for a cell that refers to a text that the workbook does not have."""
    return CellFault("invalid-cell", str(index), "the cell's text is not in the file: type it in again")


def sheet_row(number: int, hidden: bool, cells: Iterable[tuple[int, str | CellFault]]) -> SheetRow:
    """The row with these cells, as `row_cells` takes them."""
    return SheetRow(number, hidden, *row_cells(cells))


def row_cells(cells: Iterable[tuple[int, str | CellFault]]) -> tuple[list[str], list[FaultyCell]]:
    """A row's texts and faults, from its cells by their 0-based columns in any order.

    Of two texts in one column the last one counts.
    """
    texts: list[str] = []
    faults: list[FaultyCell] = []
    for column, cell in cells:
        if isinstance(cell, CellFault):
            faults.append(FaultyCell(column, cell.code, cell.value, cell.message))
        elif not cell:
            continue
        elif column < len(texts):
            texts[column] = cell
        else:
            texts.extend([""] * (column - len(texts)))
            texts.append(cell)
    return texts, faults
