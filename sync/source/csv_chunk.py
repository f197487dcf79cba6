"""Make chunks of a CSV's records: even widths, no blank lines or comments, and a word on each row that is askew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sync.formula_guard import unguard_formula
from sync.model import CellProblem, Chunk
from sync.source.comments import is_comment
from sync.source.csv_records import Portion
from sync.source.delimiter import delimiter_name

_LINE_END = re.compile(r"\r+\n|\r|\n")
_SYNC_CODE = 1
"""The column that names the codes of a failed row's errors follows the one that numbers it."""
_LEAST_WIDTH = 3
"""Two cells to a line are too few to take a line of an address for a row."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """What a row of the table has to look like.

    `width`: columns of the header. `record_width`: cells of its record, the blank ones at the end included.
    `own_width`: columns without those that this product has added. `guarded`: cells that look like formulas were made
    harmless by this product.
    """

    delimiter: str
    width: int
    record_width: int
    own_width: int
    guarded: bool

    def chunk(self, portion: Portion) -> tuple[Chunk, int]:
        """The rows of these records, and how many of the records were comments."""
        records, first = portion.records, portion.first
        if self.guarded:
            records = [unguarded(record) for record in records]
        problems: list[CellProblem] = []
        passed: set[int] = set()
        comments = 0
        for i in self._odd(records):
            record = records[i]
            if _is_blank(record):
                passed.add(i)
            elif is_comment(record, self.width):
                passed.add(i)
                comments += 1
            elif problem := self._ragged(record, first + i):
                problems.append(problem)
            records[i] = (record + [""] * self.width)[: self.width]
        rows: Sequence[int] = range(first, first + len(records))
        if passed:
            records = [record for i, record in enumerate(records) if i not in passed]
            rows = [row for i, row in enumerate(rows) if i not in passed]
        if self.guarded:
            problems += self._still_short(records, rows)
        if portion.several_lines:
            problems += self._swallowing(records, rows)
        cells = np.array(records, dtype=object).reshape(len(records), self.width)
        frame = pd.DataFrame(cells, index=pd.Index(rows), columns=range(self.width), dtype=object)
        return Chunk(frame, tuple(problems)), comments

    def _odd(self, records: list[list[str]]) -> list[int]:
        """Places of the few records to look at: one of the right width that begins with a letter or digit is a row."""
        width = self.width
        return [i for i, record in enumerate(records) if len(record) != width or not record[0][:1].isalnum()]

    def _ragged(self, record: list[str], row: int) -> CellProblem | None:
        """What is wrong with the record's width; empty cells behind the header's last are nothing wrong."""
        beyond = record[self.record_width :]
        if any(cell.strip() for cell in beyond):
            message = f"the line has {len(record)} cells, the header {self.record_width}: quote cells that hold "
            return CellProblem(
                row, "ragged-row", None, ", ".join(beyond), message + delimiter_name(self.delimiter) + "s"
            )
        if len(record) < self.width:
            message = f"the line has {len(record)} cells, the header {self.width}: complete the line"
            return CellProblem(row, "ragged-row", tuple(range(len(record), self.width)), "", message)
        return None

    def _still_short(self, records: list[list[str]], rows: Sequence[int]) -> Iterator[CellProblem]:
        """Rows of a file of failed rows whose line was too short, and that nobody has completed since.

        Their cells may stand under a wrong header, and now that the line is filled up nothing else would show it.
        """
        told = self.own_width + _SYNC_CODE
        if told >= self.width:
            return
        for row, record in zip(rows, records, strict=True):
            own = record[: self.own_width]
            if "ragged-row" in record[told] and own and not own[-1].strip():
                filled = max((place + 1 for place, cell in enumerate(own) if cell.strip()), default=0)
                message = "the line was too short: complete it, or empty its cell under sync_code if it is complete"
                yield CellProblem(row, "ragged-row", tuple(range(filled, self.own_width)), "", message)

    def _swallowing(self, records: list[list[str]], rows: Sequence[int]) -> Iterator[CellProblem]:
        """The rows in which a quote that was not closed has made one of several."""
        for row, record in zip(rows, records, strict=True):
            if lines := _swallowed(record[: self.own_width], self.delimiter):
                message = (
                    f"a quoted cell takes in line breaks, so that {lines} lines that look like rows became one: "
                    "remove the quote that opens it, or write it twice"
                )
                yield CellProblem(row, "ragged-row", None, "", message)


def _swallowed(record: list[str], delimiter: str) -> int:
    """How many lines the record was made of, if each end of it looks like a row by itself; else 0.

    A delimiter with a space behind it is a comma of prose.
    """
    lines = _LINE_END.split(delimiter.join(record))
    if len(lines) == 1 or len(record) < _LEAST_WIDTH:
        return 0
    divides = re.compile(re.escape(delimiter) + "(?! )")
    ends = {len(divides.findall(line)) + 1 for line in (lines[0], lines[-1])}
    return len(lines) if ends == {len(record)} else 0


def unguarded(record: list[str]) -> list[str]:
    """The record without the protection that this product puts on what looks like a formula."""
    return [unguard_formula(cell) if cell[:1] == "'" else cell for cell in record]


def _is_blank(record: list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in record)
