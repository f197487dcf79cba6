"""Read a workbook in a process of its own, so that no file takes the program down: see `worker` for the other side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sync.source.workbooks.answers import look_of, merged_of, notes_of, rows_of, sheets_of
from sync.source.workbooks.child_process import ChildProcess, started
from sync.source.workbooks.limits import Limits, limits_in_force
from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow

if TYPE_CHECKING:
    from sync.look import SheetLook


@contextmanager
def opened_in_child(path: Path, limits: Limits | None = None) -> Iterator[ChildReader]:
    """The workbook of whatever format, for as long as it is read; `limits`: by default those in force.

    Raises SourceError when it is none, is damaged, or costs more than it may.
    """
    limits = (limits or limits_in_force()).for_file(path.stat().st_size)
    with started(path, limits) as process:
        process.send({"path": str(path.absolute()), "memory": limits.memory, "processor_s": limits.processor_s})
        yield ChildReader(process)


class ChildReader:
    """The workbook in the other process; a `WorkbookReader`. One sheet is read at a time."""

    def __init__(self, process: ChildProcess) -> None:
        self._process = process
        self.pid = process.pid
        answer = process.answer()
        with process.listened_to():
            self.notes = notes_of(answer)

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets; see `WorkbookReader`. Asked for when needed: in some formats they cost a reading of the file."""
        result = self._one("sheets")
        with self._process.listened_to():
            return sheets_of(result)

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        above = 0
        for result in self._process.results("rows", sheet=sheet, width=width):
            with self._process.listened_to():
                rows = rows_of(result, width, above)
            above = rows[-1].number if rows else above
            yield from rows

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The merged cells of the sheet; see `WorkbookReader`."""
        result = self._one("merged", sheet=sheet)
        with self._process.listened_to():
            return merged_of(result)

    def look(self, sheet: int, rows: Collection[int], width: int) -> SheetLook | None:
        """How the sheet looks; see `StyledReader`. None where its format does not tell."""
        pieces = list(self._process.results("look", sheet=sheet, rows=sorted(rows), width=width))
        with self._process.listened_to():
            return look_of(pieces) if pieces else None

    def _one(self, operation: str, **arguments: object) -> Any:  # noqa: ANN401 - checked by whoever asks
        return next(self._process.results(operation, **arguments), None)
