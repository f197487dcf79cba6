"""The workbook around the sheet of failed.xlsx: its theme and default font, and the sheets before it."""

from __future__ import annotations

from copy import copy

from openpyxl import Workbook
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.errors import IgnoredError, IgnoredErrors

from sync.look import SheetLook
from sync.report.xlsx_layout import DEFAULT_FONT
from sync.report.xlsx_text import sheet_name


class _WithoutTriangles(WorksheetWriter):
    """Says that digits kept as text are meant so; else a program would put a warning at each such cell."""

    def write_drawings(self) -> None:
        whole = MultiCellRange("A1:XFD1048576")
        error = IgnoredError(sqref=whole, numberStoredAsText=True, twoDigitTextYear=True)
        self.xf.send(IgnoredErrors(ignoredError=[error]).to_tree())
        super().write_drawings()


def new_book(look: SheetLook | None) -> Workbook:
    """An empty workbook that is written row by row, with the theme and default font of the look."""
    book = Workbook(write_only=True)
    if look is not None and look.theme is not None:
        book.loaded_theme = look.theme
    # Widths of columns are counted in the digits of this font; openpyxl has no public way to name it.
    font = copy(look.font) if look is not None and look.font is not None else DEFAULT_FONT
    book._fonts = IndexedList([font])  # type: ignore[attr-defined]  # noqa: SLF001
    book._named_styles["Normal"].font = copy(font)  # type: ignore[attr-defined]  # noqa: SLF001
    return book


def add_sheet(book: Workbook, name: str | None, number: int) -> WriteOnlyWorksheet:
    """The sheet of this name at the place `number`, from 1: empty ones stand before it, and it is the one shown."""
    title = sheet_name(name)
    for place in range(1, number):
        book.create_sheet(f"Empty {place} before {title}"[:31])
    sheet = book.create_sheet(title)
    assert isinstance(sheet, WriteOnlyWorksheet)  # noqa: S101 (it is, in a book that is only written)
    book.active = sheet  # type: ignore[assignment]  # any sheet of the book can be
    return sheet


def quiet(sheet: WriteOnlyWorksheet) -> None:
    """Let the sheet be written without warnings about digits; to be called once its columns and view are set."""
    writer = _WithoutTriangles(sheet)
    writer.write_top()
    sheet._writer = writer  # type: ignore[attr-defined]  # noqa: SLF001 (openpyxl has no public place for it)
