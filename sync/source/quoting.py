"""Find how a CSV quotes its cells and ends its lines; anything but the usual way needs clear evidence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import islice

from sync.model import Dialect
from sync.source.csv_cells import quoted_cells, records_of

_LINE_END = re.compile(r"\r+\n|\r|\n")
_MOST_CELLS = 2_000
_NEARLY_ALL = 0.9


def with_line_ends(dialect: Dialect, sample: str) -> Dialect:
    """The dialect with what mostly ends the sample's lines, outside quotes."""
    bare = re.sub(r'"[^"]*"', "", sample)
    ends = Counter("\r\n" if len(found) > 1 else found for found in _LINE_END.findall(bare))
    if not ends:
        return dialect
    line_end = ends.most_common(1)[0][0]
    mixed = ends["\r"] > 0 and len(ends) > 1 and _even(bare, dialect.delimiter)
    return replace(dialect, line_end=line_end, mixed_ends=mixed)


def _even(text: str, delimiter: str) -> bool:
    """Whether all lines are equally wide if CR ends one as well, so that it does not stand within a cell."""
    widths = {line.count(delimiter) for line in _LINE_END.split(text) if line}
    return len(widths) == 1 and widths != {0}


def with_quotes(dialect: Dialect, sample: str, *, cut: bool) -> Dialect:
    """The dialect with the quotes that the sample uses; `cut`: it ends inside a record."""
    spaced = replace(dialect, spaced=True)
    if dialect.delimiter + ' "' in sample and not _divides(sample, dialect, cut) and _divides(sample, spaced, cut):
        dialect = spaced
    if not _quoted(sample, dialect):
        single = replace(dialect, quote="'")
        tried = (single, replace(single, escape="\\"))
        taken = (one for one in tried if _quoted(sample, one) and _single_quoted(sample, dialect, one, cut=cut))
        dialect = next(taken, dialect)
    cells = list(islice(quoted_cells(sample, dialect), _MOST_CELLS))
    quotes_all = bool(cells) and all(quoted for quoted, _ in cells)
    return replace(dialect, quotes_all=quotes_all)


def _quoted(sample: str, dialect: Dialect) -> int:
    return sum(quoted for quoted, _ in islice(quoted_cells(sample, dialect), _MOST_CELLS))


def _single_quoted(sample: str, double: Dialect, single: Dialect, *, cut: bool) -> bool:
    """Whether the apostrophes are quotes: they make the records even, or stand around a cell of nearly each one."""
    if not _divides(sample, single, cut):
        return False
    lines = sample[: _end_of(sample, single)].count("\n" if "\n" in sample else "\r")
    return not _divides(sample, double, cut) or _quoted(sample, single) >= _NEARLY_ALL * max(lines, 1)


def _end_of(sample: str, dialect: Dialect) -> int:
    return max((place for _, place in islice(quoted_cells(sample, dialect), _MOST_CELLS)), default=0)


def _divides(sample: str, dialect: Dialect, cut: bool) -> bool:
    """Whether the dialect takes the sample without an error, and nearly all records of several cells have one width."""
    widths: Counter[int] = Counter()
    try:
        widths.update(len(record) for record in records_of(io.StringIO(sample, newline=""), dialect) if record[1:])
    except csv.Error as error:
        if not (cut and "unexpected end" in str(error)):
            return False
    return bool(widths) and widths.most_common(1)[0][1] >= _NEARLY_ALL * widths.total()
