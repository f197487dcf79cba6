"""One process at work on a run, from wherever the ledger says it stands to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sync.errors import CandidateSyncError, GuardStop, LedgerBusy, RunAborted, RunInterrupted, UsageError
from sync.jobs.finishing import JobResult, finish, now, status_after
from sync.jobs.outdated import settle_superseded
from sync.jobs.prepare import Prepared, chosen_chunks, limited_chunks
from sync.jobs.progress import Progress
from sync.jobs.pushing import Pushing, push
from sync.jobs.reading import read_all
from sync.ledger import Ledger, NewRun, RunRecord, Verb
from sync.model import Chunk
from sync.settings import Access, Limits, Options, new_run_id

Ask = Callable[[str], bool]
"""Puts a question to a person; True is yes."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a sitting works with."""

    ledger: Ledger
    prepared: Prepared
    access: Access
    limits: Limits
    patience: float
    progress: Progress
    ask: Ask | None = None

    def go_on(self, record: RunRecord) -> JobResult:
        """Read if the file has not been read to its end, push what is due, report.

        Raises UsageError, and forgets the run, when the file turns out to be unreadable before anything was sent.
        """
        began = time.monotonic()
        with held(self.ledger, record):
            self.progress.started(run_id=record.run_id, target=record.target, ledger=str(self.ledger.path))
            ended_by: CandidateSyncError | None
            try:
                ended_by = self._work(record)
            except (RunInterrupted, GuardStop) as early_end:
                ended_by = early_end
            if isinstance(ended_by, RunAborted) and not self.ledger.count_rows(record.run, only_due=True):
                ended_by = None  # what stopped it came with the last row: nothing is left to go on with
            worked_s = record.worked_s + time.monotonic() - began
            self.ledger.change_run(record.run, worked_s=worked_s)
            status = status_after(ended_by, self.ledger, record.run)
            return finish(
                self.ledger,
                self.ledger.get_run(record.run_id),
                status,
                self.prepared,
                ended_by,
            )

    def _work(self, record: RunRecord) -> CandidateSyncError | None:
        ledger = self.ledger
        is_new = record.phase == "reading"
        if is_new:
            with forgotten_if_unusable(ledger, record):
                read_all(ledger, record, self.prepared, self._chunks(record), self.progress, ledger.payload_hasher())
        if record.of_run is not None or not is_new:
            settle_superseded(ledger, record, self.prepared)
        ledger.change_run(record.run, status="running", reason="")
        record = ledger.get_run(record.run_id)
        due = ledger.count_rows(record.run, only_due=True)
        self._confirm(due)
        self.progress.pushing(due=due)
        return push(Pushing(ledger, record, self.prepared, self.access, self.limits, self.patience, self.progress))

    def _chunks(self, record: RunRecord) -> Iterator[Chunk]:
        """The rows of the run: the file's first ones, or those of another run that are worth a retry."""
        chunks = limited_chunks(self.prepared.source, record.row_limit)
        of_run = record.of_run
        if of_run is None:
            return chunks
        return chosen_chunks(chunks, lambda first, last: self.ledger.worth_a_retry(of_run, first, last))

    def _confirm(self, due: int) -> None:
        """Ask before rows are sent that can reach people. Raises GuardStop when the answer is no."""
        reaching = self.prepared.mapping.contact_fields
        if self.ask is None or not due or not reaching:
            return
        question = (
            f"{due} rows change {', '.join(reaching)}, which can make the platform text or e-mail the candidates. Send?"
        )
        if not self.ask(question):
            raise GuardStop("Not confirmed; nothing was sent. `candidate-sync resume` asks again.")


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


def limits_in_force(prepared: Prepared, options: Options) -> Limits:
    """Options first, then the mapping's limits, then the defaults."""
    limits = prepared.mapping.limits
    return options.limits(rate=limits.rate, concurrency=limits.concurrency, max_errors=limits.max_errors)


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
