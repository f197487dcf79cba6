"""Open a source file: look at what it is, and let the reader of that format find its header."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sync.model import Source
from sync.source.content import Content, content_of
from sync.source.csv_file import open_csv
from sync.source.header import Wanted
from sync.source.local_file import refuse_unreadable
from sync.source.spec import SourceSpec
from sync.source.xlsx_file import open_xlsx

_READERS: dict[Content, Callable[[Path, SourceSpec, Wanted], Source]] = {"text": open_csv, "workbook": open_xlsx}


def open_source(path: Path, spec: SourceSpec, wanted: Wanted) -> Source:
    """The table in the file, its header found; .csv, .tsv, .txt, .xlsx and .xlsm, told apart by their content.

    `wanted`: one tuple per mapped column, of the names under which it may stand in the header; when empty, the
    first row that is not blank is the header. Raises SourceError when the file cannot be read as such a table, and
    its MissingColumns when the header lacks wanted columns.
    """
    refuse_unreadable(path)
    return _READERS[content_of(path)](path, spec, wanted)
