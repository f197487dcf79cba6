"""Ends a sitting of a run: its summary, its report, and only then its final status in the ledger."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sync.errors import CandidateSyncError, GuardStop, RunAborted, RunInterrupted, SettingsError, SourceError
from sync.jobs.garbage import long_lived_left_alone
from sync.jobs.prepare import Prepared, reopened
from sync.jobs.reading import RowsLost
from sync.ledger import Ledger, RunRecord
from sync.mapping import Mapping, bind, choices
from sync.model import OutcomeName, RunStatus, RunSummary, Source
from sync.report import FailedForm, Invocation, ReportedRun, ReportFiles, write_report
from sync.settings import DEFAULT_STATE, PRODUCTION_US

_TICKS = 120
_EXIT_BY_STATUS: dict[RunStatus, int] = {
    "checked": 0,
    "succeeded": 0,
    "completed_with_errors": 3,
    "aborted": 4,
    "stopped_by_guard": 6,
}
SENT_IN_VAIN: tuple[OutcomeName, ...] = ("rejected", "failed", "unknown")


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job came to. `reason` says why it ended early, "" where it did not."""

    summary: RunSummary
    files: ReportFiles
    exit_code: int
    invocation: Invocation
    reason: str = ""


def now() -> str:
    """The time as the ledger and the summary write it: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def summarise(ledger: Ledger, record: RunRecord) -> RunSummary:
    """A run in numbers, as the ledger has them. Raises RowsLost where outcomes do not add up to the rows read."""
    outcomes = ledger.outcomes(record.run)
    recorded = sum(outcomes.values())
    if record.phase != "reading" and recorded != record.rows_read:
        raise RowsLost(f"run {record.run_id}: {record.rows_read} rows were read, but {recorded} have an outcome")
    sent, retries, throttled = ledger.requests(record.run)
    pushed, _ = ledger.pushed(record.run)
    return RunSummary(
        run_id=record.run_id,
        status=record.status,
        mapping=record.mapping,
        source=record.source,
        target=record.target,
        started_at=record.started_at,
        finished_at=record.finished_at,
        duration_s=record.worked_s,
        rows_read=recorded,
        **outcomes,
        requests=sent,
        retries=retries,
        throttled=throttled,
        rate_limit=record.rate_limit,
        achieved_rate=pushed / record.pushed_s if record.pushed_s else None,
        errors=ledger.errors(record.run),
    )


def exit_code_of(summary: RunSummary) -> int:
    """The exit code that a run's status stands for (contract: a check with rejected rows exits 3, too)."""
    if summary.status == "checked" and summary.rejected:
        return 3
    return _EXIT_BY_STATUS.get(summary.status, 4)


def status_after(ended_by: CandidateSyncError | None, ledger: Ledger, run: int) -> RunStatus:
    """The status of a run that pushed until the end, or until an error ended it."""
    if isinstance(ended_by, RunInterrupted):
        return "interrupted"
    if isinstance(ended_by, GuardStop):
        return "stopped_by_guard"
    if ended_by is not None:
        return "aborted"
    outcomes = ledger.outcomes(run)
    return "completed_with_errors" if any(outcomes[name] for name in SENT_IN_VAIN) else "succeeded"


@long_lived_left_alone()
def report_on(ledger: Ledger, record: RunRecord, mapping: Mapping | None, source: Source | None) -> JobResult:
    """Write the run's report, as the ledger has it, and say what it came to. Raises SettingsError when it cannot."""
    summary = summarise(ledger, record)
    invocation = Invocation(
        os.path.normpath(record.mapping_path),
        "" if ledger.path == DEFAULT_STATE else os.path.normpath(ledger.path),
        "" if record.target == PRODUCTION_US else record.target,
    )
    width = max(1.0, record.pushed_s / _TICKS)
    reported = ReportedRun(
        summary=summary,
        rows=lambda: ledger.each_row(record.run),
        ticks=ledger.ticks(record.run, width),
        notes=record.notes,
        reason=record.reason,
        failed_form=_failed_form(mapping, source),
        invocation=invocation,
    )
    folder = Path(record.report_dir) / record.run_id
    try:
        files = write_report(folder, reported, source)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"The report cannot be written to {folder}: {reason}. Mend that and write it again."
        ) from None
    return JobResult(summary, files, exit_code_of(summary), invocation, record.reason)


def finish(
    ledger: Ledger,
    record: RunRecord,
    status: RunStatus,
    prepared: Prepared,
    ended_by: CandidateSyncError | None = None,
) -> JobResult:
    """Report on a run that has just ended, then commit its final status.

    Raises RunAborted when the report cannot be written: what became of the rows is in the ledger all the same.
    """
    phase = record.phase if ended_by is not None else "done"
    reason = str(ended_by) if ended_by is not None else ""
    ended = replace(record, status=status, phase=phase, finished_at=now(), reason=reason)
    try:
        result = report_on(ledger, ended, prepared.mapping, _unchanged(prepared, record))
    except SettingsError as error:
        raise RunAborted(
            f"{error} No row is lost: `candidate-sync resume {record.run_id}` writes the report."
        ) from None
    ledger.change_run(record.run, status=status, phase=phase, finished_at=ended.finished_at, reason=reason)
    return replace(result, exit_code=ended_by.exit_code) if ended_by is not None else result


def _unchanged(prepared: Prepared, record: RunRecord) -> Source | None:
    """The source, or None where it is no longer what the run has read: its rows would be shown as others."""
    try:
        return prepared.source if prepared.given.current_fingerprint() == record.source_hash else None
    except SourceError:
        return None


def _failed_form(mapping: Mapping | None, source: Source | None) -> FailedForm:
    """Where the mapping will look for the table when the failed rows are sent again, and what it takes there."""
    if mapping is None or source is None:
        return FailedForm()
    options = mapping.source
    # A sheet is looked for by its name first, and a name may be a number.
    by_name = source.sheet is not None and (options.sheet or "").strip().casefold() == source.sheet.casefold()
    sheet = int(options.sheet) if options.sheet and options.sheet.isdigit() and not by_name else 1
    return FailedForm(
        header_row=options.header or 1,
        sheet_number=sheet,
        choices=choices(bind(mapping, source.header, source.cell_name)),
        reread=lambda file: reopened(file, mapping),
    )
