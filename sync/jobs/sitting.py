"""One process at work on a run, from wherever the ledger says it stands to its report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sync.errors import CandidateSyncError, GuardStop, RunAborted, RunInterrupted
from sync.jobs.finishing import JobResult, finish, status_after
from sync.jobs.outdated import settle_superseded
from sync.jobs.prepare import Prepared, chosen_chunks, limited_chunks
from sync.jobs.progress import Progress
from sync.jobs.pushing import Pushing, push
from sync.jobs.reading import read_all
from sync.jobs.record import forgotten_if_unusable, held
from sync.ledger import Ledger, RunRecord
from sync.model import Chunk
from sync.settings import Access, Limits, Options

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


def limits_in_force(prepared: Prepared, options: Options) -> Limits:
    """Options first, then the mapping's limits, then the defaults."""
    limits = prepared.mapping.limits
    return options.limits(rate=limits.rate, concurrency=limits.concurrency, max_errors=limits.max_errors)
