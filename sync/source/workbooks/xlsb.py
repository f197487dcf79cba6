"""The reader of .xlsb workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow
from sync.source.workbooks.xlsb_rows import sheet_rows
from sync.source.workbooks.xlsb_workbook import read_workbook
from sync.source.workbooks.xml_parts import Parts, opened_parts


class XlsbReader:
    """An open .xlsb; a `WorkbookReader`."""

    def __init__(self, path: Path, parts: Parts) -> None:
        self._parts = parts
        self._workbook = read_workbook(path, parts)
        self.sheets: tuple[Sheet, ...] = self._workbook.sheets
        self._merged: dict[int, list[MergedCells]] = {}
        self.notes: tuple[str, ...] = ()

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        part = self._workbook.parts[sheet]
        if part is None:
            return iter(())
        merged = self._merged[sheet] = []
        return sheet_rows(self._parts, part, self._workbook, width, merged)

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The sheet's merged cells of more than one row, as far as they are known: once its rows were read."""
        return self._merged.get(sheet, ())


@contextmanager
def opened_xlsb(path: Path) -> Iterator[XlsbReader]:
    """The workbook, for as long as it is read. Raises SourceError when it, or what is read meanwhile, is damaged."""
    with opened_parts(path) as parts:
        yield XlsbReader(path, parts)
