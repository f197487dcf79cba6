"""Where cells begin and end in delimited text: to see how it quotes, and to find the cell that breaks the rules."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sync.model import Dialect

if TYPE_CHECKING:
    from _csv import Reader


def records_of(lines: Iterable[str], dialect: Dialect) -> Reader:
    """The records in these lines, which keep their ends. Raises csv.Error while it is read."""
    return csv.reader(
        _only_quotes_escaped(lines, dialect.quote) if dialect.escape else lines,
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        skipinitialspace=dialect.spaced,
        strict=True,
    )


def _only_quotes_escaped(lines: Iterable[str], quote: str) -> Iterator[str]:
    r"""The lines with their backslashes doubled, but for those before a quote or another one: `C:\temp` stays so."""
    escaped = re.compile(rf"\\[{re.escape(quote)}\\]|\\")
    for line in lines:
        yield escaped.sub(lambda found: found[0] if len(found[0]) > 1 else r"\\", line)


def quoted_cells(text: str, dialect: Dialect) -> Iterator[tuple[bool, int]]:
    """For each whole cell from the text's beginning, whether it is quoted, and where it ends with its delimiter.

    It stops where a quote is not closed, or is not followed by a delimiter or a line's end.
    """
    quote, delimiter = re.escape(dialect.quote), re.escape(dialect.delimiter)
    inside = rf"[^{quote}\\]|\\.|{quote}{quote}" if dialect.escape else f"[^{quote}]|{quote}{quote}"
    space = " *" if dialect.spaced else ""
    cell = re.compile(
        rf"{space}(?:({quote})(?:{inside})*+{quote}|(?!{quote})[^{delimiter}\r\n]*+)(?:{delimiter}|\r+\n|\r|\n)",
        re.DOTALL,
    )
    place = 0
    while found := cell.match(text, place):
        place = found.end()
        yield found[1] is not None, place
