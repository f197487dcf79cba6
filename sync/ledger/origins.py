"""What a file of failed rows is compared with: which rows a run left to mend, and who touched a candidate since."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from sync.ledger.schema import attempts, row_errors, rows, runs
from sync.model import RowError


class Touch(NamedTuple):
    """A run that may have changed the candidate of a row: by its number and id, and its last row that did."""

    row: int
    run: int
    run_id: str
    last_row: int


class ToMend(NamedTuple):
    """A row that was rejected or that failed: whose it was, and with which errors."""

    candidate: str
    errors: tuple[RowError, ...]


def to_mend(connection: Connection, run: int, numbers: Sequence[int]) -> dict[int, ToMend]:
    """Those of the rows `numbers` that the run rejected or that failed in it."""
    lines = connection.execute(
        select(row_errors, rows.c.candidate)
        .join(rows, and_(rows.c.run == row_errors.c.run, rows.c.row == row_errors.c.row))
        .where(rows.c.run == run, rows.c.row.in_(numbers), rows.c.outcome.in_(("rejected", "failed")))
        .order_by(row_errors.c.row, row_errors.c.number)
    )
    found: dict[int, ToMend] = {}
    for (row, candidate), group in groupby(lines, key=lambda line: (int(line.row), str(line.candidate))):
        errors = (RowError(row, one.code, one.column_name, one.cell, one.message, one.tip) for one in group)
        found[row] = ToMend(candidate, tuple(errors))
    return found


def touched(connection: Connection, run: int, numbers: Sequence[int], since: int, target: str) -> list[Touch]:
    """Of the due rows `numbers` of a run, the runs from `since` on that may have changed their candidates.

    An update that was definitely refused has changed nothing, so it does not count.
    """
    other = rows.alias("other")
    lines = connection.execute(
        select(rows.c.row, other.c.run, runs.c.run_id, func.max(other.c.row))
        .join(other, and_(other.c.candidate == rows.c.candidate, other.c.payload_hash.is_not(None)))
        .join(runs, runs.c.run == other.c.run)
        .join(attempts, and_(attempts.c.run == other.c.run, attempts.c.row == other.c.row, attempts.c.kind == "put"))
        .where(
            rows.c.run == run,
            rows.c.row.in_(numbers),
            rows.c.outcome.is_(None),
            other.c.run >= since,
            other.c.run != run,
            runs.c.target == target,
            or_(attempts.c.applied.is_(None), attempts.c.applied != "no"),
        )
        .group_by(rows.c.row, other.c.run, runs.c.run_id)
        .order_by(rows.c.row, other.c.run)
    )
    return [Touch(int(row), int(touching), str(run_id), int(last)) for row, touching, run_id, last in lines]
