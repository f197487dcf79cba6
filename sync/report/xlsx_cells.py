"""Cells of failed.xlsx: how they look, and how a value gets into one without being taken for something else."""

from __future__ import annotations

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.model import CellProblem, RowError
from sync.report.xlsx_text import cell_text

_TEXT = "@"
NO_FILL = PatternFill()
MARK = PatternFill("solid", fgColor="FFFFD9CC")
OWN = PatternFill("solid", fgColor="FFEDF1F5")
TOP = Alignment(vertical="top")
WRAPPED = Alignment(vertical="top", wrap_text=True)
_BOLD = Font(name="Calibri", size=11, bold=True)


def brush(sheet: WriteOnlyWorksheet, alignment: Alignment, fill: PatternFill = NO_FILL) -> Cell:
    """A cell of this look; it may be filled and written again and again, which saves making one per value."""
    cell = WriteOnlyCell(sheet)
    cell.number_format, cell.alignment, cell.fill = _TEXT, alignment, fill
    return cell


def painted(cell: Cell, text: str, problem: CellProblem | None = None) -> Cell:
    """Give the cell its value: text; but what the reader refused stays what it was, so that it is refused again.

    Were `#N/A` or a number that has lost digits written as text, the file would send it as it is.
    """
    if problem and problem.code == "invalid-cell":
        cell.value = text if text in ERROR_CODES else "#N/A"
    elif problem and problem.code == "number-too-long":
        cell.value = float(text)
    elif text:
        cell.value = cell_text(text)
        cell.data_type = "s"
    else:
        cell.value = None
    return cell


def head(sheet: WriteOnlyWorksheet, text: str, fill: PatternFill) -> Cell:
    """A cell of the header."""
    cell = brush(sheet, WRAPPED, fill)
    cell.font = _BOLD
    return painted(cell, text)


def explained(sheet: WriteOnlyWorksheet, errors: list[RowError]) -> Cell:
    """A marked cell with a comment that says what is wrong and what to do."""
    cell = brush(sheet, TOP, MARK)
    said = cell_text("\n".join(f"{error.message}\n{error.tip}" for error in errors))
    cell.comment = Comment(said, "candidate-sync", height=120, width=320)
    return cell
