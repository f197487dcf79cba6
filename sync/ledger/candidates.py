"""What other runs have done to a run's candidates: applied the same already, or touched them since."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, and_, exists, func, or_, select, update

from sync.codes import describe
from sync.ledger.rows import with_several_rows
from sync.ledger.schema import attempts, row_errors, rows, runs


def settle_unchanged(connection: Connection, run: int, target: str) -> int:
    """Make rows `unchanged` whose payload equals what was last applied to their candidate on this target.

    Only a confirmed success counts: where the last request that may have changed the candidate has no `updated` row,
    or where this file has several rows for the candidate, the row stays due. Returns how many rows it settled.
    """
    earlier = rows.alias("earlier")
    touched = exists(
        select(attempts.c.row).where(
            attempts.c.run == earlier.c.run,
            attempts.c.row == earlier.c.row,
            attempts.c.kind == "put",
            or_(attempts.c.applied.is_(None), attempts.c.applied != "no"),
        )
    )
    columns = earlier.join(runs, runs.c.run == earlier.c.run)
    last_touch = (
        select(func.iif(earlier.c.outcome == "updated", earlier.c.payload_hash, None))
        .select_from(columns)
        .where(_indexed(earlier), earlier.c.run < run, runs.c.target == target, touched)
        .order_by(earlier.c.run.desc(), earlier.c.row.desc())
        .limit(1)
        .correlate(rows)
        .scalar_subquery()
    )
    alone = rows.c.candidate.not_in(with_several_rows(run))
    same = and_(rows.c.run == run, rows.c.outcome.is_(None), alone, rows.c.payload_hash == last_touch)
    return connection.execute(update(rows).where(same).values(outcome="unchanged")).rowcount


def superseded(connection: Connection, run: int, since: int, target: str) -> list[tuple[int, bool]]:
    """Due rows of a run whose candidate a run after number `since` has sent updates for, on the same target.

    So are rows of the run `since` itself that stand further down in the file. Each with whether an update of the
    row itself is in doubt.
    """
    later = rows.alias("later")
    sent_later = exists(
        select(later.c.row)
        .join(runs, runs.c.run == later.c.run)
        .join(attempts, and_(attempts.c.run == later.c.run, attempts.c.row == later.c.row, attempts.c.kind == "put"))
        .where(
            _indexed(later),
            or_(later.c.run > since, and_(later.c.run == since, later.c.row > rows.c.row)),
            later.c.run != run,
            runs.c.target == target,
        )
        .correlate(rows)
    )
    own = exists(
        select(attempts.c.row).where(
            attempts.c.run == run,
            attempts.c.row == rows.c.row,
            attempts.c.kind == "put",
            or_(attempts.c.applied.is_(None), attempts.c.applied == "maybe"),
        )
    )
    lines = connection.execute(select(rows.c.row, own).where(rows.c.run == run, rows.c.outcome.is_(None), sent_later))
    return [(row, bool(in_doubt)) for row, in_doubt in lines]


def _indexed(others: FromClause) -> ColumnElement[bool]:
    """Rows for the same candidate that had something to send: the index holds these alone (see the schema)."""
    return and_(others.c.candidate == rows.c.candidate, others.c.payload_hash.is_not(None))


def worth_a_retry(connection: Connection, run: int, first: int, last: int) -> set[int]:
    """Rows from `first` to `last` that are unknown, never processed, or failed for a cause that may have passed."""
    within = and_(rows.c.run == run, rows.c.row.between(first, last))
    open_ended = select(rows.c.row).where(within, or_(rows.c.outcome.is_(None), rows.c.outcome == "unknown"))
    found = set(connection.execute(open_ended).scalars())
    failed = (
        select(rows.c.row, row_errors.c.code, rows.c.http_status)
        .join(row_errors, and_(row_errors.c.run == rows.c.run, row_errors.c.row == rows.c.row))
        .where(within, rows.c.outcome == "failed")
    )
    for row, code, status in connection.execute(failed):
        if describe(code).passing or (status is not None and describe(f"http-{status}").passing):
            found.add(row)
    return found
