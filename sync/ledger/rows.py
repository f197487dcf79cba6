"""The table of rows: what each source row became, or that it is still due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, Select, and_, bindparam, func, insert, select, update

from sync.ledger.many import execute_many
from sync.ledger.schema import row_errors, rows
from sync.model import OutcomeName, RowError

NewRow = tuple[int, str, bytes | None, OutcomeName | None]
"""A row as pass 1 leaves it: number, candidate, payload hash, and its outcome when it is not due."""


_ADD, _ADD_ERROR = insert(rows), insert(row_errors)
_SETTLE = (
    update(rows)
    .where(
        rows.c.run == bindparam("in_run"),
        rows.c.row == bindparam("of_row"),
        rows.c.outcome.is_distinct_from("rejected"),
    )
    .values(outcome=bindparam("outcome"))
)


def add(connection: Connection, run: int, new: Sequence[NewRow], errors: Iterable[RowError]) -> None:
    """Record a chunk of rows with their errors."""
    names = ("run", "row", "candidate", "payload_hash", "outcome")
    execute_many(connection, _ADD, names, [(run, *one) for one in new])
    add_errors(connection, run, errors)


def add_errors(connection: Connection, run: int, errors: Iterable[RowError]) -> None:
    """Record errors of rows that have none yet, in the order given for each row."""
    ordered = sorted(errors, key=lambda error: error.row)
    lines = [
        (run, error.row, number, error.code, error.column, error.cell, error.message, error.tip)
        for _, of_row in groupby(ordered, key=lambda error: error.row)
        for number, error in enumerate(of_row, start=1)
    ]
    names = ("run", "row", "number", "code", "column_name", "cell", "message", "tip")
    execute_many(connection, _ADD_ERROR, names, lines)


_ERROR_COLUMNS = ("run", "row", "code", "column_name", "cell", "message", "tip")
_APPEND_ERROR = insert(row_errors).from_select(
    ("number", *_ERROR_COLUMNS),
    select(
        func.coalesce(func.max(row_errors.c.number), 0) + 1, *(bindparam(f"new_{name}") for name in _ERROR_COLUMNS)
    ).where(row_errors.c.run == bindparam("new_run"), row_errors.c.row == bindparam("new_row")),
)


def append_errors(connection: Connection, run: int, errors: Iterable[RowError]) -> None:
    """Record one more error of each row, which may have some."""
    lines = [(run, one.row, one.code, one.column, one.cell, one.message, one.tip) for one in errors]
    execute_many(connection, _APPEND_ERROR, tuple(f"new_{name}" for name in _ERROR_COLUMNS), lines)


def candidates(connection: Connection, run: int, numbers: Sequence[int]) -> dict[int, str]:
    """The candidates of these rows, "" where a row names none."""
    lines = connection.execute(select(rows.c.row, rows.c.candidate).where(rows.c.run == run, rows.c.row.in_(numbers)))
    return {line.row: line.candidate for line in lines}


def same_candidate(connection: Connection, run: int) -> Iterator[tuple[str, list[int]]]:
    """Candidates with several rows in this run, each with its row numbers in file order."""
    several = with_several_rows(run).subquery()
    lines = connection.execute(
        select(rows.c.candidate, rows.c.row)
        .join(several, and_(rows.c.candidate == several.c.candidate, rows.c.run == run))
        .order_by(rows.c.candidate, rows.c.row)
        .execution_options(yield_per=1000)
    )
    for candidate, of_candidate in groupby(lines, key=lambda line: str(line.candidate)):
        yield candidate, [line.row for line in of_candidate]


def with_several_rows(run: int) -> Select[str]:
    """The candidates that have several rows in this run."""
    named = select(rows.c.candidate).where(rows.c.run == run, rows.c.candidate != "")
    return named.group_by(rows.c.candidate).having(func.count() > 1)


def settle(connection: Connection, run: int, numbers: Sequence[int], outcome: OutcomeName) -> None:
    """Give rows an outcome that needed no request. A row that was rejected stays so."""
    execute_many(connection, _SETTLE, ("in_run", "of_row", "outcome"), [(run, number, outcome) for number in numbers])


def count(connection: Connection, run: int, *, only_due: bool = False) -> int:
    """How many rows of the run are recorded, or have no outcome yet."""
    wanted = and_(rows.c.run == run, rows.c.outcome.is_(None)) if only_due else rows.c.run == run
    return connection.execute(select(func.count()).select_from(rows).where(wanted)).scalar_one()


def due(connection: Connection, run: int, first: int, last: int) -> dict[int, bytes]:
    """Rows from `first` to `last` that have no outcome yet, each with its payload's hash."""
    lines = connection.execute(
        select(rows.c.row, rows.c.payload_hash).where(
            rows.c.run == run, rows.c.row.between(first, last), rows.c.outcome.is_(None)
        )
    )
    return {line.row: line.payload_hash for line in lines}
