"""Writes failed.csv: the rows to mend, as the input had them, with what is wrong at the end of each."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from sync.formula_guard import guard_formula
from sync.model import Dialect, Source
from sync.report.failed import SYNC_COLUMNS, FailedRow, kept_columns
from sync.report.files import replaced
from sync.report.reported import FailedForm

_IN_UTF_8 = "failed.csv is in UTF-8: its few rows would not show that they are in {}, unless the mapping says so"
_BYTE_ORDER_MARK = "\ufeff"


def write_failed_csv(path: Path, rows: Iterable[FailedRow], source: Source, form: FailedForm) -> tuple[str, ...]:
    """Write the rows in the source's own encoding and dialect, as far as the file can be read again in them.

    Few rows may show less of a code page or of how cells are quoted than the whole source did. Where the same mapping
    would read the file in another way, all its cells are quoted, and if that is not enough it is written as UTF-8.
    What a line had beyond the header stays beyond it, so that such a row is rejected again until somebody mends it.
    Returns notes for the reader of the report.
    """
    own = source.dialect or Dialect()
    header = [source.header[place] for place in kept_columns(source)]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", dir=path.parent) as spool:
        for row in rows:
            spool.write(json.dumps([[*row.cells], [*row.sync_cells], [*filter(None, row.surplus)]]) + "\n")
        with replaced(path) as beside:
            for dialect in _dialects(own):
                spool.seek(0)
                written = _write(beside, header, map(json.loads, spool), dialect, form)
                if written and source.reads_as(beside, dialect):
                    break
    return () if dialect.encoding == own.encoding else (_IN_UTF_8.format(own.encoding.upper()),)


def _dialects(found: Dialect) -> Iterator[Dialect]:
    """The ways to write, best first; whatever the source did, quotes in cells are doubled, which is never unclear."""
    plain = replace(found, escape=None, spaced=False, mixed_ends=False)
    if not found.delimiter.isprintable() and found.delimiter != "\t":
        plain = replace(plain, delimiter=",")
    yield plain
    quoted = replace(plain, quote='"', quotes_all=True)
    yield quoted
    yield replace(quoted, encoding="utf-8", marked=True)


def _write(path: Path, header: list[str], rows: Iterable[list[list[str]]], dialect: Dialect, form: FailedForm) -> bool:
    """Write the table, its header where the mapping looks for it; false when a cell has no form in the encoding."""
    with path.open("w", encoding=dialect.encoding, newline="") as file:
        try:
            if dialect.marked:
                file.write(_BYTE_ORDER_MARK)
            if dialect.stated:
                file.write(f"sep={dialect.delimiter}{dialect.line_end}")
            file.write(dialect.line_end * (form.header_row - 1 - dialect.stated))
            _write_line(file, [*header, *SYNC_COLUMNS], dialect)
            for own, told, surplus in rows:
                _write_line(file, [*own, *(_encodable(text, dialect.encoding) for text in told), *surplus], dialect)
        except UnicodeEncodeError:
            return False
    return True


def _write_line(file: TextIO, cells: Iterable[str], dialect: Dialect) -> None:
    file.write(dialect.delimiter.join(_quoted(guard_formula(cell), dialect) for cell in cells) + dialect.line_end)


def _quoted(cell: str, dialect: Dialect) -> str:
    """The cell in quotes if it needs them; Python's own writer leaves line ends bare that are not the file's."""
    quote = dialect.quote
    needed = cell[:1].isspace() or any(char in cell for char in (dialect.delimiter, quote, "\r", "\n"))
    return f"{quote}{cell.replace(quote, quote * 2)}{quote}" if needed or dialect.quotes_all else cell


def _encodable(text: str, encoding: str) -> str:
    """The report's own words with a question mark for what the encoding lacks."""
    return text.encode(encoding, errors="replace").decode(encoding)
