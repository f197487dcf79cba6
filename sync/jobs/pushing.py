"""Pass 2: the rows that are due go to the API, each attempt and outcome recorded as it happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

from sync.api.answer import ApiError
from sync.api.client import ApiClient
from sync.api.token import TokenSource
from sync.api.transport import new_transport, tls_context
from sync.codes import CODES, describe
from sync.errors import CandidateSyncError, RunAborted, SourceError, UsageError
from sync.guards import CANARY_ROWS, Brakes
from sync.jobs.garbage import long_lived_left_alone
from sync.jobs.prepare import Prepared, limited_chunks
from sync.jobs.progress import Progress
from sync.jobs.signals import stop_on_signals
from sync.ledger import Ledger, LedgerWriter, RunRecord
from sync.mapping import payloads
from sync.model import Chunk, History, OutcomeName, Payload, RowError, Settled
from sync.push import FIRST_RATE, AdaptiveLimiter, Line, OutageGate, Pool, RowResult, Work
from sync.settings import Access, Limits

_CHUNK_ROWS = 500
"""Converted at a time: small, so that requests leave soon and go on while the next rows are converted."""

_NEVER_SENT = History(attempts=0, in_doubt=False)


@dataclass(slots=True)
class Pushing:
    """One sitting of a run's pushing: from the ledger's due rows to their outcomes."""

    ledger: Ledger
    record: RunRecord
    prepared: Prepared
    access: Access
    limits: Limits
    patience: float
    progress: Progress

    async def push(self) -> None:
        """Send every due row. Raises what ended it early; whatever had an outcome by then is in the ledger."""
        base_url = self.access.base_url
        context = tls_context(base_url)
        target = self.record.target
        learned = self.ledger.learned_rate(target) or FIRST_RATE
        limiter = AdaptiveLimiter(self.limits.rate, learned)
        gate = OutageGate(self.patience, on_change=lambda down: self.progress.waiting(api_down=down))
        sent, bad = self.ledger.pushed(self.record.run)
        brakes = Brakes(self.limits.max_errors, sent, bad)
        canary = Canary(CANARY_ROWS - sent)
        began = time.monotonic() - self.record.pushed_s
        async with AsyncExitStack() as stack:
            writer = await stack.enter_async_context(self.ledger.writer(self.record.run))
            connections = [
                await stack.enter_async_context(new_transport(base_url, context))
                for _ in range(self.limits.concurrency + 1)
            ]
            tokens = TokenSource(self.access, connections[0], limiter)
            clients = [ApiClient(base_url, connection, tokens) for connection in connections[1:]]
            line = Line(limiter, gate, writer, by_ex_id=self.prepared.mapping.id_kind == "ex_id")

            def on_result(payload: Payload, result: RowResult) -> None:
                second = time.monotonic() - began
                errors = tuple(self._row_error(payload, result, error) for error in result.errors)
                writer.record(Settled(payload.row, result.outcome, result.status, second, errors))
                self.progress.settled(result.outcome)
                canary.settled()
                brakes.count(result.outcome)

            pool = Pool(clients, line, on_result)
            try:
                with stop_on_signals(pool.stop) as signals:
                    await pool.run(canary.before(self._due_rows(writer)))
                signals.raise_if_any()
            finally:
                # Where no limit was found, a low --rate says nothing of what the target takes.
                self.ledger.learn_rate(target, limiter.rate if limiter.found_limit else max(limiter.rate, learned))
                self.ledger.change_run(self.record.run, rate_limit=limiter.rate)

    async def _due_rows(self, writer: LedgerWriter) -> AsyncIterator[Work]:
        """Payloads of the rows that are due, read again from the source; conversion happens off the event loop."""
        self._refuse_another_file()
        chunks = limited_chunks(self.prepared.source, self.record.row_limit, _CHUNK_ROWS)
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            for work, error in await asyncio.to_thread(lambda: list(self._due(chunk))):
                if error is None:
                    yield work
                    continue
                outcome: OutcomeName = "unknown" if work[1].in_doubt else "rejected"
                writer.record(Settled(error.row, outcome, None, None, (error,)))
        self._refuse_another_file()

    def _refuse_another_file(self) -> None:
        """Raise RunAborted when the file is not the one that was read and checked."""
        if self.prepared.given.current_fingerprint() != self.record.source_hash:
            raise RunAborted(
                f"{self.prepared.given.name} was changed after its rows were checked; nothing more was sent. Put the "
                "old file back and resume, or start a new run."
            )

    def _due(self, chunk: Chunk) -> Iterator[tuple[Work, RowError | None]]:
        """The chunk's due rows, each with what has happened meanwhile to the files that it names, if anything."""
        first, last = int(chunk.frame.index[0]), int(chunk.frame.index[-1])
        due = self.ledger.due(self.record.run, first, last)
        if not due:
            return
        mapped = self.prepared.bound.apply(chunk)
        wrong = {error.row: error for error in mapped.errors}
        histories = self._histories(first, last)
        digest = self.ledger.payload_hasher()
        for payload in payloads(mapped, due.keys()):
            work = (payload, histories.get(payload.row, _NEVER_SENT))
            yield work, wrong.get(payload.row) or _changed_file(payload, digest, due[payload.row])

    def _histories(self, first: int, last: int) -> dict[int, History]:
        """What was sent for rows before: by this run, and by the run that it retries where that is still in doubt."""
        run, of_run = self.record.run, self.record.of_run
        in_doubt = self.ledger.open_ended(of_run, first, last) if of_run is not None else set()
        return {row: History(0, in_doubt=True) for row in in_doubt} | self.ledger.histories(run, first, last)

    def _row_error(self, payload: Payload, result: RowResult, error: ApiError) -> RowError:
        """An answer's error as a row error, at the cell of the field it names if there is one."""
        position = self._position_of(error.field)
        source = self.prepared.source
        column = source.header[position] if position is not None else ""
        cell = source.cell_name(payload.row, position) if position is not None else ""
        tip = describe(error.code).tip
        if result.outcome == "unknown":
            tip = CODES["timeout"].tip
        return RowError(payload.row, error.code, column, cell, error.message, tip)

    def _position_of(self, field: str) -> int | None:
        """The header position of the first column that a field is made from, if it is made from one."""
        positions = (rule.positions for rule in self.prepared.bound.rules if rule.target.field == field)
        return next((found[0] for found in positions if found), None)


def _changed_file(payload: Payload, digest: Callable[[Payload], bytes], expected: bytes) -> RowError | None:
    """Say that a file of the row is no longer what was checked; None where all is as it was.

    Raises RunAborted when the row itself is another: the source was changed.
    """
    try:
        if digest(payload) == expected:
            return None
    except OSError:
        pass
    if not payload.files:
        raise RunAborted("The file was changed while its rows were being sent; nothing more was sent.")
    message = "a file of this row was changed or removed after it was checked"
    return RowError(payload.row, "invalid-file", "", "", message, CODES["invalid-file"].tip)


class Canary:
    """Holds back all but the first few rows until these are settled."""

    def __init__(self, rows: int) -> None:
        self._unsettled = rows
        self._passed = asyncio.Event()

    def settled(self) -> None:
        """One row has its outcome."""
        self._unsettled -= 1
        if self._unsettled <= 0:
            self._passed.set()

    async def before(self, work: AsyncIterator[Work]) -> AsyncIterator[Work]:
        """Pass on the first rows, and the others once these are settled."""
        first = self._unsettled
        passed_on = 0
        async for one in work:
            if 0 < first <= passed_on:
                await self._passed.wait()
            passed_on += 1
            yield one


@long_lived_left_alone()
def push(pushing: Pushing) -> CandidateSyncError | None:
    """Run the pushing in an event loop of its own; returns what ended it early, or None.

    The seconds that it took are added to the run's.
    """
    began = time.monotonic()
    ended_by: CandidateSyncError | None = None
    try:
        _run(pushing)
        if pushing.ledger.count_rows(pushing.record.run, only_due=True):
            ended_by = RunAborted("Rows are left that the file no longer holds; put it back as it was and resume.")
    except UsageError as error:
        if isinstance(error, SourceError):
            pushing.prepared.given.name_in(error)
        ended_by = RunAborted(str(error))  # exit 2 would say that nothing was sent
    except CandidateSyncError as error:
        ended_by = error
    took = time.monotonic() - began
    pushing.ledger.change_run(pushing.record.run, pushed_s=pushing.record.pushed_s + took)
    return ended_by


def _run(pushing: Pushing) -> None:
    try:
        import uvloop  # noqa: PLC0415 (not on every system)
    except ImportError:
        asyncio.run(pushing.push())
    else:
        uvloop.run(pushing.push())
