"""`runs` and `report`: what the ledger knows of runs, and a run's report written again."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sync.errors import UsageError
from sync.jobs.finishing import JobResult, report_on, summarise
from sync.jobs.kept import GivenFile, recorded_file
from sync.jobs.prepare import Prepared, prepare
from sync.ledger import Ledger, RunRecord
from sync.model import RunStatus, RunSummary
from sync.settings import Options
from sync.source.local_file import fingerprint


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A line of `runs`."""

    verb: str
    summary: RunSummary


def list_runs(options: Options | None = None) -> list[ListedRun]:
    """All runs of the ledger, newest first."""
    options = options or Options()
    if not os.access(options.state, os.F_OK):
        return []
    with closing(Ledger(options.state)) as ledger:
        return [ListedRun(one.verb, summarise(ledger, _as_shown(ledger, one))) for one in ledger.runs()]


def report_again(run_id: str, options: Options | None = None) -> JobResult:
    """Write a run's report again. Raises SettingsError when the ledger has no such run."""
    options = options or Options()
    with closing(Ledger.existing(options.state)) as ledger:
        return rewrite(ledger, ledger.get_run(run_id))


def rewrite(ledger: Ledger, record: RunRecord) -> JobResult:
    """Write the report of a run as the ledger has it now; without the failed rows where the source has changed."""
    with recorded_file(record, ledger.path) as given:
        prepared = _same_source(record, given)
        mapping, source = (prepared.mapping, prepared.source) if prepared else (None, None)
        return report_on(ledger, _as_shown(ledger, record), mapping, source)


def shown_status(ledger: Ledger, record: RunRecord) -> RunStatus:
    """A run's status; one that is running without a living process was killed."""
    if record.status == "running" and not ledger.run_lock(record.run_id).is_held():
        return "killed"
    return record.status


def _as_shown(ledger: Ledger, record: RunRecord) -> RunRecord:
    return replace(record, status=shown_status(ledger, record))


def _same_source(record: RunRecord, given: GivenFile) -> Prepared | None:
    """The run's mapping and source, or None where either is not what it was."""
    hashes = {Path(record.mapping_path): record.mapping_hash, given.path: record.source_hash}
    try:
        unchanged = all(path.is_file() and fingerprint(path) == known for path, known in hashes.items())
        return prepare(given, Path(record.mapping_path)) if unchanged else None
    except UsageError:
        return None
