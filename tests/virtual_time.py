"""An event loop whose time jumps to whatever is waited for, and a server with a hidden limit that lives in it."""

from __future__ import annotations

import asyncio
import random
import selectors
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from sync.push import AdaptiveLimiter

T = TypeVar("T")

Limit = Callable[[int], float]
"""Requests a second that the server takes, by how many it has taken so far."""


class _JumpingSelector(selectors.DefaultSelector):
    """Waits for nothing: a wait moves the clock instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        self.now += timeout or 0.0
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._virtual = _JumpingSelector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now


def run_virtually(coroutine: Coroutine[Any, Any, T]) -> T:
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


@dataclass
class HiddenLimit:
    """Answers 429 above a limit, by a sliding one-second window or by a token bucket."""

    limit: Limit
    bucket: bool
    taken: int = 0
    refused: int = 0
    ideal_s: float = 0.0

    def __post_init__(self) -> None:
        self._window: deque[float] = deque()
        self._tokens = self.limit(0)
        self._filled_at = 0.0

    def takes(self, now: float) -> bool:
        limit = self.limit(self.taken)
        ok = self._draw(now, limit) if self.bucket else self._fits(now, limit)
        self.taken += ok
        self.refused += not ok
        self.ideal_s += ok / limit
        return ok

    def _fits(self, now: float, limit: float) -> bool:
        while self._window and self._window[0] <= now - 1:
            self._window.popleft()
        if len(self._window) >= limit:
            return False
        self._window.append(now)
        return True

    def _draw(self, now: float, limit: float) -> bool:
        self._tokens = min(limit, self._tokens + (now - self._filled_at) * limit)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


@dataclass(frozen=True)
class Findings:
    """Shares of 1: of the requests that were refused, and of the limit that was used. `rate`: where it ended."""

    refused: float
    used: float
    rate: float


def push_against(
    server: HiddenLimit, *, rows: int, rate: float, first: float, latency: float, workers: int
) -> Findings:
    return run_virtually(_push(server, rows, rate, first, latency, workers))


async def _push(server: HiddenLimit, rows: int, rate: float, first: float, latency: float, workers: int) -> Findings:
    loop = asyncio.get_running_loop()
    chance = random.Random(1)
    limiter = AdaptiveLimiter(rate, first, loop.time, asyncio.sleep)
    due = iter(range(rows))

    async def work() -> None:
        for _ in due:
            while True:
                await limiter.acquire()
                await asyncio.sleep(latency * (0.5 + 0.1 * chance.random()))
                ok = server.takes(loop.time())
                await asyncio.sleep(latency / 2)
                limiter.answered(taken=ok)
                if ok:
                    break
                await asyncio.sleep(0.5 * chance.random())

    await asyncio.gather(*(work() for _ in range(workers)))
    return Findings(server.refused / (server.refused + rows), server.ideal_s / loop.time(), limiter.rate)
