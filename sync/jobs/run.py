"""`run`: read, map, validate, push, record, report."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sync.jobs.finishing import JobResult
from sync.jobs.kept import local_file
from sync.jobs.prepare import prepare, refuse_unwritable
from sync.jobs.progress import Progress, Silent
from sync.jobs.record import add_run, only_pusher
from sync.jobs.signals import raise_on_signals
from sync.jobs.sitting import Ask, Sitting, limits_in_force
from sync.ledger import Ledger
from sync.settings import Access, Options


def run(
    file: Path | str,
    mapping: Path | str,
    options: Options | None = None,
    access: Access | None = None,
    progress: Progress | None = None,
    ask: Ask | None = None,
) -> JobResult:
    """Push the rows of `file` as `mapping` says. Blocks until the run ends, in whatever way.

    `access` is taken from the environment if not given; `ask` puts a question to a person before something that can
    reach people, and is left out where nobody can answer. Raises UsageError before anything is sent, LedgerBusy when
    another run is pushing from the same ledger. A run that was aborted or interrupted does not raise: its result
    says so by status, reason and exit code.
    """
    options, access = options or Options(), access or Access()
    target = access.base_url
    access.require_credentials()
    with raise_on_signals(), local_file(file, options.state, progress, target) as given:
        prepared = prepare(given, Path(mapping))
        refuse_unwritable(options.report_dir)
        with closing(Ledger(options.state)) as ledger, only_pusher(ledger, options.wait):
            if options.wait:
                prepared = prepare(given, Path(mapping))  # both may have changed during the wait
            limits = limits_in_force(prepared, options)
            sitting = Sitting(ledger, prepared, access, limits, options.patience, progress or Silent(), ask)
            return sitting.go_on(add_run(ledger, "run", prepared, options, target))
