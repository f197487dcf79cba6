"""Open delimited text as a table: its dialect, its header, and its rows in chunks of text cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sync.errors import SourceError
from sync.headers import normalise_header
from sync.model import Chunk, Dialect
from sync.source.chunk_size import MOST_COLUMNS, rows_at_a_time
from sync.source.comments import is_comment
from sync.source.csv_chunk import TEXT_FORMULA, RowShape, unguarded, with_texts_of_formulas
from sync.source.csv_dialect import find_dialect
from sync.source.csv_records import read_portions, same_text
from sync.source.header import SEARCHED_ROWS, HeaderRow, Wanted, find_header, missing_columns, refuse_repeated
from sync.source.local_file import holds
from sync.source.place import cell_reference
from sync.source.spec import SourceSpec

_OWN_COLUMN = "sync_row"
"""Where this stands in the header, the product wrote the file and made its formulas harmless."""


@dataclass
class CsvSource:
    """A CSV whose header is found; a `Source`. `notes` tells of comment lines once all rows were read.

    `comments_above`: those above the header. `spec` and `wanted` are what the mapping says about such files.
    """

    path: Path
    header: tuple[str, ...]
    header_row: int
    above: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    dialect: Dialect
    shape: RowShape
    comments_above: int
    spec: SourceSpec
    wanted: Wanted
    kind: Literal["csv", "xlsx"] = "csv"
    sheet: str | None = None

    def cell_name(self, row: int, column: int) -> str:
        """The cell's name, e.g. `D14`: `row` is the record's number, `column` 0-based."""
        return cell_reference(self.sheet, row, column)

    def reads_as(self, path: Path, dialect: Dialect) -> bool:
        """Whether this mapping would have the file's text and cells read just as the dialect says."""
        try:
            found = find_dialect(path, self.spec, self.wanted).dialect
            return _divides_as(found, dialect) and same_text(path, found, dialect)
        except SourceError:
            return False

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The records below the header, `size` a chunk less those that are blank or a comment.

        Raises SourceError when the bytes are not of the encoding, or a record is not CSV.
        """
        comments = self.comments_above
        size = rows_at_a_time(size, len(self.header))
        for portion in read_portions(self.path, self.dialect, size, skipped=self.header_row):
            chunk, passed_over = self.shape.chunk(portion)
            comments += passed_over
            if len(chunk.frame):
                yield chunk
        self._note_comments(comments)

    def _note_comments(self, comments: int) -> None:
        if not comments:
            return
        were = "comment line was" if comments == 1 else "comment lines were"
        note = f"{comments} {were} passed over: they begin with # and are no rows"
        if note not in self.notes:
            self.notes = (*self.notes, note)


_OF_FORMULAS = 'cells such as ="00123" are read as a spreadsheet shows them: 00123'


def _divides_as(dialect: Dialect, other: Dialect) -> bool:
    return (dialect.delimiter, dialect.quote, dialect.escape, dialect.spaced) == (
        other.delimiter,
        other.quote,
        other.escape,
        other.spaced,
    )


def open_csv(path: Path, spec: SourceSpec, wanted: Wanted) -> CsvSource:
    """Find the dialect and the header. Raises SourceError, MissingColumns among them."""
    found = find_dialect(path, spec, wanted)
    dialect = found.dialect
    top = _top(path, dialect, spec.header or SEARCHED_ROWS)
    text_formulas = _holds_text_formulas(path, dialect)
    if text_formulas:
        top = [with_texts_of_formulas(record) for record in top]
    header = _header(path, top, dialect, spec, wanted)
    record = top[header.row - 1]
    above = top[int(dialect.stated) : header.row - 1]
    shape = RowShape(
        delimiter=dialect.delimiter,
        header=header.texts,
        own_width=_own_width(header.texts),
        guarded=_is_own(record),
        text_formulas=text_formulas,
    )
    return CsvSource(
        path=path,
        header=header.texts,
        header_row=header.row,
        above=tuple(map(tuple, above)),
        notes=(*found.notes, *([_OF_FORMULAS] if text_formulas else [])),
        dialect=dialect,
        shape=shape,
        comments_above=sum(is_comment(record, len(header.texts)) for record in above),
        spec=spec,
        wanted=wanted,
    )


def _top(path: Path, dialect: Dialect, count: int) -> list[list[str]]:
    """The first `count` records, as far as there are so many."""
    top: list[list[str]] = []
    for portion in read_portions(path, dialect, count):
        top += portion.records
        if len(top) >= count:
            break
    return top[:count]


def _holds_text_formulas(path: Path, dialect: Dialect) -> bool:
    """Whether a cell begins as `="00123"` does, bare or quoted."""
    return any(
        holds(path, f"{before}{form}".encode(dialect.encoding))
        for before in (dialect.delimiter, "\n", "\r")
        for form in (TEXT_FORMULA, '"=""')
    )


def _header(path: Path, top: list[list[str]], dialect: Dialect, spec: SourceSpec, wanted: Wanted) -> HeaderRow:
    rows = [(number, unguarded(record) if _is_own(record) else record) for number, record in enumerate(top, start=1)]
    if not wanted and spec.header is None:
        rows = [(number, record) for number, record in rows if not is_comment(record, 0)] or rows
    header = find_header(rows[1:] if dialect.stated else rows, spec.header, wanted)
    if header is None:
        where = f"row {spec.header} is" if spec.header else f"the first {SEARCHED_ROWS} rows are"
        raise SourceError(path, f"has no header: {where} blank; say source.header in the mapping")
    if len(header.texts) > MOST_COLUMNS:
        raise SourceError(
            path, f"has over {MOST_COLUMNS:,} columns, more than a spreadsheet can have: correct row {header.row}"
        )
    if header.missing:
        raise missing_columns(path, None, header, wanted, given=spec.header is not None)
    refuse_repeated(path, None, header, wanted)
    return header


def _own_width(header: tuple[str, ...]) -> int:
    """How many columns stand before those that this product has added."""
    names = [normalise_header(text) for text in header]
    return names.index(_OWN_COLUMN) if _OWN_COLUMN in names else len(names)


def _is_own(record: list[str]) -> bool:
    return any(normalise_header(cell) == _OWN_COLUMN for cell in record)
