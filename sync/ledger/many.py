"""One statement for many lines, past SQLAlchemy's handling of each line's parameters, which costs more than SQLite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Update

Line = tuple[Any, ...]


def execute_many(
    connection: Connection, statement: Insert | Update, names: tuple[str, ...], lines: Sequence[Line]
) -> None:
    """Run the statement once for each line; `names` are the parameters that its values are for."""
    if not lines:
        return
    sql, arranged = _compiled(statement, connection.dialect, names)
    if arranged is None:
        connection.execute(statement, [dict(zip(names, line, strict=True)) for line in lines])
        return
    connection.exec_driver_sql(sql, [arranged(line) for line in lines])


@lru_cache
def _compiled(
    statement: Insert | Update, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, Callable[[Line], Line] | None]:
    """The SQL, and what puts a line into its order; None where the driver knows parameters by their names."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    if not compiled.positional:
        return compiled.string, None
    constant = {name: value for name, value in compiled.params.items() if name not in names}
    known = (*names, *constant)
    in_order = itemgetter(*(known.index(name) for name in compiled.positiontup or ()))
    constants = tuple(constant.values())
    return compiled.string, lambda line: in_order(line + constants)
