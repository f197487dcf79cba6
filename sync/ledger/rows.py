"""The table of rows: what each source row became, or that it is still due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, func, insert, select, update

from sync.ledger.schema import row_errors, rows
from sync.model import OutcomeName, RowError

NewRow = tuple[int, str, bytes | None, OutcomeName | None]
"""A row as pass 1 leaves it: number, candidate, payload hash, and its outcome when it is not due."""


def add(connection: Connection, run: int, new: Sequence[NewRow], errors: Iterable[RowError]) -> None:
    """Record a chunk of rows with their errors."""
    insert_many(connection, rows, ("run", "row", "candidate", "payload_hash", "outcome"), [(run, *one) for one in new])
    add_errors(connection, run, errors)


def insert_many(connection: Connection, table: Table, columns: Sequence[str], lines: Sequence[tuple[Any, ...]]) -> None:
    """Insert lines given as tuples: past the statement's per-line parameter handling, which costs more than SQLite."""
    if not lines:
        return
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    if not compiled.positional:
        connection.execute(insert(table), [dict(zip(columns, line, strict=True)) for line in lines])
        return
    order = [columns.index(name) for name in compiled.positiontup or ()]
    assert order == list(range(len(columns)))  # noqa: S101 (a table's own column order)
    connection.exec_driver_sql(compiled.string, list(lines))


def add_errors(connection: Connection, run: int, errors: Iterable[RowError]) -> None:
    """Record errors of rows that have none yet, in the order given for each row."""
    ordered = sorted(errors, key=lambda error: error.row)
    lines = [
        (run, error.row, number, error.code, error.column, error.cell, error.message, error.tip)
        for _, of_row in groupby(ordered, key=lambda error: error.row)
        for number, error in enumerate(of_row, start=1)
    ]
    columns = ("run", "row", "number", "code", "column_name", "cell", "message", "tip")
    insert_many(connection, row_errors, columns, lines)


_ERROR_COLUMNS = ("run", "row", "code", "column_name", "cell", "message", "tip")
_APPEND_ERROR = insert(row_errors).from_select(
    ("number", *_ERROR_COLUMNS),
    select(
        func.coalesce(func.max(row_errors.c.number), 0) + 1, *(bindparam(f"new_{name}") for name in _ERROR_COLUMNS)
    ).where(row_errors.c.run == bindparam("new_run"), row_errors.c.row == bindparam("new_row")),
)


def append_errors(connection: Connection, run: int, errors: Iterable[RowError]) -> None:
    """Record one more error of each row, which may have some."""
    told = [(run, one.row, one.code, one.column, one.cell, one.message, one.tip) for one in errors]
    names = [f"new_{name}" for name in _ERROR_COLUMNS]
    if told:
        connection.execute(_APPEND_ERROR, [dict(zip(names, one, strict=True)) for one in told])


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
    if numbers:
        connection.execute(
            update(rows).where(
                rows.c.run == bindparam("in_run"),
                rows.c.row == bindparam("of_row"),
                rows.c.outcome.is_distinct_from("rejected"),
            ),
            [{"in_run": run, "of_row": number, "outcome": outcome} for number in numbers],
        )


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
