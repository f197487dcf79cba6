"""What fields of one row demand of each other: the field table's `together` and `requires`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from sync.api.fields import FIELD_BY_NAME
from sync.mapped import MappedChunk, MappedColumn, Target, quoted
from sync.model import RowError


@dataclass(frozen=True, slots=True)
class RowRule:
    """A value of `field` demands one of `other`; with `missing-value` only where it is true, and "" is none."""

    code: Literal["incomplete-name", "missing-value"]
    field: str
    other: str

    def holds(self, frame: pd.DataFrame) -> pd.Series[bool]:
        """Say for each row whether it keeps the rule. The columns' values are wire text or None."""
        values = frame[self.field]
        others = frame[self.other] if self.other in frame else pd.Series(None, frame.index, dtype=object)
        if self.code == "incomplete-name":
            return values.isna() | others.notna()
        return (values != "true") | (others.notna() & (others != ""))

    def error(self, mapped: MappedChunk, index: int) -> RowError | None:
        """Build the error of a row that breaks the rule; none where a value is only missing because it is wrong."""
        columns = {column.target.name: column for column in mapped.columns}
        column, other = columns[self.field], columns.get(self.other)
        if other is not None and index in other.failed:
            return None
        where = column if other is None else other
        return mapped.error(where, index, self.code, self._message(column, index))

    def _message(self, column: MappedColumn, index: int) -> str:
        field, other = (name.replace("_", " ") for name in (self.field, self.other))
        if self.code == "incomplete-name":
            return f"the {field} {quoted(column.texts[index])} has no {other} beside it"
        return f"{self.field} is {quoted(column.texts[index])}, so {self.other} needs a value and has none"


def row_rules(targets: Sequence[Target]) -> Iterator[RowRule]:
    """The rules between the mapped fields, and those that demand a field which is not mapped."""
    for name in dict.fromkeys(target.field for target in targets):
        field = FIELD_BY_NAME[name]
        yield from (RowRule("incomplete-name", name, other) for other in field.together)
        yield from (RowRule("missing-value", name, other) for other in field.requires)
