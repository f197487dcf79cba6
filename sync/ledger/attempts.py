"""The table of attempts: one line per request about a row, written before it leaves and completed by its answer."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, or_, select, update

from sync.ledger import rows as row_table
from sync.ledger.group import GroupStatement
from sync.ledger.many import execute_many
from sync.ledger.schema import attempts, rows
from sync.model import Answered, Change, Cleared, History, Sent, Settled


def record(connection: Connection, run: int, changes: Sequence[Change]) -> None:
    """Write a group of changes, in one transaction of the caller's."""
    sent = [change for change in changes if isinstance(change, Sent)]
    answered = [change for change in changes if isinstance(change, Answered)]
    cleared = [change for change in changes if isinstance(change, Cleared)]
    settled = [change for change in changes if isinstance(change, Settled)]
    _SENT.execute(connection, [(run, one.row, one.attempt, one.kind) for one in sent])
    _complete(connection, run, answered)
    execute_many(connection, _CLEAR, ("in_run", "of_row", "up_to"), [(run, one.row, one.attempt) for one in cleared])
    row_table.append_errors(connection, run, (error for one in settled for error in one.errors))
    lines = [(run, one.row, one.outcome, one.http_status, one.second) for one in settled]
    _SETTLE.execute(connection, lines)


def _complete(connection: Connection, run: int, answered: Sequence[Answered]) -> None:
    """Write what became of requests; what never left is no put or get."""
    lines = [(run, one.row, one.attempt, one.applied, one.http_status) for one in answered]
    _COMPLETE.execute(connection, lines)
    execute_many(
        connection,
        _NEVER_LEFT,
        ("in_run", "of_row", "of_attempt"),
        [(run, one.row, one.attempt) for one in answered if not one.left],
    )


_KEY = (attempts.c.run, attempts.c.row, attempts.c.attempt)
_SENT = GroupStatement(
    (*_KEY, attempts.c.kind), lambda given: insert(attempts).from_select(given.c.keys(), select(given))
)
_COMPLETE = GroupStatement(
    (*_KEY, attempts.c.applied, attempts.c.http_status),
    lambda given: (
        update(attempts)
        .where(*(one == given.c[one.name] for one in _KEY))
        .values(applied=given.c.applied, http_status=given.c.http_status)
    ),
)
_SETTLE = GroupStatement(
    (rows.c.run, rows.c.row, rows.c.outcome, rows.c.http_status, rows.c.settled_s),
    lambda given: (
        update(rows)
        .where(rows.c.run == given.c.run, rows.c.row == given.c.row)
        .values(outcome=given.c.outcome, http_status=given.c.http_status, settled_s=given.c.settled_s)
    ),
)
_NEVER_LEFT = (
    update(attempts)
    .where(
        attempts.c.run == bindparam("in_run"),
        attempts.c.row == bindparam("of_row"),
        attempts.c.attempt == bindparam("of_attempt"),
    )
    .values(kind="unsent")
)
_CLEAR = (
    update(attempts)
    .where(
        attempts.c.run == bindparam("in_run"),
        attempts.c.row == bindparam("of_row"),
        attempts.c.attempt <= bindparam("up_to"),
        attempts.c.kind == "put",
    )
    .values(applied="no")
)


def open_ended_put() -> ColumnElement[bool]:
    """A condition on `attempts`: an update left, and no answer says what became of it."""
    return and_(attempts.c.kind == "put", or_(attempts.c.applied.is_(None), attempts.c.applied == "maybe"))


def may_have_been_applied() -> ColumnElement[bool]:
    """A condition on `rows`: one of the row's updates is open-ended."""
    of_row = and_(attempts.c.run == rows.c.run, attempts.c.row == rows.c.row)
    return select(attempts.c.row).where(of_row, open_ended_put()).correlate(rows).exists()


def histories(connection: Connection, run: int, first: int, last: int) -> dict[int, History]:
    """Rows from `first` to `last` that are due although something was sent for them."""
    lines = connection.execute(
        select(rows.c.row, func.max(attempts.c.attempt).label("last"), may_have_been_applied().label("in_doubt"))
        .join(attempts, and_(attempts.c.run == rows.c.run, attempts.c.row == rows.c.row))
        .where(rows.c.run == run, rows.c.row.between(first, last), rows.c.outcome.is_(None))
        .group_by(rows.c.row)
    )
    return {line.row: History(line.last, bool(line.in_doubt)) for line in lines}


def open_ended(connection: Connection, run: int, first: int, last: int) -> set[int]:
    """Rows from `first` to `last` without an outcome, of which an update may have been applied."""
    without = and_(rows.c.run == run, rows.c.row.between(first, last), rows.c.outcome.is_(None))
    return set(connection.execute(select(rows.c.row).where(without, may_have_been_applied())).scalars())
