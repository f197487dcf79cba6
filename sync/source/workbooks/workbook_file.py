"""Read a sheet of a workbook into chunks of text cells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from sync.look import SheetLook
from sync.model import CellProblem, Chunk
from sync.source.header import Wanted, refuse_repeated
from sync.source.local_file import fingerprint
from sync.source.place import cell_reference
from sync.source.spec import SourceSpec
from sync.source.workbooks.reader import SheetRow, StyledReader, WorkbookReader
from sync.source.workbooks.sheet_choice import choose_sheet, shown_texts

OpenedWorkbook = Callable[[Path], AbstractContextManager[WorkbookReader]]
"""Opens a workbook of some format for as long as it is read."""


@dataclass
class WorkbookSource:
    """A sheet whose header is found; a `Source`. `notes` tells of hidden rows once all rows were read."""

    path: Path
    sheet: str | None
    header: tuple[str, ...]
    header_row: int
    notes: tuple[str, ...]
    place: int
    opened: OpenedWorkbook
    hidden_rows: Literal["include", "skip"]
    above: tuple[tuple[str, ...], ...] = ()
    kind: Literal["csv", "xlsx"] = "xlsx"

    def fingerprint(self) -> str:
        """SHA-256 of the file's bytes, as they are now."""
        return fingerprint(self.path)

    def cell_name(self, row: int, column: int) -> str:
        """The cell's name, e.g. `Candidates!D14`; `column` is 0-based."""
        return cell_reference(self.sheet, row, column)

    def look(self, rows: Collection[int]) -> SheetLook | None:
        """How the sheet looks at the header, above it, and in `rows`; None where its format does not tell.

        Raises SourceError when what describes it is damaged.
        """
        width = max(len(self.header), *map(len, self.above), 1)
        with self.opened(self.path) as reader:
            if not isinstance(reader, StyledReader):
                return None
            return reader.look(self.place, {*range(1, self.header_row + 1), *rows}, width)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The rows below the header that are not blank, at most `size` a chunk.

        Raises SourceError when the workbook turns out to be damaged.
        """
        hidden = 0

        def due(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
            nonlocal hidden
            for row in rows:
                if row.number <= self.header_row or row.blank:
                    continue
                hidden += row.hidden
                if not (row.hidden and self.hidden_rows == "skip"):
                    yield row

        with self.opened(self.path) as reader:
            rows = due(reader.rows(self.place, len(self.header)))
            while some := list(islice(rows, size)):
                yield _chunk(some, len(self.header))
        self._note_hidden(hidden)

    def _note_hidden(self, hidden: int) -> None:
        if not hidden:
            return
        rows, were = ("row", "was") if hidden == 1 else ("rows", "were")
        done = (
            "passed over" if self.hidden_rows == "skip" else "read like all others (say hidden_rows: skip if unwanted)"
        )
        note = f"{hidden} hidden or filtered-out {rows} {were} {done}"
        if note not in self.notes:
            self.notes = (*self.notes, note)


def _chunk(rows: list[SheetRow], width: int) -> Chunk:
    cells = np.full((len(rows), width), "", dtype=object)
    problems: list[CellProblem] = []
    for i, row in enumerate(rows):
        cells[i, : len(row.texts)] = row.texts
        problems.extend(
            CellProblem(row.number, fault.code, (fault.column,), fault.value, fault.message) for fault in row.faults
        )
    index = pd.Index([row.number for row in rows])
    return Chunk(pd.DataFrame(cells, index=index, columns=range(width), dtype=object), tuple(problems))


def _above(rows: Iterable[SheetRow], header_row: int) -> tuple[tuple[str, ...], ...]:
    """The texts of the rows above the header, one after the other, blank ones empty."""
    stored = {row.number: tuple(shown_texts(row)) for row in takewhile(lambda row: row.number < header_row, rows)}
    return tuple(stored.get(number, ()) for number in range(1, header_row))


def open_workbook(path: Path, spec: SourceSpec, wanted: Wanted, opened: OpenedWorkbook) -> WorkbookSource:
    """Find the sheet and its header. Raises SourceError, MissingColumns among them."""
    with opened(path) as reader:
        choice = choose_sheet(path, reader, spec, wanted)
        notes = (*choice.notes, *reader.notes)
        above = _above(reader.rows(choice.place), choice.header.row)
    refuse_repeated(path, choice.name, choice.header, wanted)
    return WorkbookSource(
        path=path,
        sheet=choice.name,
        header=choice.header.texts,
        header_row=choice.header.row,
        notes=notes,
        above=above,
        place=choice.place,
        opened=opened,
        hidden_rows=spec.hidden_rows,
    )
