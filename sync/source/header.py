"""Find the header among a table's first rows, and say in plain words what is missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from sync.errors import SourceError
from sync.headers import normalise_header
from sync.source.place import cell_reference, sheet_reference

SEARCHED_ROWS = 50
LIKENESS = 60.0
"""Share of common letters, in percent, from which a header counts as near enough to be suggested."""

_SHOWN_TEXTS = 12
_MUCH_LIKE = 80.0
_FEW_FOUND = 2
"""So many wanted names, or texts much like them, make a row the header; one alone may be a word in a row of data."""

_IN_DATA = re.compile(r"@|\d{5}|(?:\d[ ().-]*){7}")
"""What stands in rows of data and in no header: an address, a long number. Such a row is nobody's to read in a log."""

Wanted = Sequence[tuple[str, ...]]
"""One tuple per mapped column: the names under which it may stand in the header."""


class MissingColumns(SourceError):
    """Mapped columns are not in the header.

    `missing`: the first name of each. `header`: the best candidate row's texts, none where it holds somebody's data.
    `suggestions`: by missing name, the nearest header text.
    """

    def __init__(
        self, path: Path, reason: str, missing: tuple[str, ...], header: tuple[str, ...], suggestions: dict[str, str]
    ) -> None:
        super().__init__(path, reason)
        self.missing = missing
        self.header = header
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A row that is, or may be, the header: its texts up to the last that is not blank, and what it lacks."""

    row: int
    texts: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]

    def beats(self, other: HeaderRow | None) -> bool:
        """Whether this row is more likely the header; on a tie the upper row is."""
        if other is None:
            return True
        return (len(other.missing), self.filled()) > (len(self.missing), other.filled())

    def filled(self) -> int:
        """How many of its cells are not blank."""
        return sum(1 for text in self.texts if text.strip())


def shows_data(texts: Sequence[str]) -> bool:
    """Whether something stands in the row that stands in no header: an address or a long number."""
    return any(_IN_DATA.search(text) for text in texts)


def find_header(rows: Iterable[tuple[int, Sequence[str]]], header: int | None, wanted: Wanted) -> HeaderRow | None:
    """The row numbered `header`, else the first of 50 with all wanted columns, else the most likely one.

    `rows`: row number and cells, ascending; rows that are blank may be left out. None when there is nothing but
    blank rows. Look at `missing` of what comes back.
    """
    best: HeaderRow | None = None
    last = header or SEARCHED_ROWS
    for number, cells in rows:
        if number > last:
            break
        texts = _without_blank_end(cells)
        if not texts or number < (header or 0):
            continue
        found = HeaderRow(number, texts, _missing(texts, wanted))
        if not found.missing:
            return found
        if found.beats(best):
            best = found
    return best


def _without_blank_end(cells: Sequence[str]) -> tuple[str, ...]:
    width = len(cells)
    while width and not cells[width - 1].strip():
        width -= 1
    return tuple(cells[:width])


def _missing(texts: Sequence[str], wanted: Wanted) -> tuple[tuple[str, ...], ...]:
    present = {normalise_header(text) for text in texts}
    return tuple(names for names in wanted if not any(normalise_header(name) in present for name in names))


def wanted_columns(texts: Sequence[str], wanted: Wanted) -> frozenset[int]:
    """The 0-based columns of the header that are wanted; all that have a text when nothing is."""
    names = {normalise_header(name) for some in wanted for name in some}
    return frozenset(
        column for column, text in enumerate(texts) if (normalise_header(text) in names if names else text.strip())
    )


def missing_columns(path: Path, sheet: str | None, header: HeaderRow, wanted: Wanted, *, given: bool) -> MissingColumns:
    """The error that names what the header lacks, where it was looked for, and the nearest texts.

    A row that has hardly a wanted name may be somebody's data: its texts are not told.
    `given`: the header's row was named, not searched for.
    """
    # A cell of data in a header is left out; of a row that may be data only what is much like a wanted name is told.
    texts = tuple("" if _IN_DATA.search(text) else text for text in header.texts)
    found = len(wanted) - len(header.missing)
    much_like = _suggestions(header, texts, _MUCH_LIKE)
    is_header = found + len(much_like) >= max(1, min(_FEW_FOUND, len(wanted) - 1))
    in_data = shows_data(header.texts) and not is_header
    suggestions = _suggestions(header, texts, LIKENESS) if is_header else {} if in_data else much_like
    named = [_with_suggestion(names, suggestions) for names in header.missing]
    columns = "column" if len(named) == 1 else "columns"
    place = f" of sheet {sheet_reference(sheet)}" if sheet else ""
    rows = f"row {header.row}{place}" if given else f"the first {SEARCHED_ROWS} rows{place}"
    if is_header:
        shown = [repr(text) for text in texts if text.strip()]
        more = f" and {len(shown) - _SHOWN_TEXTS} more" if shown[_SHOWN_TEXTS:] else ""
        about = f"row {header.row} has {', '.join(shown[:_SHOWN_TEXTS])}{more}"
        what = "correct the name in the mapping or in the file"
    else:
        nothing = f"has only {found} of {len(wanted)}" if found else "has nothing like that"
        about = f"row {header.row} {'looks like a row of data' if in_data else nothing}"
        what = "correct the name, source.header or source.delimiter in the mapping"
    reason = f"no header with the {columns} {', '.join(named)} in {rows} ({about}): {what}"
    missing = tuple(names[0] for names in header.missing)
    return MissingColumns(path, reason, missing, texts if is_header else (), suggestions)


def _suggestions(header: HeaderRow, texts: Sequence[str], cutoff: float) -> dict[str, str]:
    return {names[0]: near for names in header.missing if (near := _nearest(names, texts, cutoff))}


def _with_suggestion(names: tuple[str, ...], suggestions: dict[str, str]) -> str:
    near = suggestions.get(names[0])
    return " or ".join(map(repr, names)) + (f" (nearest: {near!r})" if near else "")


def _nearest(names: tuple[str, ...], texts: Sequence[str], cutoff: float) -> str | None:
    choices = [text for text in texts if text.strip()]
    found = (
        process.extractOne(name, choices, scorer=fuzz.ratio, processor=normalise_header, score_cutoff=cutoff)
        for name in names
    )
    best = max((match for match in found if match), key=lambda match: match[1], default=None)
    return str(best[0]) if best else None


def refuse_repeated(path: Path, sheet: str | None, header: HeaderRow, wanted: Wanted) -> None:
    """Raise SourceError when a mapped column stands twice in the header, so that nobody knows which is meant."""
    places: dict[str, list[str]] = {}
    for column, text in enumerate(header.texts):
        places.setdefault(normalise_header(text), []).append(cell_reference(sheet, header.row, column))
    for name in (name for names in wanted for name in names):
        if len(cells := places.get(normalise_header(name), [])) > 1:
            raise SourceError(
                path,
                f"the column {name!r} occurs {len(cells)} times ({', '.join(cells)}): rename or delete one of them",
            )
