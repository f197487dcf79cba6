"""Rows that must not be sent, or not unknowingly, because a later run has touched their candidate."""

from __future__ import annotations

from collections.abc import Iterator

from sync.codes import CODES
from sync.jobs.origin import Origins, Said, failed_rows
from sync.jobs.prepare import Prepared
from sync.ledger import Ledger, RunRecord
from sync.model import OutcomeName, RowError

_CHUNK_ROWS = 500


def settle_superseded(ledger: Ledger, record: RunRecord, prepared: Prepared) -> None:
    """Reject due rows of a run gone on with, or retried, that a later run's update of their candidate has overtaken.

    A row of which an update may have been applied cannot be called rejected: it is unknown.
    """
    since = record.run if record.of_run is None else record.of_run
    overtaken = ledger.superseded(record.run, since, record.target)
    outcomes: dict[bool, OutcomeName] = {False: "rejected", True: "unknown"}
    for in_doubt, outcome in outcomes.items():
        numbers = [row for row, doubtful in overtaken if doubtful is in_doubt]
        errors = [_error(row, prepared, "a later run") for row in numbers]
        ledger.settle(record.run, numbers, outcome, errors)


def settle_outdated(ledger: Ledger, record: RunRecord, prepared: Prepared) -> tuple[str, ...]:
    """Reject due rows of a file of failed rows whose candidate was touched since: by a later run, or row of that run.

    Such a file has a column sync_row; a row whose cell there was emptied is a row like any other. Returns notes.
    """
    if record.verb != "run":
        return ()
    origins = Origins(ledger, record, prepared.source)
    rows_not_known = 0
    for rows in failed_rows(ledger, record.run, prepared.source, _CHUNK_ROWS):
        for origin, of_origin in origins.of_rows(rows):
            if origin is None:
                rows_not_known += len(of_origin)
                continue
            overtaken = dict(_overtaken(ledger, record, origin, of_origin))
            errors = [_error(row, prepared, f"run {run_id}, which is later,") for row, run_id in overtaken.items()]
            ledger.settle(record.run, list(overtaken), "rejected", errors)
    return (_not_known(rows_not_known),) if rows_not_known else ()


def _overtaken(
    ledger: Ledger, record: RunRecord, origin: RunRecord, rows: dict[int, Said]
) -> Iterator[tuple[int, str]]:
    """Those of `rows` (by number in this file, failed in `origin`) that were overtaken, and by which run."""
    for touch in ledger.touched(record.run, list(rows), origin.run, record.target):
        if touch.run > origin.run or touch.last_row > rows[touch.row].row:
            yield touch.row, touch.run_id


def _not_known(count: int) -> str:
    one = count == 1
    return (
        f"{count:,} {'row says' if one else 'rows say'} in the column sync_row that {'it' if one else 'they'} failed "
        f"before, but not in which run of this ledger: whether a later run has touched "
        f"{'its candidate' if one else 'their candidates'} is not known"
    )


def _error(row: int, prepared: Prepared, by: str) -> RowError:
    position = prepared.bound.candidate.positions[0]
    column, cell = prepared.source.header[position], prepared.source.cell_name(row, position)
    message = f"{by} has sent an update for this candidate"
    return RowError(row, "superseded", column, cell, message, CODES["superseded"].tip)
