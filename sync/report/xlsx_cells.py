"""Cells of failed.xlsx: how they look, and how a value gets into one without being taken for something else."""

from __future__ import annotations

import math
from copy import copy

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.look import CellLook
from sync.model import CellProblem, RowError
from sync.report.xlsx_text import cell_text, shortened

_TEXT = "@"
_MARK, _MARK_TEXT = PatternFill("solid", fgColor="FFFFC7CE"), Color("FF9C0006")
"""As spreadsheet programs paint what they call bad: it can be read whatever the cell looked like before."""
_THIN = Side("thin", Color("FFD0D7DE"))
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_COMMENT_WIDTH_PX, _COMMENT_LINE_PX, _COMMENT_LINE_CHARACTERS = 340, 17, 46
_TALLEST_COMMENT_PX = 420

REPRODUCED = frozenset({"invalid-cell", "number-too-long"})
"""What a reader refuses in a cell, and `filled` therefore writes as it was."""


def own_head(font: Font) -> CellLook:
    """The look of the header above the product's own columns, which is no sheet owner's."""
    bold = copy(font)
    bold.b, bold.color = True, Color("FFFFFFFF")
    return CellLook(bold, PatternFill("solid", fgColor="FF44546A"), _LINE, Alignment(vertical="center", wrap_text=True))


def own_cell(font: Font) -> CellLook:
    """The look of the product's own columns."""
    return CellLook(
        copy(font), PatternFill("solid", fgColor="FFF3F5F8"), _LINE, Alignment(vertical="top", wrap_text=True)
    )


def plain_head(font: Font) -> CellLook:
    """The look of a header that has none of its own."""
    bold = copy(font)
    bold.b = True
    return CellLook(font=bold, alignment=Alignment(vertical="center", wrap_text=True))


def marked(look: CellLook) -> CellLook:
    """The look of a wrong cell: the same, in the colours of what is bad."""
    font = copy(look.font)
    font.color = _MARK_TEXT
    return CellLook(font, _MARK, look.border, look.alignment)


def at_top(look: CellLook) -> CellLook:
    """The look with the text at the top unless it says otherwise, as the words beside it can make a row tall."""
    alignment = copy(look.alignment)
    alignment.vertical = alignment.vertical or "top"
    return CellLook(look.font, look.fill, look.border, alignment)


def brush(sheet: WriteOnlyWorksheet, look: CellLook) -> Cell:
    """A cell of this look; it may be filled and written again and again, which saves making one per value."""
    cell = WriteOnlyCell(sheet)
    cell.font, cell.fill, cell.border, cell.alignment = look.font, look.fill, look.border, look.alignment
    cell.number_format = _TEXT
    return cell


def filled(cell: Cell, text: str, problem: CellProblem | None = None) -> Cell:
    """Give the cell its value: text; but what the reader refused stays what it was, so that it is refused again.

    Were `#N/A` or a number that has lost digits written as text, the file would send it as it is.
    """
    if problem and problem.code in REPRODUCED:
        cell.value = _refused(text, problem.code)
    else:
        # The setter would cut long text, and take `=1` for a formula.
        cell._value, cell.data_type = (cell_text(text), "s") if text else (None, "n")  # type: ignore[attr-defined]  # noqa: SLF001
    return cell


def _refused(text: str, code: str) -> str | float:
    if code == "number-too-long":
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return "#N/A"
    return text if text in ERROR_CODES else "#N/A"


def comment(errors: list[RowError]) -> Comment:
    """A comment that says what is wrong and what to do, as large as its text."""
    text = "\n".join(f"{error.message}\n{error.tip}" for error in errors)
    lines = sum(math.ceil(len(line) / _COMMENT_LINE_CHARACTERS) or 1 for line in text.split("\n"))
    height = min(_COMMENT_LINE_PX * (lines + 1), _TALLEST_COMMENT_PX)
    return Comment(cell_text(shortened(text)), "candidate-sync", height=height, width=_COMMENT_WIDTH_PX)
