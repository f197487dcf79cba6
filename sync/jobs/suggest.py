"""`mapping suggest`: a mapping guessed from a file's header and values."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePath

from sync.errors import SourceError
from sync.jobs.kept import is_copied, local_file
from sync.jobs.prepare import CHUNK_ROWS
from sync.jobs.signals import raise_on_signals
from sync.mapping.suggest import About, Column, ColumnValues, Origin, guess, habit_of, likenesses, mapping_text
from sync.model import Source
from sync.source import SourceSpec, open_source, visible_sheets
from sync.validation.emails import email_problem

_MOST_ROWS = 200_000
_SEARCHED_HEADERS = 8
_SEARCHED_SHEETS = 8
_FEW_COLUMNS = 3
_MOST_FOLDERS = 200
_MANY_FOUND = 0.8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping as YAML, and what there is to say about how the file was read."""

    text: str
    notes: tuple[str, ...]


def suggest(file: Path | str) -> Suggestion:
    """Guess a mapping for `file`; its first 200,000 rows are looked at. Raises SourceError."""
    with raise_on_signals(), local_file(file, None) as given:
        beside = None if is_copied(str(file)) else Path(file).parent
        return _suggestion(given.table(), given.name, beside)


def _suggestion(path: Path, shown: str, beside: Path | None) -> Suggestion:
    source, sheet = _likeliest_table(path)
    _refuse_people_in_header(path, source)
    columns, rows, complete = _columns(source)
    dates = (list(column.values.distinct) for column in columns)
    about = About(habit_of(dates), partial(_folder_of, beside) if beside else lambda _names: None)
    guesses = guess(columns, about)
    if guesses is None:
        raise SourceError(
            path, "has nothing to make a mapping of: it needs a column with the candidate's id and one to send"
        )
    origin = Origin(shown, _name(shown), rows, complete, sheet)
    which = f"{'all' if complete else 'the first'} {rows:,} rows below row {source.header_row}"
    looked_at = f"looked at {which}" + (f" of sheet {sheet!r}, one of several" if sheet else "")
    notes = (note for note in source.notes if not (sheet and note.startswith("sheet ")))
    return Suggestion(mapping_text(guesses, origin), (*notes, looked_at))


def _columns(source: Source) -> tuple[list[Column], int, bool]:
    """The columns as far as they were looked at, how many rows that are, and whether they are all."""
    values = [ColumnValues() for _ in source.header]
    rows = 0
    chunks = source.chunks(CHUNK_ROWS)
    for chunk in islice(chunks, _MOST_ROWS // CHUNK_ROWS):
        rows += len(chunk.frame)
        for place, column in enumerate(values):
            column.add(chunk.frame[place].tolist())
    columns = [Column(text, seen) for text, seen in zip(source.header, values, strict=True)]
    return columns, rows, next(chunks, None) is None


def _name(shown: str) -> str:
    """The mapping's name: that of the file, without folders, spaces and endings."""
    return "-".join(PurePath(shown).name.partition(".")[0].split()) or "mapping"


def _likeliest_table(path: Path) -> tuple[Source, str | None]:
    """The first sheet with a header of known names, else the first with any; and its name, where there are several."""
    first = open_source(path, SourceSpec(), ())
    best = _with_likeliest_header(path, first)
    if first.sheet is None:
        return best, None
    sheets = visible_sheets(path)
    for name in sheets[:_SEARCHED_SHEETS]:
        if _known(best.header) > 1:
            break
        with suppress(SourceError):
            other = open_source(path, SourceSpec(sheet=name), ())
            best = max(best, _with_likeliest_header(path, other), key=lambda one: _known(one.header))
    if len(sheets) == 1 or best.sheet is None:
        return best, None
    return best, best.sheet if best.sheet.strip() else str(sheets.index(best.sheet) + 1)


def _with_likeliest_header(path: Path, source: Source) -> Source:
    """The table as it is or, where its first row is a title, with the better header that stands further down."""
    if _filled(source.header) >= _FEW_COLUMNS or _known(source.header) > 1:
        return source
    best, row = source.header, source.header_row
    for number, texts in _rows_below(path, source):
        if (_known(texts), _filled(texts)) > (_known(best), max(_filled(best), _FEW_COLUMNS - 1)):
            best, row = texts, number
    if row == source.header_row:
        return source
    return open_source(path, SourceSpec(sheet=source.sheet, header=row), ())


def _rows_below(path: Path, source: Source) -> list[tuple[int, tuple[str, ...]]]:
    """Some rows below the header with their numbers, in their own width and not in the header's."""
    chunk = next(source.chunks(_SEARCHED_HEADERS), None)
    if chunk is None:
        return []
    last = open_source(path, SourceSpec(sheet=source.sheet, header=int(chunk.frame.index[-1])), ())
    first = last.header_row - len(last.above)
    return list(enumerate((*last.above, last.header), start=first))[source.header_row + 1 - first :]


def _known(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if likenesses(text))


def _filled(texts: Sequence[str]) -> int:
    return sum(1 for text in texts if text.strip())


def _refuse_people_in_header(path: Path, source: Source) -> None:
    """Raise SourceError for a file without a header, whose first row would be written down as names of columns."""
    if any("@" in text and email_problem(text.strip()) is None for text in source.header):
        raise SourceError(
            path, f"has no header: row {source.header_row} holds an e-mail address; add a row with the columns' names"
        )


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
