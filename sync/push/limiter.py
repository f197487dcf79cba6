"""The throttle: never more than the rate within any one-second window, and nothing of it wasted."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol


class Limiter(Protocol):
    """Whoever wants to send awaits `acquire` and sends at once; `pause` holds everybody back."""

    @property
    def rate(self) -> float:
        """Requests a second, as allowed now."""
        ...

    async def acquire(self) -> None:
        """Wait for permission to send one request."""
        ...

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds from now."""
        ...


_MARGIN_S = 0.012
"""By how much a window is longer than a second: what requests may be delayed by on their way to the server, so
that those that leave within the limit also arrive within it. It costs 1.2% of the rate."""

_CATCH_UP_S = 0.05
"""How far behind the even schedule a late wake-up may be made good at once, within the window's limit."""


class PacedLimiter:
    """Even spacing, so that the limit is used from the first second on, under a hard bound per window.

    `rate` is requests a second. Clock and sleep are in seconds.
    """

    def __init__(
        self,
        rate: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        per_window = max(1, int(rate))
        self._window_s = max(1.0, per_window / rate) + _MARGIN_S
        self._interval_s = self._window_s / per_window
        self._departures: deque[float] = deque(maxlen=per_window)
        self._next = float("-inf")
        self._paused_until = float("-inf")

    @property
    def rate(self) -> float:
        """Requests a second, as allowed now."""
        return self._rate

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds from now."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def acquire(self) -> None:
        """Wait, first come first served, for permission to send one request now."""
        async with self._turn:
            while (wait := self._earliest() - self._clock()) > 0:
                await self._sleep(wait)
            now = self._clock()
            self._next = max(self._next, now - _CATCH_UP_S) + self._interval_s
            self._departures.append(now)

    def _earliest(self) -> float:
        full = len(self._departures) == self._departures.maxlen
        window_opens = self._departures[0] + self._window_s if full else float("-inf")
        return max(self._next, window_opens, self._paused_until)
