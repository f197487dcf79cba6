"""The throttle, in virtual time."""

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.push import PacedLimiter


class VirtualTime:
    """A clock that only sleeping moves, by what was asked for plus a late wake-up."""

    def __init__(self, lateness: list[float]) -> None:
        self.now = 0.0
        self._lateness = lateness
        self._naps = 0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._naps += 1
        self.now += seconds + self._lateness[self._naps % len(self._lateness)]


async def departures(limiter: PacedLimiter, time: VirtualTime, count: int) -> list[float]:
    times = []
    for _ in range(count):
        await limiter.acquire()
        times.append(time.now)
    return times


@given(rate=st.integers(1, 400), lateness=st.lists(st.floats(0, 0.03), min_size=1, max_size=7))
@settings(max_examples=60, deadline=None)
def test_never_more_than_the_rate_within_any_second(rate: int, lateness: list[float]) -> None:
    time = VirtualTime(lateness)
    times = asyncio.run(departures(PacedLimiter(rate, time.clock, time.sleep), time, 4 * rate))
    assert all(later - earlier > 1 for earlier, later in zip(times, times[rate:], strict=False))


@given(rate=st.integers(5, 400))
@settings(max_examples=30, deadline=None)
def test_at_least_98_percent_of_the_rate_is_used_in_spite_of_late_wake_ups(rate: int) -> None:
    time = VirtualTime([0.0, 0.002, 0.001])
    times = asyncio.run(departures(PacedLimiter(rate, time.clock, time.sleep), time, 20 * rate))
    assert len(times) / times[-1] >= 0.98 * rate


def test_a_rate_below_one_spaces_requests_by_its_inverse() -> None:
    time = VirtualTime([0.0])
    times = asyncio.run(departures(PacedLimiter(0.5, time.clock, time.sleep), time, 4))
    assert all(later - earlier >= 2 for earlier, later in zip(times, times[1:], strict=False))


def test_a_pause_holds_the_next_request_back() -> None:
    time = VirtualTime([0.0])
    limiter = PacedLimiter(100, time.clock, time.sleep)
    limiter.pause(7)
    assert asyncio.run(departures(limiter, time, 1)) == [7.0]
