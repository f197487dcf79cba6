"""Shows a job's progress on standard error: a moving line on a terminal, log lines elsewhere, or nothing."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self
from urllib.parse import urlsplit

import structlog
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from sync.cli.options import LogFormat
from sync.jobs.progress import Silent
from sync.model import OUTCOMES, OutcomeName

_LOG_EVERY_S = 30.0


def watch(*, quiet: bool, log_format: LogFormat) -> Watch:
    """The watch that fits: the terminal's, the log's, or one that says nothing."""
    if quiet:
        return Watch()
    if log_format is LogFormat.text and sys.stderr.isatty():
        return TerminalWatch()
    return LogWatch(log_format)


class Watch(Silent):
    """Watches a job and says nothing; the others say more. A context manager around the job."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End whatever moves."""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Within it nothing moves, so that a question can be read and answered."""
        yield


def _host(target: str) -> str:
    return urlsplit(target).netloc or target


def _aim(target: str) -> str:
    return f"writes to {_host(target)}" if target else "sends nothing"


class TerminalWatch(Watch):
    """A progress bar with rate, share, outcome counts and time left."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TaskProgressColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            console=self._console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._counts: Counter[OutcomeName] = Counter()
        self._due = 0
        self._began = 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        self._bar.stop()
        try:
            yield
        finally:
            self._bar.start()

    def fetching(self, *, source: str, target: str, ledger: str) -> None:
        self._console.print(f"Copying {source} for a run that {_aim(target)}; to be recorded in {ledger}", markup=False)
        self._task = self._bar.add_task("Copying", total=None, speed="", counts="", left="")

    def fetched(self, size: int) -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=size, counts=f"{size / 1e6:,.1f} MB")

    def started(self, *, run_id: str, target: str, ledger: str) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._console.print(f"Run {run_id} {_aim(target)}; recorded in {ledger}")
        self._task = self._bar.add_task("Reading", total=None, speed="", counts="", left="")

    def reading(self, rows: int) -> None:
        if self._task is not None:
            self._bar.update(self._task, completed=rows, counts=f"{rows:,} rows")

    def noted(self, note: str) -> None:
        self._console.print(f"Note: {note}", markup=False)

    def pushing(self, *, due: int) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._due, self._began = due, time.monotonic()
        self._task = self._bar.add_task("Sending", total=due, speed="", counts="", left="")

    def settled(self, outcome: OutcomeName) -> None:
        self._counts[outcome] += 1
        if self._task is None:
            return
        done = self._counts.total()
        speed = done / max(time.monotonic() - self._began, 0.001)
        counts = ", ".join(f"{self._counts[name]:,} {name}" for name in OUTCOMES if self._counts[name])
        left = f"{_clock((self._due - done) / speed)} left"
        self._bar.update(self._task, completed=done, speed=f"{speed:,.1f}/s", counts=counts, left=left)

    def waiting(self, *, api_down: bool) -> None:
        word = "The API does not answer: waiting" if api_down else "Sending"
        if self._task is not None:
            self._bar.update(self._task, description=word)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


class LogWatch(Watch):
    """One log line per step and one every half minute; values of cells are in none of them."""

    def __init__(self, log_format: LogFormat) -> None:
        renderer = (
            structlog.processors.JSONRenderer()
            if log_format is LogFormat.json
            else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
        )
        self._log = structlog.wrap_logger(
            structlog.PrintLogger(sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                renderer,
            ],
        )
        self._counts: Counter[OutcomeName] = Counter()
        self._due = 0
        self._said_at = time.monotonic()

    def fetching(self, *, source: str, target: str, ledger: str) -> None:
        self._log.info("copying", source=source, target=_host(target) or "none", ledger=ledger)

    def fetched(self, size: int) -> None:
        if self._is_time():
            self._log.info("copying", bytes=size)

    def started(self, *, run_id: str, target: str, ledger: str) -> None:
        self._log.info("run started", run_id=run_id, target=_host(target) or "none", ledger=ledger)

    def reading(self, rows: int) -> None:
        if self._is_time():
            self._log.info("reading", rows=rows)

    def noted(self, note: str) -> None:
        self._log.info(note)

    def pushing(self, *, due: int) -> None:
        self._due = due
        self._log.info("file read", due=due)

    def settled(self, outcome: OutcomeName) -> None:
        self._counts[outcome] += 1
        if self._is_time():
            self._log.info(
                "sending", due=self._due, settled=self._counts.total(), **{str(k): n for k, n in self._counts.items()}
            )

    def waiting(self, *, api_down: bool) -> None:
        if api_down:
            self._log.warning("the API does not answer; rows are held back")
        else:
            self._log.info("the API answers again")

    def _is_time(self) -> bool:
        now = time.monotonic()
        if now - self._said_at < _LOG_EVERY_S:
            return False
        self._said_at = now
        return True
