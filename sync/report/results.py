"""Writes results.csv: one line per source row, in order."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from sync.formula_guard import guard_formula
from sync.model import RowOutcome
from sync.report.columns import told
from sync.report.files import replaced

HEADER = ("row", "candidate", "outcome", "code", "column", "message", "tip", "http_status", "attempts")


def write_results(path: Path, rows: Iterable[RowOutcome]) -> None:
    """Write one line a row, as UTF-8 without a byte order mark and with the line ends of RFC 4180.

    No byte order mark: to most scripts it would be part of the first column's name.
    """
    with replaced(path) as beside, beside.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_line(row) for row in rows)


def _line(row: RowOutcome) -> tuple[object, ...]:
    candidate = guard_formula(row.candidate)
    if not row.errors:
        return (row.row, candidate, row.outcome, "", "", "", "", row.http_status, row.attempts)
    texts = [guard_formula(text) for text in told(row.errors)]
    return (row.row, candidate, row.outcome, *texts, row.http_status, row.attempts)
