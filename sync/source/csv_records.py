"""Stream the records of delimited text, and say in plain words which line is not CSV."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TextIO

from sync.errors import SourceError
from sync.model import Dialect
from sync.source.bad_bytes import undecodable
from sync.source.chunk_size import MUCH_CELLS, MUCH_TEXT
from sync.source.csv_cells import quoted_cells, records_of
from sync.source.local_file import holds, reading

LARGEST_CELL = 1 << 24
"""Characters; more than any file in base64 that the API takes, so what is longer is an unclosed quote."""

_BLOCK = 1 << 16
_MOST_DELIMITERS = 2 * MUCH_CELLS
_AT_A_TIME = 16
"""Records; how much of the file was read is asked after as many, as asking after each would double the time."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Consecutive records, blank ones as empty lists, the first one's number, and whether any has several lines."""

    records: list[list[str]]
    first: int
    several_lines: bool


@contextmanager
def opened_text(path: Path, dialect: Dialect) -> Iterator[TextIO]:
    """The file's text behind its byte order mark, by lines as the dialect ends them."""
    line_end = "" if dialect.mixed_ends else "\r" if dialect.line_end == "\r" else "\n"
    with reading(path), path.open(encoding=dialect.encoding, newline=line_end) as text:
        try:
            text.read(int(dialect.marked))
            yield text
        except UnicodeError as error:
            raise undecodable(path, dialect.encoding) from error


def read_portions(path: Path, dialect: Dialect, size: int, *, skipped: int = 0) -> Iterator[Portion]:
    """All records from the top but the first `skipped`, at most `size` a portion, and fewer when they are long.

    Raises SourceError with the line, or the byte, that cannot be read.
    """
    csv.field_size_limit(LARGEST_CELL)
    with opened_text(path, dialect) as text:
        delimiters = _Counted(path, text, dialect.delimiter)
        records = records_of(delimiters.lines(), dialect)
        try:
            for _ in islice(records, skipped):
                delimiters.count = 0
            first, line = skipped + 1, records.line_num
            while portion := _next_records(records, size, text.buffer, delimiters):
                yield Portion(portion, first, records.line_num - line > len(portion))
                first, line = first + len(portion), records.line_num
        except csv.Error as error:
            raise _not_csv(path, dialect, str(error), records.line_num) from error


class _Counted:
    """Lines of a text of which the delimiters are counted, so that not even one record takes all the memory."""

    def __init__(self, path: Path, text: TextIO, delimiter: str) -> None:
        self.count = 0
        self._path = path
        self._text = text
        self._delimiter = delimiter

    def lines(self) -> Iterator[str]:
        """The lines. Raises SourceError when far more delimiters come than `count` was set back for."""
        delimiter = self._delimiter
        for line in self._text:
            self.count += line.count(delimiter)
            if self.count > _MOST_DELIMITERS:
                raise SourceError(
                    self._path, "has more delimiters in a few lines than any table: save it again as CSV, or mend it"
                )
            yield line


def _next_records(records: Iterator[list[str]], size: int, file: BinaryIO, delimiters: _Counted) -> list[list[str]]:
    portion: list[list[str]] = []
    end, cells = file.tell() + MUCH_TEXT, 0
    while len(portion) < size and (some := list(islice(records, min(_AT_A_TIME, size - len(portion))))):
        portion += some
        cells += delimiters.count
        delimiters.count = 0
        if file.tell() > end or cells > MUCH_CELLS:
            break
    return portion


def same_text(path: Path, one: Dialect, other: Dialect) -> bool:
    """Whether the file is the same text in both encodings. Raises SourceError when it is none in one of them."""
    if (one.encoding, one.marked) == (other.encoding, other.marked):
        return True
    with opened_text(path, one) as first, opened_text(path, other) as second:
        while block := first.read(_BLOCK):
            if block != second.read(_BLOCK):
                return False
        return not second.read(1)


def with_escapes(path: Path, dialect: Dialect) -> Dialect:
    """The dialect with a backslash before quotes, where the whole file can be read so and not with doubled quotes."""
    if not holds(path, f"\\{dialect.quote}".encode(dialect.encoding)) or _reads(path, dialect):
        return dialect
    escaped = replace(dialect, escape="\\")
    return escaped if _reads(path, escaped) else dialect


def _reads(path: Path, dialect: Dialect) -> bool:
    csv.field_size_limit(LARGEST_CELL)
    with opened_text(path, dialect) as text, suppress(csv.Error):
        delimiters = _Counted(path, text, dialect.delimiter)
        for _ in records_of(delimiters.lines(), dialect):
            delimiters.count = 0
        return True
    return False


def _not_csv(path: Path, dialect: Dialect, error: str, line: int) -> SourceError:
    quote = dialect.quote
    if "new-line character" in error:
        return SourceError(path, f"line {line}: a line break (CR or LF) stands within a cell without quotes: remove it")
    opens = _line_of_broken_cell(path, dialect)
    if "expected after" in error:
        reason = f"line {line}: text stands behind the closing quote of a cell: write a quote ({quote}) in a cell twice"
        return SourceError(path, reason + (f", or close the one that opens in line {opens}" if opens < line else ""))
    if "unexpected end" in error:
        return SourceError(
            path, f"line {opens}: the quote ({quote}) that opens a cell is never closed: close or remove it"
        )
    if "field limit" in error:
        reason = f"a cell has over {LARGEST_CELL >> 20} million characters: close the quote ({quote}) that opens it"
        return SourceError(path, f"line {opens}: {reason}, or shorten it")
    return SourceError(path, f"line {line}: {error}: correct it in the file")


def _line_of_broken_cell(path: Path, dialect: Dialect) -> int:
    """The line in which the first cell begins that breaks the rules of quoting; found by reading once more."""
    above = 0
    with opened_text(path, dialect) as text, suppress(csv.Error):
        records = records_of(text, dialect)
        for _ in records:
            above = records.line_num
    with opened_text(path, dialect) as text:
        deque(islice(text, above), maxlen=0)
        record = text.read(2 * LARGEST_CELL)
    start = 0
    for _, end in quoted_cells(record, dialect):
        if end - start > LARGEST_CELL:
            break
        start = end
    line_end = r"\r\n|\r|\n" if dialect.mixed_ends else "\r" if dialect.line_end == "\r" else "\n"
    return above + 1 + len(re.findall(line_end, record[:start]))
