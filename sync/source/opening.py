"""Open a source file: look at what it is, and let the reader of that format find its header."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path

from sync.model import Source
from sync.source.content import content_of, ending_note
from sync.source.csv_file import open_csv
from sync.source.header import Wanted
from sync.source.local_file import refuse_unreadable
from sync.source.spec import SourceSpec
from sync.source.workbooks.child import opened_in_child
from sync.source.workbooks.sheet_choice import shown_texts
from sync.source.workbooks.workbook_file import open_workbook


def first_rows(path: Path, count: int) -> dict[str, list[tuple[int, list[str]]]]:
    """By name, the visible sheets of a workbook, each with its first rows that are not blank: number and cells.

    Nothing for delimited text. Raises SourceError when the file cannot be read.
    """
    refuse_unreadable(path)
    content = content_of(path)
    if content == "text":
        return {}
    with opened_in_child(path, workbook_format=content) as reader:
        return {
            sheet.name: [
                (row.number, shown_texts(row))
                for row in islice((row for row in reader.rows(place) if not row.blank), count)
            ]
            for place, sheet in enumerate(reader.sheets)
            if sheet.visible
        }


def open_source(path: Path, spec: SourceSpec, wanted: Wanted) -> Source:
    """The table in the file, its header found; text or a workbook of any format, told apart by their content.

    `wanted`: one tuple per mapped column, of the names under which it may stand in the header; when empty, the
    first row that is not blank is the header. Raises SourceError when the file cannot be read as such a table, and
    its MissingColumns when the header lacks wanted columns.
    """
    refuse_unreadable(path)
    content = content_of(path)
    source: Source
    if content == "text":
        source = open_csv(path, spec, wanted)
    else:
        source = open_workbook(path, spec, wanted, partial(opened_in_child, workbook_format=content))
    if note := ending_note(path, content):
        source.notes = (note, *source.notes)
    return source
