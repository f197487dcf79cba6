"""The workbook around failed.xlsx: its theme and default font, its sheets, and how rows get into one."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.errors import IgnoredError, IgnoredErrors

from sync.look import SheetLook
from sync.report.xlsx_cells import Element
from sync.report.xlsx_layout import DEFAULT_FONT
from sync.sheet_name import excel_sheet_name


class _RowStream(WorksheetWriter):
    """Writes ready `row` elements, in well under half the time of openpyxl's own cells (measured: 4.3 s to 10.9 s).

    It also says that digits kept as text are meant so; else a program would put a warning at each such cell.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, rows: Iterator[Element]) -> None:
        super().__init__(sheet)
        self._rows = rows

    def write_rows(self) -> None:
        stream: Any = self.xf.send(True)  # noqa: FBT003 (so openpyxl's writer asks for the stream itself)
        with stream.element("sheetData"):
            for row in self._rows:
                stream.write(row)
        self.xf.send(None)

    def write_drawings(self) -> None:
        error = IgnoredError(sqref=MultiCellRange("A1:XFD1048576"), numberStoredAsText=True, twoDigitTextYear=True)
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
    title = excel_sheet_name(name or "Failed rows")
    for place in range(1, number):
        book.create_sheet(excel_sheet_name(f"Empty {place} before {title}"))
    sheet = one_more(book, title)
    book.active = sheet  # type: ignore[assignment]  # any sheet of the book can be
    return sheet


def one_more(book: Workbook, title: str) -> WriteOnlyWorksheet:
    """A new sheet behind those that the book has."""
    sheet = book.create_sheet(title)
    assert isinstance(sheet, WriteOnlyWorksheet)  # noqa: S101 (it is, in a book that is only written)
    return sheet


def set_rows(sheet: WriteOnlyWorksheet, rows: Iterator[Element]) -> None:
    """Have these rows written when the book is saved; to be called once the sheet's columns and view are set."""
    writer = _RowStream(sheet, rows)
    writer.write_top()
    sheet._writer = writer  # type: ignore[attr-defined]  # noqa: SLF001 (openpyxl has no public place for it)
