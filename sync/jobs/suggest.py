"""`mapping suggest`: a mapping guessed from a file's header and values."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath

from sync.errors import SourceError
from sync.jobs.kept import local_file
from sync.jobs.prepare import CHUNK_ROWS
from sync.jobs.signals import raise_on_signals
from sync.mapping.suggest import Column, ColumnValues, Guesses, guess, mapping_text
from sync.mapping.suggest.headers import likenesses
from sync.model import Source
from sync.source import SourceSpec, open_source

_MOST_ROWS = 200_000
_SEARCHED_HEADERS = 8
_FEW_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping as YAML, the file's name without what is secret in an address, and what its reader had to say."""

    text: str
    shown: str
    notes: tuple[str, ...]


def suggest(file: Path | str) -> Suggestion:
    """Guess a mapping for `file`; its first 200,000 rows are looked at. Raises SourceError."""
    with raise_on_signals(), local_file(file, None) as given:
        return _suggestion(given.table(), given.name)


def _suggestion(path: Path, shown: str) -> Suggestion:
    source = _with_likeliest_header(path)
    values = [ColumnValues() for _ in source.header]
    rows = 0
    for chunk in islice(source.chunks(CHUNK_ROWS), _MOST_ROWS // CHUNK_ROWS):
        rows += len(chunk.frame)
        for place, column in enumerate(values):
            column.add(chunk.frame[place].tolist())
    columns = [Column(text, seen) for text, seen in zip(source.header, values, strict=True)]
    guesses = guess(columns)
    if guesses is None:
        raise SourceError(
            path, "needs two columns with headers of their own: the candidate's id, and something to send"
        )
    sheet = source.sheet if _needs_a_sheet(path, guesses) else None
    text = mapping_text(guesses, file=shown, name=_name(shown), rows=rows, sheet=sheet)
    return Suggestion(text, shown, source.notes)


def _name(shown: str) -> str:
    """The mapping's name: that of the file, without folders, spaces and endings."""
    return "-".join(PurePath(shown).name.partition(".")[0].split()) or "mapping"


def _with_likeliest_header(path: Path) -> Source:
    """The file opened at its first row, or further down where that is a title and a better header stands below."""
    best = open_source(path, SourceSpec(), ())
    if _filled(best) >= _FEW_COLUMNS or _known(best) > 1:
        return best
    for number in range(best.header_row + 1, best.header_row + _SEARCHED_HEADERS):
        try:
            other = open_source(path, SourceSpec(header=number), ())
        except SourceError:
            continue
        if (_known(other), _filled(other)) > (_known(best), max(_filled(best), _FEW_COLUMNS - 1)):
            best = other
    return best


def _known(source: Source) -> int:
    return sum(1 for text in source.header if likenesses(text))


def _filled(source: Source) -> int:
    return sum(1 for text in source.header if text.strip())


def _needs_a_sheet(path: Path, guesses: Guesses) -> bool:
    """Whether the file holds several sheets that the mapping fits."""
    mapped = [guesses.candidate.column, *(one.column for one in guesses.fields if one.column)]
    try:
        open_source(path, SourceSpec(), tuple((column,) for column in mapped))
    except SourceError:
        return True
    return False
