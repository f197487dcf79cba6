"""Writes failed.xlsx: the user's own sheet with just the rows to mend, the wrong cells marked and explained."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from sync.errors import SourceError
from sync.headers import normalise_header
from sync.look import SheetLook
from sync.model import Source, Styled
from sync.report.failed import failed_rows
from sync.report.files import NotAsWritten, replaced
from sync.report.reported import ReportedRun
from sync.report.xlsx_book import add_sheet, new_book, set_rows
from sync.report.xlsx_choices import add_choices
from sync.report.xlsx_layout import Layout, lay_out, layout_of
from sync.report.xlsx_read_back import refuse_unlike
from sync.report.xlsx_rows import Rows

_MEASURED_ROWS = 200
_MOST_STYLED_ROWS = 50_000
_UNUSABLE = (SourceError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a look can raise that is not as the standard says, wherever openpyxl or the parser stumbles over it."""

WITHOUT_LOOK = "failed.xlsx does not look like the sheet itself: its styles are damaged"
NO_LOOK_READ = "failed.xlsx does not look like the sheet itself: of .xls, .xlsb and .ods only values are read"


@dataclass(frozen=True, slots=True)
class _ToMend:
    """The rows to mend: how many, their numbers if they are few enough to be styled, the columns that are wrong."""

    count: int
    numbers: frozenset[int]
    columns: frozenset[int]


def write_failed_xlsx(path: Path, run: ReportedRun, source: Source) -> tuple[str, ...]:
    """Write the sheet as its owner knows it, and read it back; returns notes for the reader of the report.

    Raises NotAsWritten when it does not read as it should, and then leaves `path` as it was.
    """
    to_mend = _to_mend(run, source)
    notes: tuple[str, ...] = ()
    if isinstance(source, Styled):
        try:
            if look := source.look(to_mend.numbers):
                _write(path, run, source, to_mend, look)
                return ()
            notes = (NO_LOOK_READ,)
        except (*_UNUSABLE, NotAsWritten):
            notes = (WITHOUT_LOOK,)
    _write(path, run, source, to_mend, None)
    return notes


def _to_mend(run: ReportedRun, source: Source) -> _ToMend:
    count = run.summary.rejected + run.summary.failed
    numbers: list[int] = []
    names: set[str] = set()
    for row in run.rows():
        if row.outcome in {"rejected", "failed"}:
            if count <= _MOST_STYLED_ROWS:
                numbers.append(row.row)
            names.update(normalise_header(error.column) for error in row.errors)
    wrong = frozenset(place for place, text in enumerate(source.header) if normalise_header(text) in names)
    return _ToMend(count, frozenset(numbers), wrong)


def _write(path: Path, run: ReportedRun, source: Source, to_mend: _ToMend, look: SheetLook | None) -> None:
    form = run.failed_form
    rows = failed_rows(run.rows(), source)
    first = list(islice(rows, _MEASURED_ROWS))
    layout = layout_of(source, look, first, to_mend.columns)
    book = new_book(look)
    sheet = add_sheet(book, source.sheet, form.sheet_number)
    lay_out(sheet, layout, look)
    made = Rows(sheet, layout, look)
    written = range(layout.header_row + 1, layout.header_row + 1 + to_mend.count)
    choices = {layout.kept.index(place): values for place, values in form.choices.items() if place in layout.kept}
    add_choices(book, sheet, choices, written)
    set_rows(sheet, chain(made.top(source), made.to_mend(chain(first, rows))))
    with replaced(path) as beside:
        book.save(beside)
        _refuse_unlike(beside, path, run, layout, made.marks)


def _refuse_unlike(beside: Path, path: Path, run: ReportedRun, layout: Layout, marks: array[int]) -> None:
    reread = run.failed_form.reread
    if reread is None:
        return
    try:
        written = reread(beside)
    except SourceError as error:
        raise NotAsWritten(path, f"it, as {error.reason},") from error
    refuse_unlike(written, path, layout.header, marks)
