"""Holds all rows back while the API is down, probes with single requests, and gives up after the patience."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from sync.errors import RunAborted

OPENS_AFTER = 8
"""Signs of an outage in a row, without one good answer among them, after which rows are held back."""

_SOME, _SILENT_FOR_S = 3, 15.0
"""So are fewer signs, where the first of them is so many seconds ago: a single row fails only now and then."""

_BUDGET = 100.0
_BAD_COSTS, _GOOD_EARNS, _AFTER_OUTAGE = 2.0, 1.0, 20.0
"""The run's retry budget: each answer that asks for a retry costs, each good one earns. An API of which a third of
the answers are faulty can be served for ever; one that is overloaded is left alone for a while."""

_THROTTLED_FOR_S = 30.0
"""An API that has answered nothing but 429 for so long is down for us."""

_FIRST_PROBE_S = 3.0
_LONGEST_PROBE_S = 60.0


class ApiDown(RunAborted):
    """The API did not answer for longer than the patience."""


class OutageGate:
    """Each request passes `enter` before it leaves and says by `good` or `bad` what came of it.

    `patience` is in seconds: how long an API that is down is waited for. `on_change` is told when the API is found
    down (True) and when it is back (False).
    """

    def __init__(
        self,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        on_change: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._on_change = on_change
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._bad_in_a_row = 0
        self._bad_since = 0.0
        self._why = ""
        self._budget = _BUDGET
        self._last_good = clock()
        self._down_since: float | None = None
        self._next_probe = 0.0
        self._probe_gap = _FIRST_PROBE_S
        self._probe_turn = asyncio.Lock()

    @property
    def is_down(self) -> bool:
        """Whether rows are being held back."""
        return self._down_since is not None

    async def enter(self) -> bool:
        """Wait until a request may leave; True makes it a probe, which must end in `leave`.

        Raises ApiDown after the patience.
        """
        while self.is_down:
            await self._probe_turn.acquire()
            try:
                if await self._wait_for_probe():
                    return True
            except BaseException:
                self._probe_turn.release()
                raise
            self._probe_turn.release()
        return False

    async def _wait_for_probe(self) -> bool:
        """Wait for the next probe's time; False when the API came back meanwhile."""
        while self._down_since is not None:
            if self._clock() - self._down_since > self._patience:
                raise ApiDown(
                    f"The API has not answered as it should for {self._patience:.0f} seconds ({self._why}); nothing "
                    "more was sent. Check PARADOX_API_URL and the network; `candidate-sync resume` goes on."
                )
            wait = self._next_probe - self._clock()
            if wait <= 0:
                return True
            await self._sleep(wait)
        return False

    def leave(self, *, probe: bool) -> None:
        """End a request that passed `enter`, whatever came of it."""
        if not probe:
            return
        if self._down_since is not None:
            self._probe_gap = min(self._probe_gap * 2, _LONGEST_PROBE_S)
            self._next_probe = self._clock() + self._probe_gap
        self._probe_turn.release()

    def good(self) -> None:
        """Note an answer that shows the API at work, be it a refusal."""
        self._bad_in_a_row = 0
        self._last_good = self._clock()
        self._budget = min(self._budget + _GOOD_EARNS, _BUDGET)
        if self._down_since is not None:
            self._down_since = None
            self._budget = max(self._budget, _AFTER_OUTAGE)
            self._probe_gap = _FIRST_PROBE_S
            self._on_change(False)  # noqa: FBT003

    def bad(self, why: str) -> None:
        """Note a sign of an outage, and what it looked like."""
        now = self._clock()
        if self._bad_in_a_row == 0:
            self._bad_since = now
        self._bad_in_a_row += 1
        self._budget -= _BAD_COSTS
        self._why = why
        lasting = self._bad_in_a_row >= _SOME and now - self._bad_since > _SILENT_FOR_S
        if self._bad_in_a_row >= OPENS_AFTER or lasting or self._budget <= 0:
            self._hold_back(self._bad_since)

    def throttled(self) -> None:
        """Note an answer 429: the pacing's business, unless there has been nothing else for long."""
        if self._clock() - self._last_good > _THROTTLED_FOR_S:
            self._why = "it answers nothing but 429"
            self._hold_back(self._last_good)

    def _hold_back(self, since: float) -> None:
        if self._down_since is None:
            self._down_since = since
            self._next_probe = self._clock() + self._probe_gap
            self._on_change(True)  # noqa: FBT003
