"""Read delimited text into chunks of text cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from sync.errors import SourceError
from sync.formula_guard import unguard_formula
from sync.headers import normalise_header
from sync.model import CellProblem, Chunk
from sync.source.csv_records import Dialect, find_dialect, read_records
from sync.source.delimiter import delimiter_name
from sync.source.header import SEARCHED_ROWS, Wanted, find_header, missing_columns, refuse_repeated
from sync.source.local_file import fingerprint
from sync.source.place import cell_reference
from sync.source.spec import SourceSpec

_OWN_COLUMN = "sync_row"
"""Where this stands in the header, the product wrote the file and made its formulas harmless."""


@dataclass
class CsvSource:
    """A CSV whose header is found; a `Source`.

    `record_width`: cells of the header's record, the blank ones at its end included. `guarded`: cells that look
    like formulas were made harmless by this product.
    """

    path: Path
    header: tuple[str, ...]
    header_row: int
    notes: tuple[str, ...]
    dialect: Dialect
    record_width: int
    guarded: bool
    above: tuple[tuple[str, ...], ...] = ()
    kind: Literal["csv", "xlsx"] = "csv"
    sheet: str | None = None

    @property
    def delimiter(self) -> str:
        """The character that divides cells, for whoever writes rows back in the file's own form."""
        return self.dialect.delimiter

    def fingerprint(self) -> str:
        """SHA-256 of the file's bytes, as they are now."""
        return fingerprint(self.path)

    def cell_name(self, row: int, column: int) -> str:
        """The cell's name, e.g. `D14`: `row` is the record's number, `column` 0-based."""
        return cell_reference(self.sheet, row, column)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The records below the header, `size` a chunk less those that are blank.

        Raises SourceError when the bytes are not of the encoding, or a record is not CSV.
        """
        below = islice(read_records(self.path, self.dialect), self.header_row, None)
        first_row = self.header_row + 1
        while records := list(islice(below, size)):
            if self.guarded:
                records = [_unguarded(record) for record in records]
            chunk = self._chunk(records, first_row)
            first_row += len(records)
            if len(chunk.frame):
                yield chunk

    def _chunk(self, records: list[list[str]], first_row: int) -> Chunk:
        """Even out the few records that are not as wide as the header, and leave the blank ones out."""
        width = len(self.header)
        problems: list[CellProblem] = []
        blank: set[int] = set()
        # The first cell alone tells nearly always that a record is not blank.
        odd = [i for i, record in enumerate(records) if len(record) != width or not record[0] or record[0].isspace()]
        for i in odd:
            if _is_blank(records[i]):
                blank.add(i)
                continue
            if problem := self._ragged(records[i], first_row + i):
                problems.append(problem)
            records[i] = (records[i] + [""] * width)[:width]
        rows: Sequence[int] = range(first_row, first_row + len(records))
        if blank:
            records = [record for i, record in enumerate(records) if i not in blank]
            rows = [row for i, row in enumerate(rows) if i not in blank]
        cells = np.array(records, dtype=object).reshape(len(records), width)
        return Chunk(pd.DataFrame(cells, index=pd.Index(rows), columns=range(width), dtype=object), tuple(problems))

    def _ragged(self, record: list[str], row: int) -> CellProblem | None:
        """What is wrong with the record's width; empty cells behind the header's last are nothing wrong."""
        beyond = record[self.record_width :]
        if any(cell.strip() for cell in beyond):
            message = f"the line has {len(record)} cells, the header {self.record_width}: quote cells that hold "
            return CellProblem(
                row, "ragged-row", None, ", ".join(beyond), message + delimiter_name(self.dialect.delimiter) + "s"
            )
        if len(record) < len(self.header):
            message = f"the line has {len(record)} cells, the header {len(self.header)}: complete the line"
            return CellProblem(row, "ragged-row", tuple(range(len(record), len(self.header))), "", message)
        return None


def open_csv(path: Path, spec: SourceSpec, wanted: Wanted) -> CsvSource:
    """Find the dialect and the header. Raises SourceError, MissingColumns among them."""
    dialect = find_dialect(path, spec, wanted)
    top = list(islice(read_records(path, dialect), spec.header or SEARCHED_ROWS))
    rows = [(number, _unguarded(record) if _is_own(record) else record) for number, record in enumerate(top, start=1)]
    found = find_header(rows[1:] if dialect.stated else rows, spec.header, wanted)
    if found is None:
        where = f"row {spec.header} is" if spec.header else f"the first {SEARCHED_ROWS} rows are"
        raise SourceError(path, f"has no header: {where} blank; say source.header in the mapping")
    if found.missing:
        raise missing_columns(path, None, found, given=spec.header is not None)
    refuse_repeated(path, None, found, wanted)
    record = top[found.row - 1]
    return CsvSource(path, found.texts, found.row, _notes(dialect), dialect, len(record), _is_own(record))


def _notes(dialect: Dialect) -> tuple[str, ...]:
    codec = dialect.encoding.codec.upper().removesuffix("-SIG")
    read = f"read as {codec} with {delimiter_name(dialect.delimiter)} as the delimiter"
    if not dialect.encoding.guessed:
        return (read,)
    return (read, f"{codec} is a guess: check letters with accents, or say source.encoding in the mapping")


def _is_own(record: list[str]) -> bool:
    return any(normalise_header(cell) == _OWN_COLUMN for cell in record)


def _unguarded(record: list[str]) -> list[str]:
    return [unguard_formula(cell) if cell[:1] == "'" else cell for cell in record]


def _is_blank(record: list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in record)
