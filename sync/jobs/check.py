"""`check`: read, map, validate and report; sends nothing and needs no credentials."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from signal import Signals

from sync.errors import RunInterrupted
from sync.jobs.finishing import JobResult, finish
from sync.jobs.kept import local_file
from sync.jobs.prepare import limited_chunks, prepare, refuse_unwritable
from sync.jobs.progress import Progress, Silent
from sync.jobs.reading import read_all
from sync.jobs.record import add_run, forgotten_if_unusable, held
from sync.jobs.signals import raise_on_signals
from sync.ledger import Ledger
from sync.model import Payload, RunStatus
from sync.settings import Options


def check(
    file: Path | str, mapping: Path | str, options: Options | None = None, progress: Progress | None = None
) -> tuple[JobResult, tuple[Payload, ...]]:
    """Say what a run over `file` would reject, and how its first rows look as payloads. Raises UsageError."""
    options, progress = options or Options(), progress or Silent()
    began = time.monotonic()
    with raise_on_signals(), local_file(file, options.state, progress) as given:
        prepared = prepare(given, Path(mapping))
        refuse_unwritable(options.report_dir)
        with closing(Ledger(options.state)) as ledger:
            record = add_run(ledger, "check", prepared, options, target="")
            with held(ledger, record), forgotten_if_unusable(ledger, record):
                shown: tuple[Payload, ...] = ()
                interruption: RunInterrupted | None = None
                try:
                    chunks = limited_chunks(prepared.source, record.row_limit)
                    shown = read_all(ledger, record, prepared, chunks, progress, digest=None)
                except RunInterrupted as error:
                    number = error.exit_code - 128
                    interruption = RunInterrupted(number, f"Interrupted by {Signals(number).name}; check again.")
                ledger.change_run(record.run, worked_s=time.monotonic() - began)
                ended = ledger.get_run(record.run_id)
                status: RunStatus = "interrupted" if interruption else "checked"
                result = finish(ledger, ended, status, prepared, interruption)
                return result, shown
