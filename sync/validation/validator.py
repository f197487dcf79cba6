"""Checks converted values with pandera, all of a chunk at once, and tells of each failure in plain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrors

from sync.mapped import CANDIDATE, MappedChunk, MappedColumn, Target, quoted
from sync.model import RowError
from sync.validation.demands import Demand, candidate_demands, demands_on
from sync.validation.rowrules import RowRule, row_rules

_ROW = "DataFrameSchema"
"""What pandera calls the context of checks on whole rows."""


Case = tuple[str, str, int, int]
"""One failure: pandera's context, the column ("" for a row), the check's number, and the row's index."""


class Validator:
    """The checks of one mapping's targets, made once; it keeps nothing of the chunks that it sees."""

    def __init__(self, targets: Sequence[Target], id_columns: Collection[str] = ()) -> None:
        """Build the schema from the field table and the mapped targets (`BoundMapping.targets`).

        `id_columns`: the names of the columns that the candidate's id is from.
        """
        self._demands = {target.name: demands_on(target) for target in targets}
        self._demands[CANDIDATE.name] = candidate_demands(id_columns)
        self._rules = tuple(row_rules(targets))
        self._schema = _schema(self._demands, self._rules)

    def validate(self, mapped: MappedChunk) -> list[RowError]:
        """Return what is wrong with the converted values, by row and mapped field, without the conversion's errors."""
        columns = {column.target.name: column for column in (mapped.candidate, *mapped.columns)}
        frame = pd.DataFrame({name: column.values for name, column in columns.items()}, dtype=object)
        order = {name: number for number, name in enumerate(columns)}
        cases = sorted(self._cases(frame), key=lambda case: (case[3], order.get(case[1], len(order)), case[2]))
        return [error for case in cases if (error := self._error(mapped, columns, case))]

    def _cases(self, frame: pd.DataFrame) -> list[Case]:
        try:
            # An environment variable of pandera's would otherwise switch the checks off.
            with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
                self._schema.validate(frame, lazy=True)
        except SchemaErrors as failures:
            return failure_cases(failures.failure_cases)
        return []

    def _error(self, mapped: MappedChunk, columns: dict[str, MappedColumn], case: Case) -> RowError | None:
        context, name, number, index = case
        if context == _ROW:
            return self._rules[number].error(mapped, index)
        column = columns[name]
        if index in column.failed:
            return None
        return _cell_error(mapped, column, index, self._demands[name][number])


def failure_cases(cases: pd.DataFrame) -> list[Case]:
    """Turn pandera's table of failures into cases; a failure of a row, which it lists by column, becomes one.

    Raises AssertionError for a failure without a row: then nobody knows which rows are right.
    """
    if cases["index"].isna().any() or cases["check_number"].isna().any():
        raise AssertionError("pandera failed without a row: a check is broken, or the frame is")
    contexts = cases["schema_context"].tolist()
    columns = cases["column"].where(cases["schema_context"] != _ROW, "").tolist()
    numbers = cases["check_number"].astype(int).tolist()
    indices = cases["index"].astype(int).tolist()
    return list(dict.fromkeys(zip(contexts, columns, numbers, indices, strict=True)))


def _cell_error(mapped: MappedChunk, column: MappedColumn, index: int, demand: Demand) -> RowError:
    text, value = column.texts[index], column.values[index] or ""
    subject = quoted(text) if text else "the cell"
    if value not in {"", text}:
        subject += f", which becomes {quoted(value)},"
    return mapped.error(column, index, demand.code, f"{subject} {demand.reason(value)}", demand.tip(value))


def _schema(demands: dict[str, tuple[Demand, ...]], rules: tuple[RowRule, ...]) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        {
            name: pa.Column(
                object,
                [pa.Check(_over_distinct(demand.holds, name), name=demand.code, ignore_na=False) for demand in several],
                nullable=True,
            )
            for name, several in demands.items()
        },
        checks=[pa.Check(rule.holds, name=rule.code, ignore_na=False) for rule in rules],
    )


def _over_distinct(holds: Callable[[str], bool], name: str) -> Callable[[pd.Series[Any]], pd.Series[bool]]:
    """Check each distinct value once. What is left alone is right, and so is "", which clears a field, not an id."""
    right = {None} if name == CANDIDATE.name else {None, ""}

    def check(series: pd.Series[Any]) -> pd.Series[bool]:
        values = series.tolist()
        wrong = {value for value in set(values) - right if not holds(value)}
        verdicts = [value not in wrong for value in values] if wrong else True
        return pd.Series(verdicts, series.index, dtype=bool)

    return check
