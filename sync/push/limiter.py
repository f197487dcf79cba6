"""The throttle: never more than the rate within any one-second window, and as much of a hidden limit as it finds."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol


class Limiter(Protocol):
    """Whoever wants to send awaits `acquire`, sends at once, and then says what came of it."""

    @property
    def rate(self) -> float:
        """Requests a second, as allowed now."""
        ...

    async def approach(self) -> None:
        """Wait until the turn is near: what is recorded long before it leaves is in doubt for nothing after a kill."""
        ...

    def withdraw(self) -> None:
        """Give up a turn that was approached."""
        ...

    async def acquire(self) -> None:
        """Wait for permission to send one request, after `approach`."""
        ...

    def answered(self, *, taken: bool | None) -> None:
        """Take note of how a request ended: taken, refused for its pace (429), or None where nothing was said."""
        ...

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds from now."""
        ...


FIRST_RATE = 10.0
"""Requests a second to begin with, where nothing is known of the target."""

_MARGIN_S = 0.012
"""By how much a window is longer than a second: what requests may be delayed by on their way to the server, so
that those that leave within the limit also arrive within it. It costs 1.2% of the rate."""

_CATCH_UP_S = 0.05
"""How far behind the even schedule a late wake-up may be made good at once, within the window's limit."""

_NEAR_S = 0.05
"""How long before its turn a request may be recorded."""

_INTERVAL_S = 0.5
"""How long a rate is tried before a higher one."""

_BUSY_SHARE = 0.5
"""A rate counts as tried when at least this share of it was asked for: what was not used proves nothing."""

_BELOW_LIMIT = 0.98
"""After a 429: this share of what the API took lately."""

_SOON_S, _BELOW_AGAIN = 3.0, 0.95
"""The same where the last 429 is not so many seconds ago: what the API took was saved up, not its pace."""

_ENOUGH, _SOME, _TRIES = 20, 0.03, 3
_MOST, _NOISE_S = 0.5, 15.0
"""Where the share of answers 429, over enough of them, has not fallen by half in several tries at lower rates, they
have another cause than our pace: for so many seconds they do not lower it, unless most answers are such."""

_SAME_EPISODE_S = 1.0
"""A burst of answers 429 within this time has one cause and lowers the rate once."""

_TAKEN_OVER_S = 2.0
"""Over how many seconds what the API took is measured; over one at the first 429, since the rate was rising."""

_FIRST_STEP = 0.003
_STEP_GROWTH = 1.6
"""Probing upwards after a 429: by this share of the rate first, then by that much more each time it was clean."""


class AdaptiveLimiter:
    """Even spacing under a hard bound per window, at a rate that looks for the target's limit.

    It begins at `first` requests a second and doubles while answers are clean. On a 429 it falls back to just below
    what the API took, and from there probes upwards in steps that start small. Never above `highest`. Clock and
    sleep are in seconds.
    """

    def __init__(
        self,
        highest: float,
        first: float = FIRST_RATE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._highest = highest
        self._rate = min(first, highest)
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._near = 0
        self._departed = asyncio.Event()
        self._departures: deque[float] = deque()
        self._accepted: deque[float] = deque()
        self._next = float("-inf")
        self._paused_until = float("-inf")
        self._step: float | None = None
        self._lowered_at = float("-inf")
        self._of_episode = 0
        self._seen = self._refused = self._in_vain = 0
        self._before, self._share_before = self._rate, 0.0
        self._noise_until = float("-inf")
        self._in_flight = 0
        self._to_prove = 0.0
        self._start_trial()

    @property
    def rate(self) -> float:
        """Requests a second, as allowed now."""
        return self._rate

    @property
    def found_limit(self) -> bool:
        """Whether the API has refused a request for its pace."""
        return self._step is not None

    def pause(self, seconds: float) -> None:
        """Send nothing for so many seconds from now."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    async def approach(self) -> None:
        """Wait until at most so many others stand before one as leave within a few hundredths of a second."""
        while self._near > self._rate * _NEAR_S:
            self._departed.clear()
            await self._departed.wait()
        self._near += 1

    def withdraw(self) -> None:
        """Give up a turn that was approached."""
        self._near -= 1
        self._departed.set()

    async def acquire(self) -> None:
        """Wait, first come first served, for permission to send one request now."""
        async with self._turn:
            while (wait := self._earliest() - self._clock()) > 0:
                await self._sleep(wait)
            now = self._clock()
            self._next = max(self._next, now - _CATCH_UP_S) + self._interval_s()
            self._departures.append(now)
            self._in_flight += 1
            self._near = max(0, self._near - 1)
            self._departed.set()

    def answered(self, *, taken: bool | None) -> None:
        """Take note of how a request ended, and look for a better rate."""
        now = self._clock()
        self._in_flight -= 1
        self._of_episode -= 1
        if taken is None:
            return
        if self._of_episode <= 0:
            self._seen += 1
            self._refused += not taken
        if not taken:
            self._lower(now)
            return
        self._accepted.append(now)
        _forget_before(self._accepted, now - _TAKEN_OVER_S)
        self._to_prove -= 1
        if self._to_prove <= 0 and now >= self._trial_until and self._rate < self._highest:
            self._raise()

    def _interval_s(self) -> float:
        """Seconds between two requests on an even schedule."""
        return (1.0 + _MARGIN_S) / self._rate if self._rate >= self._highest else 1.0 / self._rate

    def _earliest(self) -> float:
        """The moment at which one more request keeps to schedule, window and pause."""
        per_window = min(math.ceil(self._rate), max(1, int(self._highest)))
        window_s = max(1.0, 1.0 / self._rate) + _MARGIN_S
        _forget_before(self._departures, self._clock() - window_s)
        full = len(self._departures) >= per_window
        window_opens = self._departures[-per_window] + window_s if full else float("-inf")
        return max(self._next, window_opens, self._paused_until)

    def _raise(self) -> None:
        if self._step is None:
            self._rate *= 2
        else:
            self._rate *= 1 + self._step
            self._step = min(self._step * _STEP_GROWTH, 1.0)
        self._rate = min(self._rate, self._highest)
        self._start_trial()

    def _lower(self, now: float) -> None:
        """Fall back to just below what the API took, unless that has not helped several times in a row."""
        first = self._step is None
        if self._of_episode > 0 or (not first and (now - self._lowered_at < _SAME_EPISODE_S or self._seen < _ENOUGH)):
            return
        share = self._refused / self._seen
        if now < self._noise_until and share < _MOST:
            return
        self._in_vain = self._in_vain + 1 if not first and share > max(_SOME, self._share_before / 2) else 0
        if self._in_vain == 0:
            self._before = self._rate
        if self._in_vain >= _TRIES:
            self._rate, self._in_vain, self._noise_until = self._before, 0, now + _NOISE_S
        else:
            below = _BELOW_AGAIN if now - self._lowered_at < _SOON_S else _BELOW_LIMIT
            self._rate = min(self._rate, max(1.0, min(self._rate, self._taken(now)) * below))
        self._share_before, self._seen, self._refused = share, 0, 0
        self._lowered_at, self._of_episode = now, self._in_flight
        self._step = _FIRST_STEP
        self._start_trial()

    def _taken(self, now: float) -> float:
        """What the API took lately, in requests a second."""
        over = 1.0 if self._step is None else _TAKEN_OVER_S
        return sum(moment > now - over for moment in self._accepted) / over

    def _start_trial(self) -> None:
        """A rate is proven by answers to requests that left after it was set, and by enough of them."""
        self._to_prove = self._in_flight + self._rate * _INTERVAL_S * _BUSY_SHARE
        self._trial_until = self._clock() + _INTERVAL_S


def _forget_before(moments: deque[float], start: float) -> None:
    while moments and moments[0] < start:
        moments.popleft()
