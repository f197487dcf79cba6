"""SIGINT and SIGTERM: the first asks for a clean end, a second one ends at once."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from sync.errors import RunInterrupted

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _interrupted(number: int) -> RunInterrupted:
    return RunInterrupted(number, f"Interrupted by {signal.Signals(number).name}; `candidate-sync resume` goes on.")


@dataclass(slots=True)
class Received:
    """The signal that came, if one did."""

    number: int | None = None

    def raise_if_any(self) -> None:
        """Raise RunInterrupted when a signal came."""
        if self.number is not None:
            raise _interrupted(self.number)


@contextmanager
def raise_on_signals() -> Iterator[None]:
    """Within a job's synchronous part: a signal raises RunInterrupted where the program stands.

    Does nothing outside the main thread, where Python delivers no signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(number: int, _frame: FrameType | None) -> None:
        raise _interrupted(number)

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def signals_held_back() -> Iterator[None]:
    """Within a short step that must not be broken off: a signal that comes meanwhile takes effect at its end.

    Libraries that call functions of ours, pandera among them, would take the exception for one of these functions'.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    received = Received()

    def handle(number: int, _frame: FrameType | None) -> None:
        received.number = number

    before = {number: signal.signal(number, handle) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received.number is not None:
        signal.raise_signal(received.number)


@contextmanager
def stop_on_signals(stop: Callable[[], None]) -> Iterator[Received]:
    """Within an event loop: the first signal calls `stop`, after which signals have their usual, sudden effect."""
    received = Received()
    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    loop = asyncio.get_running_loop()

    def handle(number: int) -> None:
        received.number = number
        for each in _SIGNALS:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        stop()

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number in _SIGNALS:
        loop.add_signal_handler(number, handle, number)
    try:
        yield received
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
