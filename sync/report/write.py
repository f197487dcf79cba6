"""Writes all files of a run's report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sync.model import RowOutcome, Source
from sync.report.failed import failed_rows
from sync.report.failed_csv import write_failed_csv
from sync.report.files import NotAsWritten, private_folder, write_private
from sync.report.page import ATTENTION, MOST_ROWS, write_page
from sync.report.reported import ReportedRun, ReportFiles
from sync.report.results import write_results
from sync.report.summary import summary_json

_KINDS = ("csv", "xlsx")


def write_report(folder: Path, run: ReportedRun, source: Source | None) -> ReportFiles:
    """Write the report into `folder` (0700, its files 0600), each file whole or not at all.

    `source` None: the file has gone or is another one by now, so the failed rows cannot be written; those of an
    earlier writing stay. Raises SourceError when the source does not hold the run's rows, OSError when the folder
    cannot be written to.
    """
    private_folder(folder)
    summary, results, page = folder / "summary.json", folder / "results.csv", folder / "report.html"
    write_private(summary, summary_json(run.summary))
    attention: list[RowOutcome] = []
    write_results(results, _kept(run.rows(), attention))
    files = ReportFiles(summary, results, page, None)
    try:
        failed, notes = _write_failed(folder, run, source)
        files = replace(files, failed=failed)
    except NotAsWritten as error:
        # The run is none the worse for it, nor is the rest of its report.
        (folder / error.name).unlink(missing_ok=True)
        files, notes = replace(files, unwritten=str(error)), ()
    write_page(replace(run, notes=(*run.notes, *notes)), attention, files)
    return files


def _kept(rows: Iterable[RowOutcome], attention: list[RowOutcome]) -> Iterator[RowOutcome]:
    """Pass the rows on, and keep the first of those that need attention."""
    for row in rows:
        if row.outcome in ATTENTION and len(attention) < MOST_ROWS:
            attention.append(row)
        yield row


def _write_failed(folder: Path, run: ReportedRun, source: Source | None) -> tuple[Path | None, tuple[str, ...]]:
    """Write the file to mend, if there is something to mend; returns it, and notes on it."""
    nothing_failed = not run.summary.rejected + run.summary.failed
    if nothing_failed:
        for kind in _KINDS:
            (folder / f"failed.{kind}").unlink(missing_ok=True)
    if nothing_failed or source is None:
        return None, ()
    path = folder / f"failed.{source.kind}"
    _keep_mended(path, folder / "report.html")
    if source.kind == "xlsx":
        from sync.report.failed_xlsx import write_failed_xlsx  # noqa: PLC0415 (openpyxl is slow to load)

        return path, write_failed_xlsx(path, run, source)
    return path, write_failed_csv(path, failed_rows(run.rows(), source), source, run.failed_form)


def _keep_mended(failed: Path, page: Path) -> None:
    """Put a file aside that somebody has mended since it was written: the page is the last file of a report."""
    if not (failed.exists() and page.exists()) or failed.stat().st_mtime <= page.stat().st_mtime:
        return
    number = 1
    while (kept := failed.with_name(f"failed-mended-{number}{failed.suffix}")).exists():
        number += 1
    failed.rename(kept)
