"""The reader of .ods workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sync.errors import SourceError
from sync.source.workbooks.ods_rows import CONTENT, SheetsInTurn, sheet_rows, sheets_of
from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow
from sync.source.workbooks.xml_parts import Parts, opened_parts


class OdsReader:
    """An open .ods; a `WorkbookReader`."""

    def __init__(self, path: Path, parts: Parts) -> None:
        if CONTENT not in parts:
            raise SourceError(path, "is a damaged workbook (its main part is missing): get the file again")
        self._parts = parts
        self._path = path
        self._reading: SheetsInTurn | None = None
        self._merged: dict[int, list[MergedCells]] = {}
        self.notes: tuple[str, ...] = ()

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets, for which the whole file is passed over: found when they are first asked for."""
        if sheets := sheets_of(self._parts):
            return sheets
        raise SourceError(self._path, "has no sheets: give a .csv file or an .xlsx workbook")

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        merged = self._merged[sheet] = []
        if self._reading is None or self._reading.place >= sheet:
            self._reading = SheetsInTurn(self._parts)
        return sheet_rows(self._reading, sheet, width, merged)

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The sheet's merged cells of more than one row, as far as they are known: once its rows were read."""
        return self._merged.get(sheet, ())


@contextmanager
def opened_ods(path: Path) -> Iterator[OdsReader]:
    """The workbook, for as long as it is read. Raises SourceError when it, or what is read meanwhile, is damaged."""
    with opened_parts(path) as parts:
        yield OdsReader(path, parts)
