"""The worker pool: payloads from a bounded queue, one outcome each, until the last, a stop or an abort."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence

from sync.model import History, Payload
from sync.push.row import Client, Line, RowPush, RowResult, Stopped

Work = tuple[Payload, History]

_MAX_PARKED = 10_000
"""Rows that may wait for an earlier row of their candidate before the pool reads no further."""


class Pool:
    """Pushes rows with one worker per client.

    `on_result` is called with each row's outcome, in the event loop; what it raises ends the pushing.
    Rows of one candidate go out one at a time, in file order, while others go on.
    """

    def __init__(self, clients: Sequence[Client], line: Line, on_result: Callable[[Payload, RowResult], None]) -> None:
        self._clients = clients
        self._line = line
        self._on_result = on_result
        self._queue: asyncio.Queue[Work | None] = asyncio.Queue(maxsize=2 * len(clients))
        self._parked: dict[str, deque[Work]] = {}
        self._parked_rows = 0
        self._unparked = asyncio.Event()
        self._rows: dict[asyncio.Task[None], RowPush | None] = {}
        self._feeder: asyncio.Task[None] | None = None
        self._failure: Exception | None = None

    async def run(self, work: AsyncIterator[Work]) -> None:
        """Push all of `work`; returns when every started row has its outcome or was stopped before it.

        Raises what ended the pushing: an error of reading, of the ledger, of `on_result`, or RunAborted.
        """
        workers = [asyncio.create_task(self._work(client)) for client in self._clients]
        self._rows = dict.fromkeys(workers)
        self._feeder = asyncio.create_task(self._feed(work))
        await asyncio.gather(self._feeder, *workers, return_exceptions=True)
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Send nothing new; requests in flight finish, since a cancelled update may have happened."""
        self._line.stopping.set()
        if self._feeder is not None:
            self._feeder.cancel()
        for worker, row in self._rows.items():
            if row is None or not row.in_flight:
                worker.cancel()

    def _fail(self, error: Exception) -> None:
        self._failure = self._failure or error
        self.stop()

    async def _feed(self, work: AsyncIterator[Work]) -> None:
        try:
            async for one in work:
                await self._queue.put(one)
            for _ in self._clients:
                await self._queue.put(None)
        except Exception as error:  # noqa: BLE001 (raised again by `run`, once all workers have ended)
            self._fail(error)

    async def _work(self, client: Client) -> None:
        try:
            # A worker that was in flight at a stop must not wait for rows that nobody will bring.
            while not self._line.stopping.is_set() and (work := await self._queue.get()) is not None:
                if not await self._park(work):
                    await self._push(client, work)
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001 (raised again by `run`, once all workers have ended)
            self._fail(error)

    async def _park(self, work: Work) -> bool:
        """Put a row aside while an earlier one of its candidate is under way; say whether it was."""
        candidate = work[0].candidate
        if candidate not in self._parked:
            self._parked[candidate] = deque()
            return False
        self._parked[candidate].append(work)
        self._parked_rows += 1
        while self._parked_rows > _MAX_PARKED:
            self._unparked.clear()
            await self._unparked.wait()
        return True

    async def _push(self, client: Client, work: Work | None) -> None:
        """Push a row, then those of its candidate that were put aside meanwhile."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 (within a task by construction)
        while work is not None:
            payload, history = work
            row = RowPush(payload, self._line, client, history)
            self._rows[task] = row
            self._on_result(payload, await row.push())
            self._rows[task] = None
            work = self._next_of(payload.candidate)

    def _next_of(self, candidate: str) -> Work | None:
        waiting = self._parked[candidate]
        if not waiting:
            del self._parked[candidate]
            return None
        self._parked_rows -= 1
        self._unparked.set()
        return waiting.popleft()
