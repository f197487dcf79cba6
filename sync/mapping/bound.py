"""A rule whose columns have been found in a file's header."""

from __future__ import annotations

from dataclasses import dataclass

from sync.mapped import Target
from sync.mapping.way import Way


@dataclass(frozen=True, slots=True)
class Condition:
    """A `when`: the column at `position` must hold one of `values`, which are trimmed and folded."""

    position: int
    values: frozenset[str]

    def holds(self, text: str) -> bool:
        """Whether a cell's text is one of the values."""
        return text.strip().casefold() in self.values


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule with its columns as header positions.

    With `pattern`, a %-format, its text is made of all the columns; else it is that of the first column that has one;
    without columns it is the way's default.
    """

    target: Target
    positions: tuple[int, ...]
    pattern: str | None
    conditions: tuple[Condition, ...]
    way: Way

    @property
    def used(self) -> tuple[int, ...]:
        """All header positions that the rule looks at."""
        return (*self.positions, *(condition.position for condition in self.conditions))
