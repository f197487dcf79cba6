"""Invented runs and sources from which the report's tests make their reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sync.model import CellProblem, Chunk, Dialect, ErrorCount, RowError, RowOutcome, RunSummary
from sync.report import ReportedRun

HEADER = ("Candidate ID", "Name", "E-mail")


@dataclass
class TableSource:
    """A source whose rows are given as a dict of cells by row number."""

    rows: Mapping[int, tuple[str, ...]]
    problems: tuple[CellProblem, ...] = ()
    header: tuple[str, ...] = HEADER
    kind: Literal["csv", "xlsx"] = "csv"
    sheet: str | None = None
    header_row: int = 1
    above: tuple[tuple[str, ...], ...] = ()
    dialect: Dialect | None = field(default_factory=Dialect)
    notes: tuple[str, ...] = ()
    path: Path = field(default_factory=lambda: Path("candidates.csv"))

    def reads_as(self, path: Path, dialect: Dialect) -> bool:
        return True

    def chunks(self, size: int) -> Iterator[Chunk]:
        cells = pd.DataFrame(list(self.rows.values()), index=list(self.rows), columns=range(len(self.header)))
        for first in range(0, len(cells), 2):
            yield Chunk(cells.iloc[first : first + 2], self.problems)

    def cell_name(self, row: int, column: int) -> str:
        return f"{'ABCDEFGH'[column]}{row}"


def error(
    row: int = 2, code: str = "invalid-email", column: str = "E-mail", message: str = "", tip: str = "Correct it."
) -> RowError:
    cell = f"C{row}" if column else ""
    return RowError(row, code, column, cell, message or "'ann@example' is not an e-mail address", tip)


def rejected(row: int = 2, *errors: RowError, candidate: str = "c-1") -> RowOutcome:
    return RowOutcome(row, candidate, "rejected", errors or (error(row),), None, 0)


def failed(row: int = 2, code: str = "http-404") -> RowOutcome:
    return RowOutcome(row, f"c-{row}", "failed", (error(row, code, "", "no such candidate"),), 404, 1)


def updated(row: int = 2) -> RowOutcome:
    return RowOutcome(row, f"c-{row}", "updated", (), 200, 1)


def summary(*rows: RowOutcome, **changes: Any) -> RunSummary:
    """The summary of these rows; `changes` replaces fields."""
    codes = [error.code for row in rows for error in row.errors]
    values: dict[str, Any] = {
        "run_id": "20260105-020000-ab12",
        "status": "completed_with_errors" if codes else "succeeded",
        "mapping": "workday-nightly",
        "source": "candidates.csv",
        "target": "https://api.paradox.ai/api/v1/public",
        "started_at": "2026-01-05T02:00:00Z",
        "finished_at": "2026-01-05T02:01:02.477Z",
        "duration_s": 62.47712,
        "rows_read": len(rows),
        **dict.fromkeys(("updated", "unchanged", "rejected", "failed", "unknown", "unprocessed"), 0),
        "requests": len(rows),
        "retries": 0,
        "throttled": 0,
        "rate_limit": 10.0,
        "achieved_rate": 9.87654,
        "errors": tuple(
            ErrorCount(code, f"Title of {code}", codes.count(code), "C2: 'x'", "Mend.") for code in dict.fromkeys(codes)
        ),
    }
    for row in rows:
        values[row.outcome] += 1
    return RunSummary(**(values | changes))


def run(*rows: RowOutcome, **changes: Any) -> ReportedRun:
    return ReportedRun(summary(*rows), lambda: iter(rows), **changes)
