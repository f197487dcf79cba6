"""Read a sheet of a workbook into chunks of text cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from sync.model import CellProblem, Chunk, Dialect
from sync.source.chunk_size import MUCH_TEXT, rows_at_a_time
from sync.source.header import Wanted, refuse_repeated, wanted_columns
from sync.source.place import cell_reference, column_letters
from sync.source.spec import SourceSpec
from sync.source.workbooks.reader import MergedCells, OpenedWorkbook, SheetRow, StyledReader
from sync.source.workbooks.sheet_choice import choose_sheet, shown_texts

if TYPE_CHECKING:  # openpyxl, in which looks are kept, takes a quarter of a second to load
    from sync.look import SheetLook

_NAMED_MERGED = 3


@dataclass
class WorkbookSource:
    """A sheet whose header is found; a `Source`.

    `mapped`: the columns that matter. `notes` tells of hidden rows and merged cells once all rows were read.
    """

    path: Path
    sheet: str | None
    header: tuple[str, ...]
    header_row: int
    notes: tuple[str, ...]
    place: int
    opened: OpenedWorkbook
    hidden_rows: Literal["include", "skip"]
    mapped: frozenset[int]
    above: tuple[tuple[str, ...], ...] = ()
    dialect: Dialect | None = None
    kind: Literal["csv", "xlsx"] = "xlsx"

    def cell_name(self, row: int, column: int) -> str:
        """The cell's name, e.g. `Candidates!D14`; `column` is 0-based."""
        return cell_reference(self.sheet, row, column)

    def reads_as(self, path: Path, dialect: Dialect) -> bool:  # noqa: ARG002
        """No delimited text is read in the form of a workbook."""
        return False

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
            while some := _some(rows, rows_at_a_time(size, len(self.header))):
                yield _chunk(some, len(self.header))
            merged = reader.merged(self.place)
        self._note(self._about_hidden(hidden), self._about_merged(merged))

    def _note(self, *notes: str) -> None:
        self.notes = (*self.notes, *(note for note in notes if note and note not in self.notes))

    def _about_merged(self, merged: Sequence[MergedCells]) -> str:
        names = [
            f"{column_letters(one.first_column)}{one.first_row}:{column_letters(one.last_column)}{one.last_row}"
            for one in merged
            if one.last_row > self.header_row
            and any(one.first_column <= column <= one.last_column for column in self.mapped)
        ]
        if not names:
            return ""
        cells, cover = ("merged cell", "covers") if len(names) == 1 else ("merged cells", "cover")
        shown = ", ".join(names[:_NAMED_MERGED]) + (", ..." if len(names) > _NAMED_MERGED else "")
        return f"{len(names)} {cells} {cover} several rows ({shown}): only the first row has the value"

    def _about_hidden(self, hidden: int) -> str:
        if not hidden:
            return ""
        rows, were = ("row", "was") if hidden == 1 else ("rows", "were")
        done = (
            "passed over" if self.hidden_rows == "skip" else "read like all others (say hidden_rows: skip if unwanted)"
        )
        return f"{hidden} hidden or filtered-out {rows} {were} {done}"


def _some(rows: Iterator[SheetRow], size: int) -> list[SheetRow]:
    """The next rows, at most `size`, and fewer when they hold so much text that a chunk of them would not be small."""
    some: list[SheetRow] = []
    text = 0
    for row in rows:
        some.append(row)
        text += sum(map(len, row.texts))
        if len(some) == size or text > MUCH_TEXT:
            break
    return some


def _chunk(rows: list[SheetRow], width: int) -> Chunk:
    texts = chain.from_iterable(row.texts + [""] * (width - len(row.texts)) for row in rows)
    cells = np.fromiter(texts, dtype=object, count=len(rows) * width).reshape(len(rows), width)
    problems = [
        CellProblem(row.number, fault.code, (fault.column,), fault.value, fault.message)
        for row in rows
        for fault in row.faults
    ]
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
        above = _above(reader.rows(choice.place), choice.header.row) if choice.header.row > 1 else ()
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
        mapped=wanted_columns(choice.header.texts, wanted),
    )
