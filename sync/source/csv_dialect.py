"""Find all of a CSV's dialect, and say in words for people what was found and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.model import Dialect
from sync.source.csv_records import opened_text, with_escapes
from sync.source.delimiter import NO_DELIMITER, Delimiter, delimiter_name, find_delimiter, stated_delimiter
from sync.source.encoding import Encoding, find_encoding
from sync.source.header import Wanted
from sync.source.quoting import with_line_ends, with_quotes
from sync.source.spec import SourceSpec

_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class FoundDialect:
    """A file's dialect, and notes on it for people."""

    dialect: Dialect
    notes: tuple[str, ...]


def find_dialect(path: Path, spec: SourceSpec, wanted: Wanted) -> FoundDialect:
    """The encoding and delimiter that the mapping names, else those that the file shows, and how it quotes.

    Raises SourceError when one cannot be, or when the file cannot be decoded.
    """
    encoding = find_encoding(path, spec.encoding)
    plain = Dialect(encoding.codec, encoding.marked, mixed_ends=True)
    with opened_text(path, plain) as text:
        sample = text.read(_SAMPLE)
        cut = bool(text.read(1))
    stated = stated_delimiter(sample) is not None
    delimiter = find_delimiter(path, spec, sample, wanted, cut=cut)
    table = sample.lstrip("\r\n").partition("\n" if "\n" in sample else "\r")[2] if stated else sample
    dialect = Dialect(encoding.codec, encoding.marked, delimiter.char, stated=stated)
    dialect = with_quotes(with_line_ends(dialect, sample), table, cut=cut)
    dialect = with_escapes(path, dialect)
    return FoundDialect(dialect, tuple(_notes(encoding, delimiter, dialect)))


def _notes(encoding: Encoding, delimiter: Delimiter, dialect: Dialect) -> list[str]:
    codec = encoding.codec.upper()
    divides = "no delimiter" if delimiter.char == NO_DELIMITER else f"{delimiter_name(delimiter.char)} as the delimiter"
    sure_of = (
        f"encoding: {_said(encoding.reason, encoding.likely)}; delimiter: {_said(delimiter.reason, delimiter.likely)}"
    )
    notes = [f"read as {codec} with {divides} ({sure_of})"]
    if encoding.likely is not None:
        notes.append(
            f"{codec} is a guess, {_sureness(encoding.likely)}: check letters with accents, or say source.encoding in "
            "the mapping"
        )
    if delimiter.likely is not None:
        name = delimiter_name(delimiter.char)
        guess = "one column" if delimiter.char == NO_DELIMITER else f"{name} as the delimiter"
        notes.append(f"{guess} is a guess, {_sureness(delimiter.likely)}: say source.delimiter in the mapping if wrong")
    if dialect.quote != '"':
        notes.append(f"cells are quoted with {dialect.quote} instead of double quotes")
    if dialect.escape:
        notes.append("quotes inside cells have a backslash in front instead of being doubled")
    if dialect.mixed_ends:
        notes.append("lines end now with CR, now with LF; both were taken as line ends")
    return notes


def _said(reason: str, likely: bool | None) -> str:
    return f"certain, {reason}" if likely is None else reason


def _sureness(likely: bool) -> str:
    return "probably right" if likely else "and not a sure one"
