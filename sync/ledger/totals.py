"""What a run comes to: counts by outcome, requests, causes, throughput, and the rows one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Integer, and_, case, cast, func, select

from sync.codes import CODES, describe
from sync.ledger.attempts import may_have_been_applied, open_ended_put
from sync.ledger.schema import attempts, row_errors, rows
from sync.model import OUTCOMES, ErrorCount, OutcomeName, RowError, RowOutcome, Tick

_STREAMED = {"yield_per": 2000}
_T = TypeVar("_T")


def _outcome() -> ColumnElement[str]:
    """A row's outcome as it stands: without one it is unprocessed, or unknown where an update may have happened."""
    return case(
        (rows.c.outcome.is_not(None), rows.c.outcome), (may_have_been_applied(), "unknown"), else_="unprocessed"
    )


def outcomes(connection: Connection, run: int) -> dict[OutcomeName, int]:
    """How many rows have each outcome; all six are there."""
    outcome = _outcome().label("outcome")
    lines = connection.execute(select(outcome, func.count().label("n")).where(rows.c.run == run).group_by(outcome))
    found = {line.outcome: line.n for line in lines}
    return {name: found.get(name, 0) for name in OUTCOMES}


def pushed(connection: Connection, run: int) -> tuple[int, int]:
    """How many rows have an outcome that a request gave them, and how many of these are failed or unknown."""
    bad = func.coalesce(func.sum(case((rows.c.outcome.in_(("failed", "unknown")), 1), else_=0)), 0)
    settled = and_(rows.c.run == run, rows.c.settled_s.is_not(None))
    line = connection.execute(select(func.count(), bad).where(settled)).one()
    return int(line[0]), int(line[1])


def requests(connection: Connection, run: int) -> tuple[int, int, int]:
    """Updates sent, how many of them were retries, and answers 429."""
    puts = func.coalesce(func.sum(case((attempts.c.kind == "put", 1), else_=0)), 0)
    throttled = func.coalesce(func.sum(case((attempts.c.http_status == 429, 1), else_=0)), 0)  # noqa: PLR2004
    sent_rows = func.count(case((attempts.c.kind == "put", attempts.c.row)).distinct())
    line = connection.execute(select(puts, sent_rows, throttled).where(attempts.c.run == run)).one()
    return int(line[0]), int(line[0] - line[1]), int(line[2])


def errors(connection: Connection, run: int) -> tuple[ErrorCount, ...]:
    """Per code the rows that have it, most frequent first, with the first of them as the example."""
    first_row = func.min(row_errors.c.row)
    count = func.count(row_errors.c.row.distinct())
    counted = (
        select(row_errors.c.code, count.label("n"), first_row.label("first"))
        .where(row_errors.c.run == run)
        .group_by(row_errors.c.code)
    ).subquery()
    lines = connection.execute(
        select(counted.c.code, counted.c.n, row_errors.c.cell, row_errors.c.message, row_errors.c.tip)
        .join(
            row_errors,
            and_(row_errors.c.run == run, row_errors.c.row == counted.c.first, row_errors.c.code == counted.c.code),
        )
        .order_by(counted.c.n.desc(), counted.c.code, row_errors.c.number)
    )
    result: dict[str, ErrorCount] = {}
    for line in lines:
        kind = describe(line.code)
        example = f"{line.cell}: {line.message}" if line.cell else line.message
        tip = kind.tip if line.code in CODES else line.tip
        result.setdefault(line.code, ErrorCount(line.code, kind.title, line.n, example, tip))
    return tuple(result.values())


def ticks(connection: Connection, run: int, width_s: float) -> tuple[Tick, ...]:
    """Rows settled by pushing, per interval of `width_s` seconds; intervals without any are left out."""
    number = cast(rows.c.settled_s / width_s, Integer)
    counts = [func.sum(case((rows.c.outcome == name, 1), else_=0)) for name in ("updated", "failed", "unknown")]
    lines = connection.execute(
        select(number, *counts)
        .where(rows.c.run == run, rows.c.settled_s.is_not(None))
        .group_by(number)
        .order_by(number)
    )
    return tuple(Tick(line[0] * width_s, int(line[1]), int(line[2]), int(line[3])) for line in lines)


def each_row(connection: Connection, run: int) -> Iterator[RowOutcome]:
    """All rows in file order, streamed, with their errors and how many updates were sent for them."""
    lines = connection.execute(
        select(rows.c.row, rows.c.candidate, rows.c.outcome, rows.c.http_status)
        .where(rows.c.run == run)
        .order_by(rows.c.row)
        .execution_options(**_STREAMED)
    )
    errors_of = _in_step(_errors_by_row(connection, run), ())
    sent_for = _in_step(_sent_by_row(connection, run), (0, 0))
    for row, candidate, outcome, http_status in lines:
        puts, in_doubt = sent_for(row)
        standing: OutcomeName = outcome or ("unknown" if in_doubt else "unprocessed")
        yield RowOutcome(row, candidate, standing, errors_of(row), http_status, puts)


def _in_step(stream: Iterator[tuple[int, _T]], nothing: _T) -> Callable[[int], _T]:
    """Ask a stream that is in row order for what it has of each row, in row order; most rows are not in it."""
    pending = next(stream, None)

    def of_row(row: int) -> _T:
        nonlocal pending
        if pending is None or pending[0] != row:
            return nothing
        found = pending[1]
        pending = next(stream, None)
        return found

    return of_row


def _sent_by_row(connection: Connection, run: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """Of each row that something was sent for: its updates, and how many of these may have been applied."""
    puts = func.sum(case((attempts.c.kind == "put", 1), else_=0))
    in_doubt = func.sum(case((open_ended_put(), 1), else_=0))
    lines = connection.execute(
        select(attempts.c.row, puts, in_doubt)
        .where(attempts.c.run == run)
        .group_by(attempts.c.row)
        .order_by(attempts.c.row)
        .execution_options(**_STREAMED)
    )
    return ((row, (int(sent), int(doubtful))) for row, sent, doubtful in lines)


def _errors_by_row(connection: Connection, run: int) -> Iterator[tuple[int, tuple[RowError, ...]]]:
    lines = connection.execute(
        select(row_errors)
        .where(row_errors.c.run == run)
        .order_by(row_errors.c.row, row_errors.c.number)
        .execution_options(**_STREAMED)
    )
    for row, group in groupby(lines, key=lambda line: int(line.row)):
        yield (
            row,
            tuple(RowError(row, one.code, one.column_name, one.cell, one.message, one.tip) for one in group),
        )
