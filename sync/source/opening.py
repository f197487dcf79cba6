"""Open a source file: look at what it is, and let the reader of that format find its header."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from sync.model import Source
from sync.source.content import content_of, ending_note, may_be_workbook
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
    if not may_be_workbook(path):
        return {}
    with opened_in_child(path) as reader:
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
    if may_be_workbook(path):
        return open_workbook(path, spec, wanted, opened_in_child)
    note = ending_note(path, content_of(path))
    source = open_csv(path, spec, wanted)
    if note:
        source.notes = (note, *source.notes)
    return source
