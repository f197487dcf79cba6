"""The reader of .xlsx and .xlsm workbooks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SourceError
from sync.look import SheetLook
from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow
from sync.source.workbooks.xlsx_look import sheet_look
from sync.source.workbooks.xlsx_rows import sheet_rows
from sync.source.workbooks.xlsx_workbook import read_workbook
from sync.source.workbooks.xml_parts import Parts, opened_parts


class XlsxReader:
    """An open .xlsx; a `WorkbookReader`."""

    def __init__(self, path: Path, parts: Parts) -> None:
        self._path = path
        self._parts = parts
        self._workbook = read_workbook(path, parts)
        self.sheets: tuple[Sheet, ...] = self._workbook.sheets
        self.notes: tuple[str, ...] = ()
        self._merged: dict[int, list[MergedCells]] = {}

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        part = self._workbook.parts[sheet]
        if part is not None and part not in self._parts:
            name = self.sheets[sheet].name
            raise SourceError(
                self._path, f"is a damaged workbook (the cells of sheet {name!r} are missing): get the file again"
            )
        merged = self._merged[sheet] = []
        return iter(()) if part is None else sheet_rows(self._parts, part, self._workbook, width, merged)

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The merged cells of the sheet; see `WorkbookReader`."""
        return self._merged.get(sheet, ())

    def look(self, sheet: int, rows: Collection[int], width: int) -> SheetLook | None:
        """How the sheet looks; see `StyledReader`."""
        part = self._workbook.parts[sheet]
        return None if part is None else sheet_look(self._parts, part, rows, width)


@contextmanager
def opened_xlsx(path: Path) -> Iterator[XlsxReader]:
    """The workbook, for as long as it is read. Raises SourceError when it, or what is read meanwhile, is damaged."""
    with opened_parts(path) as parts:
        yield XlsxReader(path, parts)
