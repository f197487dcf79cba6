"""Reads failed.xlsx back before anybody gets it: a file that says anything else than it should is none."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sync.model import Chunk, Source
from sync.report.failed import FailedRow
from sync.report.files import NotAsWritten
from sync.report.xlsx_cells import REPRODUCED
from sync.report.xlsx_text import shortened

_CHUNK_ROWS = 5_000


def written_mark(row: FailedRow) -> int:
    """A number that stands for what the row must read as, told by `row_mark`."""
    refused = {place: problem.code for place, problem in row.broken.items() if problem.code in REPRODUCED}
    return row_mark([*row.cells, *map(shortened, row.sync_cells)], refused)


def row_mark(texts: Sequence[str], refused: Mapping[int, str]) -> int:
    """A number that is the same, within this process, for rows with the same texts and the same refused cells."""
    return hash(tuple((refused[place],) if place in refused else text for place, text in enumerate(texts)))


def refuse_unlike(written: Source, path: Path, header: Sequence[str], marks: array[int]) -> None:
    """Raise NotAsWritten unless `written` has this header, and the rows whose marks these are, and no others."""
    if written.header != tuple(header):
        raise NotAsWritten(path, "its header")
    first = written.header_row + 1
    read = _marks(written)
    for number, mark in enumerate(marks, start=first):
        if next(read, None) != (number, mark):
            raise NotAsWritten(path, f"its row {number}")
    if next(read, None) is not None:
        raise NotAsWritten(path, "a row after its last")


def _marks(source: Source) -> Iterator[tuple[int, int]]:
    for chunk in source.chunks(_CHUNK_ROWS):
        refused = _refused(chunk)
        rows = zip(chunk.frame.index.tolist(), chunk.frame.to_numpy().tolist(), strict=True)
        yield from ((number, row_mark(texts, refused.get(number, {}))) for number, texts in rows)


def _refused(chunk: Chunk) -> dict[int, dict[int, str]]:
    refused: dict[int, dict[int, str]] = {}
    for problem in chunk.problems:
        for place in problem.columns or ():
            refused.setdefault(problem.row, {})[place] = problem.code
    return refused
