"""Finds the rejected and failed rows in the source again, with what the report adds to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sync.errors import SourceError
from sync.headers import normalise_header
from sync.model import CellProblem, Chunk, RowOutcome, Source
from sync.report.columns import told

SYNC_COLUMNS = ("sync_row", "sync_code", "sync_column", "sync_message", "sync_tip")
_CHUNK_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A row to mend: its source cells by kept column, and what is told of it.

    `broken` are the places within `cells` of what the reader could not take as a value (`#N/A`).
    `surplus` is what the line had beyond the header.
    """

    outcome: RowOutcome
    cells: tuple[str, ...]
    broken: dict[int, CellProblem]
    surplus: tuple[str, ...]

    @property
    def sync_cells(self) -> tuple[str, ...]:
        """The cells under SYNC_COLUMNS."""
        return (str(self.outcome.row), *told(self.outcome.errors))


def kept_columns(source: Source) -> tuple[int, ...]:
    """Places of the source's own columns: without those that an earlier report has added."""
    return tuple(place for place, text in enumerate(source.header) if normalise_header(text) not in SYNC_COLUMNS)


def failed_rows(rows: Iterable[RowOutcome], source: Source) -> Iterator[FailedRow]:
    """The rejected and failed of `rows` (in row order), each with its cells from the source.

    Raises SourceError when a row is not in the source: it is another file than the run's.
    """
    outcomes = (row for row in rows if row.outcome in {"rejected", "failed"})
    kept = kept_columns(source)
    awaited = next(outcomes, None)
    for chunk in source.chunks(_CHUNK_ROWS):
        due: list[RowOutcome] = []
        while awaited is not None and awaited.row <= chunk.frame.index[-1]:
            due.append(awaited)
            awaited = next(outcomes, None)
        yield from _of_chunk(due, chunk, kept, source)
        if awaited is None:
            return
    if awaited is not None:
        raise _another_file(source, awaited.row)


def _of_chunk(due: list[RowOutcome], chunk: Chunk, kept: tuple[int, ...], source: Source) -> Iterator[FailedRow]:
    numbers = [outcome.row for outcome in due]
    for number in numbers:
        if number not in chunk.frame.index:
            raise _another_file(source, number)
    problems: dict[int, list[CellProblem]] = {number: [] for number in numbers}
    for problem in chunk.problems:
        if problem.row in problems:
            problems[problem.row].append(problem)
    table = chunk.frame.loc[numbers].to_numpy().tolist()
    for outcome, texts in zip(due, table, strict=True):
        yield _failed_row(outcome, texts, problems[outcome.row], kept)


def _failed_row(outcome: RowOutcome, texts: list[str], problems: list[CellProblem], kept: tuple[int, ...]) -> FailedRow:
    by_place = {place: problem for problem in problems for place in problem.columns or ()}
    cells = [by_place[place].value or texts[place] if place in by_place else texts[place] for place in kept]
    broken = {new: by_place[place] for new, place in enumerate(kept) if place in by_place}
    surplus = tuple(problem.value for problem in problems if problem.code == "ragged-row" and problem.columns is None)
    return FailedRow(outcome, tuple(cells), broken, surplus)


def _another_file(source: Source, row: int) -> SourceError:
    return SourceError(source.path, f"row {row} of the run is not there: give the file as it was when the run began")
