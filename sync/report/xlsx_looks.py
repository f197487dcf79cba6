"""The looks of failed.xlsx: the owner's own, those of wrong cells, and those of the product's own columns."""

from __future__ import annotations

from copy import copy

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from sync.look import CellLook

_TEXT = "@"
_MARK, _MARK_TEXT = PatternFill("solid", fgColor="FFFFC7CE"), Color("FF9C0006")
"""As spreadsheet programs paint what they call bad: it can be read whatever the cell looked like before."""
_THIN = Side("thin", Color("FFD0D7DE"))
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def own_head(font: Font) -> CellLook:
    """The look of the header above the product's own columns, which is no sheet owner's."""
    return CellLook(
        _bold(font, Color("FFFFFFFF")),
        PatternFill("solid", fgColor="FF44546A"),
        _LINE,
        Alignment(vertical="center", wrap_text=True),
    )


def own_cell(font: Font) -> CellLook:
    """The look of the product's own columns."""
    return CellLook(font, PatternFill("solid", fgColor="FFF3F5F8"), _LINE, Alignment(vertical="top", wrap_text=True))


def plain_head(font: Font) -> CellLook:
    """The look of a header that has none of its own."""
    return CellLook(font=_bold(font, font.color), alignment=Alignment(vertical="center", wrap_text=True))


def _bold(font: Font, colour: Color | None) -> Font:
    bold = copy(font)
    bold.b, bold.color = True, colour
    return bold


def marked(look: CellLook) -> CellLook:
    """The look of a wrong cell: the same, in the colours of what is bad."""
    font = copy(look.font)
    font.color = _MARK_TEXT
    return CellLook(font, _MARK, look.border, look.alignment)


def unmarked(look: CellLook) -> CellLook:
    """The look without the colours of what is bad: what an earlier report marked may be right by now."""
    if look.fill != _MARK or look.font.color != _MARK_TEXT:
        return look
    font = copy(look.font)
    font.color = None
    return CellLook(font, PatternFill(), look.border, look.alignment)


def at_top(look: CellLook) -> CellLook:
    """The look with the text at the top unless it says otherwise, as the words beside it can make a row tall."""
    alignment = copy(look.alignment)
    alignment.vertical = alignment.vertical or "top"
    return CellLook(look.font, look.fill, look.border, alignment)


def style_number(sheet: WriteOnlyWorksheet, look: CellLook) -> str:
    """The number under which the sheet's workbook has cells of this look that hold text."""
    cell = WriteOnlyCell(sheet)
    cell.font, cell.fill, cell.border, cell.alignment = look.font, look.fill, look.border, look.alignment
    cell.number_format = _TEXT
    return str(cell.style_id)
