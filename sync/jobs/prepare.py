"""Opens what a job works on: the mapping, the source it fits, and the checks that follow from both."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sync.errors import MappingError, SettingsError
from sync.jobs.kept import GivenFile
from sync.mapping import BoundMapping, Mapping, bind, load_mapping
from sync.model import Chunk, Source
from sync.source import MissingColumns, SourceSpec, open_source
from sync.validation import Validator

CHUNK_ROWS = 5_000
"""Large enough for work on columns to pay, small enough that a chunk's objects stay in tens of megabytes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mapping, the source that it fits, and the two stages made from them; `given`: what the source was read from."""

    given: GivenFile
    mapping: Mapping
    source: Source
    bound: BoundMapping
    validator: Validator


def prepare(given: GivenFile, mapping_path: Path) -> Prepared:
    """Open the mapping and the source. Raises MappingError or SourceError; reads no data row yet."""
    mapping = load_mapping(mapping_path)
    try:
        source = reopened(given.table(), mapping)
    except MissingColumns as missing:
        try:
            # Names the mapping's lines of the missing columns, and the nearest right names.
            bind(mapping, missing.header or tuple(missing.suggestions.values()), lambda _row, _column: "")
        except MappingError as error:
            where = "" if missing.header else f"\n{missing}"
            raise MappingError(error.path, error.line, error.reason + where) from None
        raise
    bound = bind(mapping, source.header, source.cell_name)
    id_columns = [source.header[place] for place in bound.candidate.positions]
    return Prepared(given, mapping, source, bound, Validator(bound.targets, id_columns))


def refuse_unwritable(report_dir: Path) -> None:
    """Raise SettingsError unless reports can be written there, which is made if need be: before anything is sent."""
    try:
        report_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=report_dir):
            return
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"Reports cannot be written to {report_dir}: {reason}. Name another --report-dir."
        ) from None


def reopened(file: Path, mapping: Mapping) -> Source:
    """Open another file as the mapping says. Raises SourceError."""
    return open_source(file, _spec(mapping), mapping.columns)


def _spec(mapping: Mapping) -> SourceSpec:
    options = mapping.source
    return SourceSpec(
        sheet=options.sheet,
        header=options.header,
        encoding=None if options.encoding == "auto" else options.encoding,
        delimiter=None if options.delimiter == "auto" else options.delimiter,
        hidden_rows=options.hidden_rows,
    )


def limited_chunks(source: Source, row_limit: int | None, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
    """The source's chunks of `size` rows, up to the first `row_limit` data rows."""
    left = row_limit
    for chunk in source.chunks(size):
        if left is None:
            yield chunk
            continue
        if left <= 0:
            return
        frame = chunk.frame.iloc[:left]
        yield _of_rows(chunk, frame)
        left -= len(frame)


def chosen_chunks(chunks: Iterator[Chunk], choose: Callable[[int, int], set[int]]) -> Iterator[Chunk]:
    """Of each chunk the rows that `choose` names, given its first and last row number; empty chunks are left out."""
    for chunk in chunks:
        numbers = choose(int(chunk.frame.index[0]), int(chunk.frame.index[-1]))
        if numbers:
            yield _of_rows(chunk, chunk.frame[chunk.frame.index.isin(numbers)])


def _of_rows(chunk: Chunk, frame: pd.DataFrame) -> Chunk:
    kept = set(frame.index)
    return Chunk(frame, tuple(problem for problem in chunk.problems if problem.row in kept))
