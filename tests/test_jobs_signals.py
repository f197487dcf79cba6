"""Signals in a job's synchronous part: they end it where it stands, but not in the midst of a library's callback."""

from __future__ import annotations

import signal

import pytest

from sync.errors import RunInterrupted
from sync.jobs.signals import raise_on_signals, signals_held_back

each_signal = pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])


def stopped_by(number: signal.Signals, reached: list[str]) -> None:
    with raise_on_signals():
        signal.raise_signal(number)
        reached.append("after the signal")


def stopped_after_a_step_by(number: signal.Signals, reached: list[str]) -> None:
    with raise_on_signals():
        with signals_held_back():
            signal.raise_signal(number)
            reached.append("the step's end")
        reached.append("after the step")


@each_signal
def test_a_signal_ends_the_job_where_it_stands(number: signal.Signals) -> None:
    reached: list[str] = []
    with pytest.raises(RunInterrupted, match=f"Interrupted by {number.name}") as caught:
        stopped_by(number, reached)
    assert (caught.value.exit_code, reached) == (128 + number, [])


@each_signal
def test_a_signal_waits_for_the_end_of_a_step_that_must_not_be_broken_off(number: signal.Signals) -> None:
    reached: list[str] = []
    with pytest.raises(RunInterrupted, match=f"Interrupted by {number.name}"):
        stopped_after_a_step_by(number, reached)
    assert reached == ["the step's end"]


def test_the_handlers_are_what_they_were_afterwards() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with raise_on_signals(), signals_held_back():
        pass
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
