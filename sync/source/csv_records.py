"""Stream the records of delimited text, and say in plain words which record is not CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sync.errors import SourceError
from sync.model import Dialect
from sync.source.delimiter import given_delimiter, guess_delimiter, stated_delimiter
from sync.source.encoding import find_encoding, undecodable_at
from sync.source.header import Wanted
from sync.source.local_file import reading
from sync.source.spec import SourceSpec

_SAMPLE = 1 << 16
_LARGEST_CELL = 1 << 24
"""Characters; more than any file in base64 that the API takes, so what is longer is an unclosed quote."""

_REASONS = (
    ("unexpected end of data", 'the quote (") that opens a cell is never closed'),
    ("expected after", 'a quoted cell goes on after its closing quote (inside a cell, a quote is written "")'),
    ("larger than field limit", "a cell has over 16 million characters: the quote that opens it is never closed"),
)


def find_dialect(path: Path, spec: SourceSpec, wanted: Wanted) -> tuple[Dialect, bool]:
    """The encoding and delimiter that the mapping names, else those that the file shows; and whether one is a guess.

    Raises SourceError when one cannot be, or when the file's beginning cannot be decoded.
    """
    encoding = find_encoding(path, spec.encoding)
    try:
        with reading(path), path.open(encoding=encoding.codec, newline="") as text:
            text.read(int(encoding.marked))
            sample = text.read(_SAMPLE)
            cut = bool(text.read(1))
    except UnicodeError as error:
        raise _undecodable(path, encoding.codec) from error
    stated = stated_delimiter(sample)
    if spec.delimiter is not None:
        delimiter = given_delimiter(path, spec.delimiter)
    else:
        favourite = "\t" if path.suffix.lower() == ".tsv" else ","
        delimiter = stated or guess_delimiter(sample, wanted, cut=cut, favourite=favourite)
    dialect = Dialect(encoding.codec, encoding.marked, delimiter, stated=stated is not None)
    return replace(dialect, line_end=_line_end(sample)), encoding.guessed


def read_records(path: Path, dialect: Dialect) -> Iterator[list[str]]:
    """All records from the top, blank ones as empty lists.

    Raises SourceError with the record's number, or the byte, that cannot be read.
    """
    csv.field_size_limit(_LARGEST_CELL)
    number = 0
    with reading(path), path.open(encoding=dialect.encoding, newline="") as text:
        try:
            text.read(int(dialect.marked))
            for number, record in enumerate(csv.reader(text, delimiter=dialect.delimiter, strict=True), start=1):  # noqa: B007
                yield record
        except csv.Error as error:
            raise SourceError(path, f"record {number + 1}: {_plainly(str(error))}: correct it in the file") from error
        except UnicodeError as error:
            raise _undecodable(path, dialect.encoding) from error


def _line_end(sample: str) -> str:
    """What ends the first line; that of a spreadsheet program where there is but one line."""
    found = re.search(r"\r\n|\r|\n", sample)
    return found[0] if found else "\r\n"


def _plainly(error: str) -> str:
    return next((reason for fragment, reason in _REASONS if fragment in error), error)


def _undecodable(path: Path, codec: str) -> SourceError:
    return SourceError(
        path,
        f"byte {undecodable_at(path, codec)} is not {codec}: say the file's encoding as source.encoding in the "
        "mapping, e.g. cp1252, or save the file as CSV UTF-8",
    )
