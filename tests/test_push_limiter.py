"""The throttle, in virtual time."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.push import AdaptiveLimiter
from tests.virtual_time import HiddenLimit, push_against, run_virtually


class LateClock:
    """A clock that only sleeping moves, by what was asked for plus a late wake-up."""

    def __init__(self, lateness: list[float]) -> None:
        self.now = 0.0
        self._lateness = lateness
        self._naps = 0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._naps += 1
        self.now += seconds + self._lateness[self._naps % len(self._lateness)]


def departures(rate: float, lateness: list[float], count: int) -> list[float]:
    clock = LateClock(lateness)
    limiter = AdaptiveLimiter(rate, rate, clock.read, clock.sleep)

    async def depart() -> list[float]:
        times = []
        for _ in range(count):
            await limiter.acquire()
            times.append(clock.now)
        return times

    return asyncio.run(depart())


@given(rate=st.integers(1, 400), lateness=st.lists(st.floats(0, 0.03), min_size=1, max_size=7))
@settings(max_examples=60, deadline=None)
def test_never_more_than_the_rate_within_any_second(rate: int, lateness: list[float]) -> None:
    times = departures(rate, lateness, 4 * rate)
    assert all(later - earlier > 1 for earlier, later in zip(times, times[rate:], strict=False))


@given(rate=st.integers(5, 400))
@settings(max_examples=30, deadline=None)
def test_at_least_98_percent_of_the_rate_is_used_in_spite_of_late_wake_ups(rate: int) -> None:
    times = departures(rate, [0.0, 0.002, 0.001], 20 * rate)
    assert len(times) / times[-1] >= 0.98 * rate


def test_a_rate_below_one_spaces_requests_by_its_inverse() -> None:
    times = departures(0.5, [0.0], 4)
    assert all(later - earlier >= 2 for earlier, later in zip(times, times[1:], strict=False))


def test_a_pause_holds_the_next_request_back() -> None:
    clock = LateClock([0.0])
    limiter = AdaptiveLimiter(100, 100, clock.read, clock.sleep)
    limiter.pause(7)
    asyncio.run(limiter.acquire())
    assert clock.now == 7.0


def test_it_begins_gently_and_doubles_to_3000_a_second_within_5_seconds() -> None:
    async def climb() -> tuple[float, float]:
        loop = asyncio.get_running_loop()
        limiter = AdaptiveLimiter(3000, clock=loop.time)
        first = limiter.rate
        while limiter.rate < 3000:
            await limiter.acquire()
            limiter.answered(taken=True)
        return first, loop.time()

    first, seconds = run_virtually(climb())
    assert first <= 10
    assert seconds <= 5


COURSES = {
    "steady": lambda _: 60,
    "falls": lambda taken: 60 if taken < 900 else 30,
    "rises": lambda taken: 30 if taken < 900 else 60,
}


@pytest.mark.parametrize("latency", [0.005, 0.05, 0.15])
@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("bucket", [False, True], ids=["window", "bucket"])
def test_a_hidden_limit_is_used_without_being_overrun(course: str, bucket: bool, latency: float) -> None:
    server = HiddenLimit(COURSES[course], bucket)
    found = push_against(server, rows=1800, rate=500, first=10, latency=latency, workers=16)
    assert found.used >= 0.85
    assert found.refused <= (0.05 if course == "steady" else 0.06)


@pytest.mark.parametrize("bucket", [False, True], ids=["window", "bucket"])
def test_the_next_run_begins_where_this_one_ended(bucket: bool) -> None:
    first = push_against(HiddenLimit(lambda _: 60, bucket), rows=1800, rate=500, first=10, latency=0.02, workers=16)
    server = HiddenLimit(lambda _: 60, bucket)
    found = push_against(server, rows=1800, rate=500, first=first.rate, latency=0.02, workers=16)
    assert found.used >= 0.95
    assert found.refused <= 0.05


def test_answers_429_that_have_nothing_to_do_with_the_pace_do_not_bring_it_to_a_halt() -> None:
    class Moody(HiddenLimit):
        def takes(self, now: float) -> bool:
            ok = (self.taken + self.refused) % 4 != 3
            self.taken += ok
            self.refused += not ok
            return ok

    async def seconds() -> float:
        loop = asyncio.get_running_loop()
        server, limiter = Moody(lambda _: 60, bucket=False), AdaptiveLimiter(50, clock=loop.time)
        while server.taken < 300:
            await limiter.acquire()
            limiter.answered(taken=server.takes(loop.time()))
        return loop.time()

    assert run_virtually(seconds()) < 120
