"""Writes failed.csv: the rows to mend, as the input had them, with what is wrong at the end of each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from sync.formula_guard import guard_formula
from sync.model import Dialect, Source
from sync.report.failed import SYNC_COLUMNS, FailedRow, kept_columns
from sync.report.files import replaced
from sync.report.reported import FailedForm


def write_failed_csv(path: Path, rows: Iterable[FailedRow], source: Source, form: FailedForm) -> None:
    """Write the rows in the source's own encoding and dialect.

    Only words of the report can lack a form in that encoding: they get a question mark there.
    What a line had beyond the header stays beyond it, so that such a row is rejected again until somebody mends it.
    """
    dialect = source.dialect or Dialect()
    header = [source.header[place] for place in kept_columns(source)]
    with (
        replaced(path) as beside,
        beside.open("w", encoding=dialect.encoding, errors="replace", newline="") as file,
    ):
        if dialect.marked:
            file.write("\ufeff")
        writer = csv.writer(file, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
        writer.writerows([] for _ in range(form.header_row - 1))
        writer.writerow(guard_formula(text) for text in (*header, *SYNC_COLUMNS))
        writer.writerows([guard_formula(text) for text in (*row.cells, *row.sync_cells, *row.surplus)] for row in rows)
