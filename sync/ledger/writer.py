"""Group commits: what happens while one commit is on its way to the disk goes into the next, together."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sync.model import Change, Sent

_SWITCH_INTERVAL_S = 0.001


class LedgerWriter:
    """Writes the changes of one pushing run, in order, from a thread of its own.

    `sent` returns when its line is on the disk; `record` returns at once, and its line is on the disk before any
    later `sent` returns. Use as an async context manager: leaving it writes what is left.
    """

    def __init__(self, commit: Callable[[Sequence[Change]], None]) -> None:
        self._commit = commit
        self._changes: list[Change] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._failure: BaseException | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def __aenter__(self) -> LedgerWriter:
        self._task = asyncio.create_task(self._write_groups())
        # A commit takes several turns of the interpreter; at its usual 5 ms each, every worker would wait for them.
        self._switch_interval = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_INTERVAL_S)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        self._wake.set()
        try:
            await self._task
        finally:
            sys.setswitchinterval(self._switch_interval)
            self._thread.shutdown()

    async def sent(self, change: Sent) -> None:
        """Record a request before it leaves; raises what the ledger raised when it cannot be recorded."""
        if self._failure is not None:
            raise self._failure
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._changes.append(change)
        self._waiting.append(written)
        self._wake.set()
        await written

    def record(self, change: Change) -> None:
        """Record anything else: what became of a request, or a row's outcome."""
        self._changes.append(change)
        self._wake.set()

    async def _write_groups(self) -> None:
        loop = asyncio.get_running_loop()
        while not (self._closing and not self._changes):
            await self._wake.wait()
            self._wake.clear()
            group, self._changes = self._changes, []
            waiting, self._waiting = self._waiting, []
            if not group:
                continue
            try:
                await loop.run_in_executor(self._thread, self._commit, group)
            except Exception as error:
                self._failure = error
                for written in waiting + self._waiting:
                    if not written.done():
                        written.set_exception(error)
                raise
            for written in waiting:
                if not written.done():
                    written.set_result(None)
