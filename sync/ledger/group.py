"""A statement over many lines at once: SQLite then works through them in one step, beside the event loop.

The driver gives up the interpreter's lock for each step and has to wait for it after each: with a step per line, a
group commit of 32 lines beside a busy event loop took 28 ms, like this 3 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import CTE, Column, Connection, Dialect, Insert, Update, bindparam, column, values

_SIZES = (64, 16, 4, 1)
"""Lines that one statement takes: few sizes, so that each is compiled and prepared once."""

Line = tuple[Any, ...]


class GroupStatement:
    """An insert or update from given lines, which `build` takes as a table of these columns."""

    def __init__(self, columns: Sequence[Column[Any]], build: Callable[[CTE], Insert | Update]) -> None:
        self._columns = columns
        self._build = build
        self._compiled = cache(self._compile)

    def execute(self, connection: Connection, lines: Sequence[Line]) -> None:
        """Run it over all the lines."""
        first = 0
        for size in _SIZES:
            while len(lines) - first >= size:
                sql, names = self._compiled(size, connection.dialect)
                given = tuple(chain.from_iterable(lines[first : first + size]))
                connection.exec_driver_sql(sql, dict(zip(names, given, strict=True)) if names else given)
                first += size

    def _compile(self, size: int, dialect: Dialect) -> tuple[str, list[str]]:
        """The SQL for so many lines, and its parameters' names where the driver knows them by name."""
        lines = [
            tuple(bindparam(f"{one.name}_{line}", type_=one.type) for one in self._columns) for line in range(size)
        ]
        named = values(*(column(one.name, one.type) for one in self._columns), name="given")
        compiled = self._build(named.data(lines).cte("given")).compile(dialect=dialect)
        return compiled.string, [] if compiled.positional else [one.key for line in lines for one in line]
