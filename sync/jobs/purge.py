"""`purge`: deletes old runs with their reports, copies and what they hold of people."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.jobs.copies import purge_copies
from sync.ledger import Ledger
from sync.settings import Options


def purge(older_than: float, options: Options | None = None) -> list[str]:
    """Delete runs that began more than `older_than` seconds ago and are not at work; returns their ids.

    Copies that no run reads go, too, also those of a job that was killed before it had a run.
    """
    options = options or Options()
    purged = _purge_runs(older_than, options)
    purge_copies(options.state)
    return purged


def _purge_runs(older_than: float, options: Options) -> list[str]:
    before = datetime.now(UTC) - timedelta(seconds=older_than)
    purged: list[str] = []
    if not os.access(options.state, os.F_OK):
        return purged
    with closing(Ledger(options.state)) as ledger:
        for record in ledger.runs():
            lock = ledger.run_lock(record.run_id)
            if datetime.fromisoformat(record.started_at) > before or lock.is_held():
                continue
            folder = Path(record.report_dir) / record.run_id
            if folder.is_dir():
                shutil.rmtree(folder)
            ledger.forget_run(record.run)
            lock.remove()
            purged.append(record.run_id)
        if purged:
            ledger.overwrite_forgotten()
    return purged
