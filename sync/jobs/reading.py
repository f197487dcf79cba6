"""Pass 1: the whole file is read, mapped and checked, and each row recorded, before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sync.codes import CODES
from sync.errors import CandidateSyncError, SourceError
from sync.jobs.garbage import long_lived_left_alone
from sync.jobs.outdated import settle_outdated
from sync.jobs.prepare import Prepared
from sync.jobs.progress import Progress
from sync.jobs.signals import signals_held_back
from sync.ledger import Ledger, NewRow, RunRecord
from sync.mapped import MappedChunk
from sync.mapping import has_values, payloads
from sync.model import Chunk, Payload, RowError

_SHOWN_ROWS = 5
_SHOWN_COLUMNS = 12
_Any = TypeVar("_Any")


class RowsLost(CandidateSyncError):
    """The ledger does not hold what was read: a defect, never silent."""


@long_lived_left_alone()
def read_all(
    ledger: Ledger,
    record: RunRecord,
    prepared: Prepared,
    chunks: Iterator[Chunk],
    progress: Progress,
    digest: Callable[[Payload], bytes] | None,
) -> tuple[Payload, ...]:
    """Record every row of `chunks` with its errors, or as due; then settle what only the whole file shows.

    `digest` hashes the payloads of rows that will be sent; None where nothing will be. Returns the first few
    payloads, for showing. Raises SourceError when the file changed meanwhile.
    """
    run = record.run
    ledger.start_reading(run)
    shown: list[Payload] = []
    read = 0
    for chunk in chunks:
        with signals_held_back():
            mapped = prepared.bound.apply(chunk)
            errors = [*mapped.errors, *prepared.validator.validate(mapped)]
        rejected = {error.row for error in errors}
        if len(shown) < _SHOWN_ROWS:
            good = payloads(mapped, set(mapped.rows) - rejected)
            shown += islice(good, _SHOWN_ROWS - len(shown))
        ledger.add_rows(run, _new_rows(mapped, rejected, digest), errors)
        read += len(mapped.rows)
        progress.reading(read)
    if ledger.count_rows(run) != read:
        raise RowsLost(f"{read} rows were read, but the ledger holds {ledger.count_rows(run)}: nothing was sent")
    _settle_duplicates(ledger, run, prepared)
    if record.only_changed:
        ledger.settle_unchanged(run, record.target)
    outdated_notes = settle_outdated(ledger, record, prepared)
    if prepared.given.current_fingerprint() != record.source_hash:
        raise SourceError(
            prepared.source.path, "the file was changed while it was read; nothing was sent. Start again."
        )
    notes = (*prepared.source.notes, *_unmapped(prepared.bound.unused), *outdated_notes)
    ledger.change_run(run, phase="pushing", rows_read=read, notes=notes)
    for note in notes:
        progress.noted(note)
    return tuple(shown)


def _unmapped(columns: tuple[str, ...]) -> Iterator[str]:
    if columns:
        named = ", ".join(map(repr, columns[:_SHOWN_COLUMNS]))
        more = f" and {len(columns) - _SHOWN_COLUMNS} more" if len(columns) > _SHOWN_COLUMNS else ""
        yield f"not in the mapping, so not sent: {named}{more}"


def _new_rows(mapped: MappedChunk, rejected: set[int], digest: Callable[[Payload], bytes] | None) -> list[NewRow]:
    """The chunk's rows as the ledger takes them; a row without any value has nothing to send and is unchanged."""
    filled = {row for row, has_value in zip(mapped.rows, has_values(mapped), strict=True) if has_value}
    due = filled - rejected
    hashes = {payload.row: digest(payload) for payload in payloads(mapped, due)} if digest else {}
    return [
        (row, candidate, hashes.get(row), None if row in due else "rejected" if row in rejected else "unchanged")
        for row, candidate in zip(mapped.rows, mapped.candidates, strict=True)
    ]


def _settle_duplicates(ledger: Ledger, run: int, prepared: Prepared) -> None:
    """Rows for one candidate: all rejected, or all but one passed over, or none, as the mapping says."""
    mode = prepared.mapping.duplicates
    if mode == "all":
        return
    groups = ledger.same_candidate(run)
    if mode == "reject":
        for some in _batches(_duplicate_errors(groups, prepared)):
            ledger.settle(run, [error.row for error in some], "rejected", some)
        return
    passed_over = (row for _, rows in groups for row in (rows[1:] if mode == "first" else rows[:-1]))
    for numbers in _batches(passed_over):
        ledger.settle(run, numbers, "unchanged")


def _duplicate_errors(groups: Iterator[tuple[str, list[int]]], prepared: Prepared) -> Iterator[RowError]:
    position = prepared.bound.candidate.positions[0]
    column = prepared.source.header[position]
    for candidate, rows in groups:
        for row in rows:
            others = [str(other) for other in rows[: _SHOWN_ROWS + 1] if other != row][:_SHOWN_ROWS]
            more = len(rows) - 1 - len(others)
            listed = ", ".join(others) + (f" and {more} more" if more else "")
            message = f"'{candidate}' is also in row{'s' if len(rows) > 2 else ''} {listed}"  # noqa: PLR2004
            cell = prepared.source.cell_name(row, position)
            yield RowError(row, "duplicate-candidate", column, cell, message, CODES["duplicate-candidate"].tip)


def _batches(things: Iterable[_Any], size: int = 1000) -> Iterator[list[_Any]]:
    iterator = iter(things)
    while batch := list(islice(iterator, size)):
        yield batch
