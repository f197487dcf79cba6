"""Find a CSV's delimiter: by the header it yields, then by how evenly it divides the records."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sync.errors import SourceError
from sync.source.header import Wanted, find_header

_WORDS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe"}
_CANDIDATES = (",", ";", "\t", "|")
_STATED = re.compile(r'"?sep=([^\r\n"])"?[\r\n]', re.IGNORECASE)
"""Excel's own first line, which says the delimiter and is no row of the table."""


def delimiter_name(delimiter: str) -> str:
    """The delimiter's name for people."""
    return _NAMES.get(delimiter, repr(delimiter))


def stated_delimiter(sample: str) -> str | None:
    """The delimiter that a first line `sep=;` states."""
    match = _STATED.match(sample)
    return match[1] if match else None


def given_delimiter(path: Path, given: str) -> str:
    """The character that the mapping names. Raises SourceError when it cannot divide cells."""
    delimiter = _WORDS.get(given.strip().lower(), given)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise SourceError(path, f"{given!r} cannot be a delimiter: say one character, or tab, comma, semicolon or pipe")
    return delimiter


def guess_delimiter(sample: str, wanted: Wanted, *, cut: bool, favourite: str) -> str:
    """The likeliest of comma, semicolon, tab and pipe for the text's beginning.

    `cut`: the sample ends inside a record. `favourite`: wins a tie, and where nothing divides the records.
    """

    def merit(delimiter: str) -> tuple[bool, float, bool]:
        records = _records(sample, delimiter, cut=cut)
        found = find_header(enumerate(records, start=1), None, wanted)
        fits = bool(wanted) and found is not None and not found.missing
        return fits, _evenness(records), delimiter == favourite

    return max(_CANDIDATES, key=merit)


def _records(sample: str, delimiter: str, *, cut: bool) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
    except csv.Error:
        return records
    return records[:-1] if cut and len(records) > 1 else records


def _evenness(records: Sequence[Sequence[str]]) -> float:
    """0 to 1: the share of records with the commonest width, and more for a greater width; 0 for single cells."""
    widths = Counter(len(record) for record in records if record)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return count / widths.total() * (width - 1) / width
