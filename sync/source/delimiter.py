"""Find a CSV's delimiter: stated by the mapping or the file, else by the header it yields, else by how well it divides.

The weights were chosen on some 400 files of other projects, where csv.Sniffer is right on three of four.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.source.cell_likeness import likeness
from sync.source.comments import is_comment
from sync.source.header import Wanted, find_header
from sync.source.spec import SourceSpec

_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " "}
_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe", " ": "space"}
NO_DELIMITER = "\x1f"
"""Stands for the delimiter of a file of one column, whose values hold commas; no text has this character."""

_COMMONNESS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 0.97, "^": 0.8, "~": 0.8, "\x01": 0.8, "§": 0.8, "¦": 0.8}
_RARE = {":": 0.4, " ": 0.45, "!": 0.4}
"""They stand in ordinary text as well: without a header that fits, they need several columns and even rows."""
_CANDIDATES = _COMMONNESS | _RARE

_STATED = re.compile(r'"?sep=([^\r\n"]|\\t)"?[,;\t]*[\r\n]', re.IGNORECASE)
"""Excel's own first line, which says the delimiter and is no row of the table."""
_OWN = re.compile(r'sync_row"?([^"\w\r\n])"?sync_code')
"""In a file that this product wrote, the names of its own columns show the delimiter."""

_MOST_RECORDS = 300
_LEAST_ROWS, _LEAST_WIDTH = 3, 3
_MOST_CELLS = 3_000
_TITLE_ABOVE = 0.8
_BROKEN_QUOTES = 0.5
_ONE_COLUMN = 0.05
_CLEARLY = 0.8
"""Share of the best merit below which the next delimiter counts as beaten."""


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A delimiter, why it is this one, for people, and how good a guess it is; None where it is certain."""

    char: str
    reason: str
    likely: bool | None = None


def delimiter_name(delimiter: str) -> str:
    """The delimiter's name for people."""
    return _NAMES.get(delimiter, repr(delimiter))


def stated_delimiter(sample: str) -> str | None:
    """The delimiter that a first line `sep=;` states."""
    match = _STATED.match(sample)
    return _WORDS.get(match[1], match[1]) if match else None


def given_delimiter(path: Path, given: str) -> str:
    """The character that the mapping names. Raises SourceError when it cannot divide cells."""
    delimiter = _WORDS.get(given.strip().lower(), given)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise SourceError(path, f"{given!r} cannot be a delimiter: say one character, or tab, comma, semicolon or pipe")
    return delimiter


def find_delimiter(path: Path, spec: SourceSpec, sample: str, wanted: Wanted, *, cut: bool) -> Delimiter:
    """The delimiter of a file that begins with `sample`; `cut`: it goes on behind it.

    Raises SourceError when the mapping's cannot be one.
    """
    if spec.delimiter is not None:
        return Delimiter(given_delimiter(path, spec.delimiter), "said in the mapping")
    if stated := stated_delimiter(sample):
        return Delimiter(stated, "its sep= line says so")
    if own := _OWN.search(sample):
        return Delimiter(own[1], "it divides the sync_ columns")
    favourite = "\t" if path.suffix.lower() == ".tsv" else ","
    return guess_delimiter(sample, wanted, header=spec.header, cut=cut, favourite=favourite)


def guess_delimiter(sample: str, wanted: Wanted, *, cut: bool, favourite: str, header: int | None = None) -> Delimiter:
    """The likeliest delimiter for the text's beginning; one whose header has all wanted columns always wins.

    `cut`: the sample ends inside a record. `favourite`: wins a tie, and where nothing divides the records. `header`:
    its row, where that is known.
    """
    present = [delimiter for delimiter in _CANDIDATES if delimiter in sample]
    if not present:
        return Delimiter(favourite, "there is but one column")
    ranked: list[tuple[bool, float, bool, str]] = []
    for delimiter in (*present, NO_DELIMITER):
        records, sound = _records(sample, delimiter, cut=cut)
        found = find_header(enumerate(records, start=1), header, wanted) if wanted else None
        fits = found is not None and not found.missing
        table = records[found.row - 1 :] if found is not None and fits else None
        merit = _merit(records, table, delimiter) * (1.0 if sound else _BROKEN_QUOTES)
        ranked.append((fits, merit, delimiter == favourite, delimiter))
    ranked.sort(reverse=True)
    (fits, merit, _, best), (next_fits, next_merit, *_) = ranked[:2]
    if best == NO_DELIMITER:
        return Delimiter(best if favourite in present else favourite, "a guess", likely=True)
    if fits and not next_fits:
        return Delimiter(best, "with no other are the mapped columns there")
    return Delimiter(best, "a guess", likely=next_merit < _CLEARLY * merit)


def _merit(records: list[list[str]], table: list[list[str]] | None, delimiter: str) -> float:
    """How well the delimiter makes a table of the records; `table` begins with a header that has all wanted columns."""
    common = _CANDIDATES.get(delimiter, 1.0)
    if table is not None:
        return common * (_evenness(table) if len(table[0]) >= _usual_width(table) else _ONE_COLUMN / 2)
    if delimiter in _RARE and not _regular(records):
        return 0.0
    return common * _evenness(records)


def _records(sample: str, delimiter: str, *, cut: bool) -> tuple[list[list[str]], bool]:
    """The sample's records, and whether quotes stand only where they may."""
    for escape in (None, "\\") if "\\" in sample else (None,):
        records: list[list[str]] = []
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, escapechar=escape, strict=True)
        try:
            records.extend(reader)
        except csv.Error as error:
            if not (cut and "unexpected end" in str(error)):
                continue
        return (records[:-1] if cut and len(records) > 1 else records), True
    records = []
    with contextlib.suppress(csv.Error):
        records.extend(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    return records, False


def _regular(records: Sequence[Sequence[str]]) -> bool:
    widths = {len(record) for record in records if any(cell.strip() for cell in record)}
    return len(records) >= _LEAST_ROWS and len(widths) == 1 and min(widths) >= _LEAST_WIDTH


def _usual_width(records: Sequence[Sequence[str]]) -> int:
    """The commonest width, and of two that are as common the greater one."""
    widths = Counter(len(record) for record in records if record)
    return max(widths, key=lambda width: (widths[width] * (1 - 1 / width), width))


def _evenness(records: Sequence[Sequence[str]]) -> float:
    """0 to 1: whether most records have the same width, from the first one on, and cells that look like cells."""
    rows = [record for record in records if any(cell.strip() for cell in record) and not is_comment(record, 0)]
    rows = rows[:_MOST_RECORDS]
    if not rows:
        return 0.0
    width = _usual_width(rows)
    if width == 1:
        return _ONE_COLUMN
    first = next(place for place, row in enumerate(rows) if len(row) == width)
    even = [row for row in rows if len(row) == width]
    share = len(even) / (len(rows) - first) * (_TITLE_ABOVE * (1 - first / len(rows)) if first else 1.0)
    cells = [cell for row in even for cell in row][:_MOST_CELLS]
    looks = sum(map(likeness, cells)) / len(cells)
    return float(share**1.5 * looks**2 * (1 - 1 / width) ** 0.35)
