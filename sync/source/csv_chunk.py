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
TEXT_FORMULA = '="'
"""How a formula begins that is a text, such as `="00123"`."""
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_SYNC_CODE, _SYNC_COLUMN = 1, 2
"""Where the codes of a failed row's errors and their columns stand, counted from the column that numbers it."""
_LEAST_WIDTH = 3
"""Two cells to a line are too few to take a line of an address for a row."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """What a row of the table has to look like.

    `own_width`: columns without those that this product has added. `guarded`: cells that look like formulas were made
    harmless by this product. `text_formulas`: there are cells such as `="00123"`.
    """

    delimiter: str
    header: tuple[str, ...]
    own_width: int
    guarded: bool
    text_formulas: bool

    @property
    def width(self) -> int:
        """Columns of the header."""
        return len(self.header)

    def chunk(self, portion: Portion) -> tuple[Chunk, int]:
        """The rows of these records, and how many of the records were comments."""
        records, first = portion.records, portion.first
        if self.text_formulas:
            records = [with_texts_of_formulas(record) for record in records]
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
        if self.guarded and self.own_width + _SYNC_COLUMN < self.width:
            problems += self._still_short(records, rows)
        if portion.several_lines:
            askew = {problem.row for problem in problems}
            problems += (problem for problem in self._swallowing(records, rows) if problem.row not in askew)
        cells = np.array(records, dtype=object).reshape(len(records), self.width)
        frame = pd.DataFrame(cells, index=pd.Index(rows), columns=range(self.width), dtype=object)
        return Chunk(frame, tuple(problems)), comments

    def _odd(self, records: list[list[str]]) -> list[int]:
        """Places of the few records to look at: one of the right width that begins with a letter or digit is a row."""
        width = self.width
        return [i for i, record in enumerate(records) if len(record) != width or not record[0][:1].isalnum()]

    def _ragged(self, record: list[str], row: int) -> CellProblem | None:
        """What is wrong with the record's width; empty cells behind the header's last are nothing wrong."""
        # What stands below blank cells at the header's end was most likely pushed there, and is not of the table.
        beyond = record[self.width :]
        if any(cell.strip() for cell in beyond):
            message = f"the line has {len(record)} cells, the header {self.width}: quote cells that hold "
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
        codes, columns = self.own_width + _SYNC_CODE, self.own_width + _SYNC_COLUMN
        for row, record in zip(rows, records, strict=True):
            for code, column in zip(record[codes].split("\n"), record[columns].split("\n"), strict=False):
                if code != "ragged-row" or column not in self.header:
                    continue
                missing = range(self.header.index(column), self.own_width)
                if not any(record[place].strip() for place in missing):
                    message = "the line was too short: complete it, or empty its sync_code cell if it is complete"
                    yield CellProblem(row, "ragged-row", tuple(missing), "", message)

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


def with_texts_of_formulas(record: list[str]) -> list[str]:
    """The record with the text of each formula that is nothing but one.

    Exports write `="00123"` so that a spreadsheet shows 00123, with its zeros.
    """
    return [
        found[1].replace('""', '"') if cell[:2] == TEXT_FORMULA and (found := _TEXT_FORMULA.fullmatch(cell)) else cell
        for cell in record
    ]


def _is_blank(record: list[str]) -> bool:
    return not any(cell and not cell.isspace() for cell in record)
