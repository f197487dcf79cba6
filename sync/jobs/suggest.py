"""`mapping suggest`: a mapping guessed from a file's header and values."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePath

from sync.errors import SourceError
from sync.headers import normalise_header
from sync.jobs.kept import is_copied, local_file
from sync.jobs.prepare import CHUNK_ROWS
from sync.jobs.signals import raise_on_signals
from sync.mapping.suggest import (
    About,
    Column,
    ColumnValues,
    Origin,
    countries_of,
    country_of_addresses,
    guess,
    habit_of,
    likenesses,
    mapping_text,
)
from sync.model import Source
from sync.source import SourceSpec, first_rows, open_source, shows_data
from sync.validation.emails import email_problem

_MOST_ROWS = 200_000
_SEARCHED_HEADERS = 8
_FEW_COLUMNS = 3
_FEW_KNOWN = 2
_MOST_FOLDERS = 200
_MANY_FOUND = 0.8
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")


Row = tuple[int, Sequence[str]]
"""A row's number and its cells."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping as YAML, and what there is to say about how the file was read, which `file` names without secrets."""

    file: str
    text: str
    notes: tuple[str, ...]


def suggest(file: Path | str) -> Suggestion:
    """Guess a mapping for `file`; its first 200,000 rows are looked at. Raises SourceError."""
    with raise_on_signals(), local_file(file, None) as given:
        beside = None if is_copied(str(file)) else Path(file).parent
        return _suggestion(given.table(), given.name, beside)


def _suggestion(path: Path, shown: str, beside: Path | None) -> Suggestion:
    source, sheet, others = _likeliest_table(path)
    columns, rows, complete = _columns(source)
    _refuse_people_in_header(path, source, columns)
    dates = (list(column.values.distinct) for column in columns)
    folder_of = partial(_folder_of, beside) if beside else lambda _names: None
    countries = countries_of(source.header)
    spoken = country_of_addresses(address for column in columns for address in column.values.addresses)
    about = About(habit_of(dates), (*spoken, *countries), bool(countries), folder_of)
    guesses = guess(columns, about)
    if guesses is None:
        raise SourceError(path, _why_nothing(source))
    origin = Origin(shown, _name(shown), rows, complete, sheet, others)
    notes = [note for note in source.notes if not (sheet and note.startswith("sheet "))]
    which = f"{'all ' if rows != 1 else ''}" if complete else "the first "
    which += f"{rows:,} {'row' if rows == 1 else 'rows'} below row {source.header_row}"
    notes.append(f"looked at {which}" + (f" of sheet {sheet!r}, one of several" if sheet else ""))
    if not _known(source.header):
        notes.append(f"row {source.header_row} was taken for the header, though no name in it is like a field's")
    return Suggestion(shown, mapping_text(guesses, origin), tuple(notes))


def _why_nothing(source: Source) -> str:
    """Why no mapping can be made: the table needs a column with the id and one to send, each with its own name."""
    names = Counter(normalise_header(text) for text in source.header if text.strip())
    for text in source.header:
        if names[normalise_header(text)] > 1:
            return f"has the column {text.strip()!r} more than once: rename or delete one of them"
    if len(names) == 1:
        return (
            "has only one column, and a mapping needs one with the candidate's id and one to send: if there are more, "
            "each line may stand in quotes as a whole, or have an unusual delimiter: correct it in the file"
        )
    return "has nothing to make a mapping of: it needs a column with the candidate's id and one to send"


def _columns(source: Source) -> tuple[list[Column], int, bool]:
    """The columns as far as they were looked at, how many rows that are, and whether they are all."""
    values = [ColumnValues() for _ in source.header]
    rows = 0
    chunks = source.chunks(CHUNK_ROWS)
    for chunk in islice(chunks, _MOST_ROWS // CHUNK_ROWS):
        rows += len(chunk.frame)
        for place, column in enumerate(values):
            column.add(chunk.frame[place].tolist())
        for problem in chunk.problems:
            for place in problem.columns or ():
                values[place].unreadable += 1
    columns = [Column(text, seen) for text, seen in zip(source.header, values, strict=True)]
    return columns, rows, next(chunks, None) is None


def _name(shown: str) -> str:
    """The mapping's name: that of the file, without folders, spaces and endings."""
    return "-".join(PurePath(shown).name.partition(".")[0].split()) or "mapping"


def _likeliest_table(path: Path) -> tuple[Source, str | None, tuple[str, ...]]:
    """The first sheet with a header of known names, else the likeliest.

    And where there are several: how to name it, and the others' names.
    """
    sheets = first_rows(path, _SEARCHED_HEADERS)
    headers = {name: _likeliest_header(rows) for name, rows in sheets.items() if rows}
    if not headers:
        source = open_source(path, SourceSpec(), ())
        row, _ = _likeliest_header(_first_records(path, source))
        return (source if row == source.header_row else open_source(path, SourceSpec(header=row), ())), None, ()
    known = (name for name, (_, texts) in headers.items() if _known(texts) >= _FEW_KNOWN)
    name = next(known, None) or max(headers, key=lambda one: _known(headers[one][1]))
    # A name that is blank at its ends cannot be told by a mapping; its number can.
    sheet = name if name == name.strip() else str(list(sheets).index(name) + 1)
    source = open_source(path, SourceSpec(sheet=sheet, header=headers[name][0]), ())
    return source, sheet if len(sheets) > 1 else None, tuple(other for other in headers if other != name)


def _likeliest_header(rows: Sequence[Row]) -> Row:
    """The first row or, where that is a title or names groups of columns, a better header that stands further down."""
    best = rows[0]
    for row in rows[1:]:
        names_more = _filled(row[1]) > _filled(best[1]) and _known(row[1]) > max(_known(best[1]), 1)
        if (names_more and not shows_data(row[1])) or (_is_title(best) and _rank(row) > _rank(best)):
            best = row
    return best


def _is_title(row: Row) -> bool:
    return _filled(row[1]) < _FEW_COLUMNS and _known(row[1]) < _FEW_KNOWN


def _rank(row: Row) -> tuple[int, int]:
    """How likely the row is a header: known names, and columns where they are more than those of a title."""
    return _known(row[1]), max(_filled(row[1]), _FEW_COLUMNS - 1)


def _first_records(path: Path, source: Source) -> list[Row]:
    """The header of delimited text and some rows below it, in their own width and not in the header's."""
    header = (source.header_row, source.header)
    chunk = next(source.chunks(_SEARCHED_HEADERS), None)
    if chunk is None:
        return [header]
    last = open_source(path, SourceSpec(header=int(chunk.frame.index[-1])), ())
    first = last.header_row - len(last.above)
    return [header, *list(enumerate((*last.above, last.header), start=first))[source.header_row + 1 - first :]]


def _known(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if likenesses(text))


def _filled(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if text.strip())


def _refuse_people_in_header(path: Path, source: Source, columns: Sequence[Column]) -> None:
    """Raise SourceError for a file without a header, whose first row would be written down as names of columns.

    Such a row has an address in it or, where no text in it is a name that is known, a long number or a text with
    digits that looks just like those below it.
    """
    address = any("@" in text and email_problem(text.strip()) is None for text in source.header)
    if address or (not _known(source.header) and (shows_data(source.header) or any(map(_like_its_values, columns)))):
        held = "holds an e-mail address" if address else "looks like a row of data"
        raise SourceError(path, f"has no header: row {source.header_row} {held}; add a row with the columns' names")


def _like_its_values(column: Column) -> bool:
    alike = [text for text in column.values.sample if _pattern(text) == _pattern(column.header)]
    return any(map(str.isdigit, column.header)) and len(alike) > len(column.values.sample) / 2


def _pattern(text: str) -> str:
    """The text with each run of digits as one, and of letters as another: `A-17` and `CD-1` are alike."""
    return _LETTERS.sub("a", _DIGITS.sub("0", text.strip()))


def _folder_of(beside: Path, names: Collection[str]) -> str | None:
    """The file's folder, or one in it, that has most of these files, as a mapping that is saved here names it."""
    wanted = {name for name in names if name == PurePath(name).name}
    for folder in islice(_folders(beside), _MOST_FOLDERS):
        with suppress(OSError, ValueError):
            if sum(1 for path in folder.iterdir() if path.name in wanted) >= _MANY_FOUND * len(names):
                return f"{PurePath(os.path.relpath(folder)).as_posix()}/"
    return None


def _folders(beside: Path) -> Iterator[Path]:
    yield beside
    with suppress(OSError, ValueError):
        yield from sorted(path for path in beside.iterdir() if path.is_dir())
