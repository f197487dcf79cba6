"""The frozen values that pass from the mapping to validation: converted columns of a chunk of rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.codes import CODES
from sync.model import RowError

CONSTANT = -1
"""Stands for a header position where a value comes from the mapping and not from a cell."""

_LONGEST_QUOTE = 80


def quoted(text: str) -> str:
    """Return a cell's text as messages show it: in quotes, on one line, cut where it is long."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= _LONGEST_QUOTE else f"'{line[:_LONGEST_QUOTE]}…'"


@dataclass(frozen=True, slots=True)
class Target:
    """Where converted values go: an API field, or one key of candidate_attribute_data.

    `proven`: the conversion ends in a step that lets only right values of this field pass.
    """

    field: str
    attribute: str | None = None
    proven: bool = False

    @property
    def name(self) -> str:
        """The name in messages, `email` or `candidate_attribute_data.shirt_size`."""
        return self.field if self.attribute is None else f"{self.field}.{self.attribute}"


CANDIDATE = Target("candidate")
"""The target of the {id} in the request's path; it is no field of the body."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """Converted values for one target, one per row of the chunk, and what they were made from.

    `values`: wire text; None leaves the field alone, "" clears it. `texts`: the cells' own text. `origins`: header
    positions, 0-based, or CONSTANT. `failed`: indices of rows whose conversion failed; their value is None.
    """

    target: Target
    values: Sequence[str | None]
    texts: Sequence[str]
    origins: Sequence[int]
    failed: frozenset[int]


@dataclass(frozen=True, slots=True)
class MappedChunk:
    """A chunk after conversion. `rows` are the spreadsheet's row numbers; `errors` come from the conversion."""

    rows: Sequence[int]
    candidate: MappedColumn
    columns: tuple[MappedColumn, ...]
    errors: tuple[RowError, ...]
    header: tuple[str, ...]
    cell_name: Callable[[int, int], str]

    @property
    def candidates(self) -> list[str]:
        """The candidate id of each row, "" where there is none that can be used."""
        return [candidate or "" for candidate in self.candidate.values]

    def error(self, column: MappedColumn, index: int, code: str, message: str, tip: str = "") -> RowError:
        """Build the error of one converted cell; without a tip, the code's own one."""
        origin = column.origins[index]
        name, cell = ("", "") if origin == CONSTANT else (self.header[origin], self.cell_name(self.rows[index], origin))
        return RowError(self.rows[index], code, name, cell, message, tip or CODES[code].tip)
