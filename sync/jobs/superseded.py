"""Rows that must not be sent any more because a later run has touched their candidate."""

from __future__ import annotations

from sync.codes import CODES
from sync.jobs.prepare import Prepared
from sync.ledger import Ledger, RunRecord
from sync.model import OutcomeName, RowError


def settle_superseded(ledger: Ledger, record: RunRecord, prepared: Prepared) -> None:
    """Reject due rows that a later run's update of their candidate has overtaken.

    A row of which an update may have been applied cannot be called rejected: it is unknown.
    """
    since = record.run if record.of_run is None else record.of_run
    position = prepared.bound.candidate.positions[0]
    column = prepared.source.header[position]
    overtaken = ledger.superseded(record.run, since, record.target)
    outcomes: dict[bool, OutcomeName] = {False: "rejected", True: "unknown"}
    for in_doubt, outcome in outcomes.items():
        numbers = [row for row, doubtful in overtaken if doubtful is in_doubt]
        errors = [_error(row, column, prepared.source.cell_name(row, position)) for row in numbers]
        ledger.settle(record.run, numbers, outcome, errors)


def _error(row: int, column: str, cell: str) -> RowError:
    message = "a later run has sent an update for this candidate"
    return RowError(row, "superseded", column, cell, message, CODES["superseded"].tip)
