"""A run's record in the ledger: added when it begins, held while its process lives, dropped when it was for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sync.errors import LedgerBusy, UsageError
from sync.jobs.finishing import now
from sync.jobs.prepare import Prepared
from sync.ledger import Ledger, NewRun, RunRecord, Verb
from sync.settings import Options, new_run_id

_READERS_LOOK_S = 1.0
"""Whoever lists the runs takes their locks for a moment, to see whether they are held."""


def add_run(
    ledger: Ledger, verb: Verb, prepared: Prepared, options: Options, target: str, retried: RunRecord | None = None
) -> RunRecord:
    """Add a new run over the prepared source to the ledger; `retried` is the run whose rows it sends again."""
    mapping, given = prepared.mapping, prepared.given
    started = datetime.now(UTC)
    run_id = new_run_id(started.strftime("%Y%m%d-%H%M%S"))
    ledger.create_run(
        NewRun(
            run_id=run_id,
            verb=verb,
            mapping=mapping.name,
            mapping_path=str(mapping.path.absolute()),
            mapping_hash=mapping.fingerprint,
            source=given.shown,
            source_path=str(given.path.absolute()),
            source_hash=given.fingerprint,
            target=target,
            row_limit=retried.row_limit if retried else options.limit,
            only_changed=options.only_changed,
            of_run=retried.run if retried else None,
            report_dir=str(options.report_dir.absolute()),
            started_at=now(),
        )
    )
    return ledger.get_run(run_id)


@contextmanager
def forgotten_if_unusable(ledger: Ledger, record: RunRecord) -> Iterator[None]:
    """Drop the run from the ledger when its source turns out to be unusable: there is nothing to resume."""
    try:
        yield
    except UsageError:
        ledger.forget_run(record.run)
        raise


@contextmanager
def held(ledger: Ledger, record: RunRecord) -> Iterator[None]:
    """Hold the run's own lock, by which others see that its process lives."""
    lock = ledger.run_lock(record.run_id)
    if not lock.acquire(_READERS_LOOK_S):
        raise LedgerBusy(f"Run {record.run_id} is being worked on by another process; nothing was sent.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def only_pusher(ledger: Ledger, wait: float) -> Iterator[None]:
    """Hold the ledger's lock for pushing. Raises LedgerBusy when another run has it for `wait` more seconds."""
    lock = ledger.push_lock()
    if not lock.acquire(wait):
        raise LedgerBusy(
            f"Another run is pushing from the ledger {ledger.path}; nothing was sent. Try again when it has ended, or "
            "say with --wait how long to wait for it."
        )
    try:
        yield
    finally:
        lock.release()
