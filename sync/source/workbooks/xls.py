"""The reader of .xls workbooks, as Excel 5 to 2003 wrote them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SourceError
from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow
from sync.source.workbooks.xls_records import workbook_stream
from sync.source.workbooks.xls_rows import formulas_computed, sheet_rows
from sync.source.workbooks.xls_workbook import read_workbook

_DAMAGE = (ValueError, IndexError, struct.error)
"""What the reading of records raises on damaged files."""

_UNCOMPUTED = (
    "this .xls does not tell whether its formulas were ever computed: where one shows 0 or nothing, check the cell, "
    "or open the file in Excel and save it"
)


class XlsReader:
    """An open .xls; a `WorkbookReader`."""

    def __init__(self, path: Path) -> None:
        self._stream = workbook_stream(path)
        self._workbook = read_workbook(path, self._stream)
        self.sheets: tuple[Sheet, ...] = tuple(self._workbook.sheets)
        # Where nobody says that the formulas were computed, and none has a result, none was.
        computed = True if self._workbook.recalculated else formulas_computed(self._stream, self._workbook)
        self._computed = computed is not False
        self._merged: dict[int, list[MergedCells]] = {}
        self.notes: tuple[str, ...] = (_UNCOMPUTED,) if computed and not self._workbook.recalculated else ()

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        start = self._workbook.starts[sheet]
        if start is None:
            return iter(())
        merged = self._merged[sheet] = []
        return sheet_rows(self._stream, self._workbook, start, width, merged, computed=self._computed)

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The sheet's merged cells of more than one row, as far as they are known: once its rows were read."""
        return self._merged.get(sheet, ())


@contextmanager
def opened_xls(path: Path) -> Iterator[XlsReader]:
    """The workbook, for as long as it is read. Raises SourceError when it, or what is read meanwhile, is damaged."""
    try:
        yield XlsReader(path)
    except _DAMAGE as error:
        raise SourceError(
            path, f"is a damaged workbook ({error}): open it in Excel, save it again as .xlsx, or get the file again"
        ) from error
