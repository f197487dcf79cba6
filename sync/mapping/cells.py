"""The cells of a chunk that a mapping looks at, as lists, and which of them the reader found unusable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sync.codes import CODES
from sync.model import CellProblem, Chunk, RowError

RAGGED = "ragged-row"

CellName = Callable[[int, int], str]
"""The spreadsheet's name of a cell, from its row number and its 0-based column."""


@dataclass(frozen=True, slots=True)
class Cells:
    """`columns`: texts by header position. `bad`: unusable cells, by position and then by row index.

    `broken`: indices of rows that are rejected as a whole, so that their cells say nothing. Indices are 0-based.
    """

    rows: list[int]
    columns: dict[int, list[str]]
    bad: dict[int, dict[int, CellProblem]] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)

    def bad_at(self, position: int) -> dict[int, CellProblem]:
        """The unusable cells of one column, by row index."""
        return self.bad.get(position, {})


def cells_of(chunk: Chunk, used: Iterable[int]) -> Cells:
    """Take the columns at the header positions `used` out of a chunk."""
    frame = chunk.frame
    cells = Cells(frame.index.tolist(), {position: frame[position].tolist() for position in used})
    if chunk.problems:
        index_of = {row: index for index, row in enumerate(cells.rows)}
        for problem in chunk.problems:
            if problem.columns is None:
                cells.broken.add(index_of[problem.row])
            for position in problem.columns or ():
                cells.bad.setdefault(position, {})[index_of[problem.row]] = problem
    return cells


def row_errors(chunk: Chunk, header: tuple[str, ...], cell_name: CellName, used: Iterable[int]) -> list[RowError]:
    """The problems that reject a row whatever its rules make of its cells: cells too many, or mapped ones missing."""
    wanted = set(used)
    errors = []
    for problem in chunk.problems:
        missing = [position for position in problem.columns or () if position in wanted]
        if problem.columns is None or (problem.code == RAGGED and missing):
            column, cell = (header[missing[0]], cell_name(problem.row, missing[0])) if missing else ("", "")
            errors.append(RowError(problem.row, problem.code, column, cell, problem.message, CODES[problem.code].tip))
    return errors
