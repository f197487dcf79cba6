"""A small facade over the ledger's tables: every read and write of a job is one method here."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DatabaseError

from sync.errors import RunAborted, SettingsError
from sync.ledger import attempts, candidates, hashing, origins, rows, runs, schema, totals
from sync.ledger.engine import open_engine
from sync.ledger.lock import RunLock
from sync.ledger.writer import LedgerWriter
from sync.model import Change, ErrorCount, History, OutcomeName, Payload, RowError, RowOutcome, Tick

_READ_ONLY = {"read_only": True}


class LedgerFailed(RunAborted):
    """The ledger's database cannot be read or written: the disk is full, or the file is damaged."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"The ledger {path} failed: {reason}. Mend that, then `candidate-sync resume` goes on.")


class Ledger:
    """The record at `path`. Each method is one transaction; reads never wait for a run that is writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_engine(path)
        self._reader = self._engine.execution_options(**_READ_ONLY)

    @classmethod
    def existing(cls, path: Path) -> Ledger:
        """The ledger at `path`. Raises SettingsError where there is none yet, instead of making one."""
        if not os.access(path, os.F_OK):
            raise SettingsError(f"There is no ledger {path}: work in the folder of the run, or name it with --state.")
        return cls(path)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction that writes. Raises LedgerFailed when the database cannot."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise LedgerFailed(self.path, error.orig) from None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One transaction that reads. Raises LedgerFailed when the database cannot."""
        try:
            with self._reader.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise LedgerFailed(self.path, error.orig) from None

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def push_lock(self) -> RunLock:
        """The lock that one pushing run of this ledger holds."""
        return RunLock(self.path.with_name(f"{self.path.name}.push.lock"))

    def run_lock(self, run_id: str) -> RunLock:
        """The lock that a run holds while its process lives."""
        return RunLock(self.path.with_name(f"{self.path.name}.locks") / run_id)

    def payload_hasher(self) -> Callable[[Payload], bytes]:
        """The function that hashes payloads with this ledger's own key, which is made at the first call."""
        key_of = select(schema.secrets.c.value).where(schema.secrets.c.name == "payload-hash")
        with self._writing() as connection:
            key = connection.execute(key_of).scalar()
            if key is None:
                key = secrets.token_bytes(32)
                connection.execute(insert(schema.secrets), {"name": "payload-hash", "value": key})
        return hashing.payload_hasher(key)

    def create_run(self, new: runs.NewRun) -> int:
        """Add a run; returns its number."""
        with self._writing() as connection:
            return runs.create(connection, new)

    def find_run(self, run_id: str) -> runs.RunRecord | None:
        """The run of this id, or None."""
        with self._reading() as connection:
            return runs.find(connection, run_id)

    def get_run(self, run_id: str) -> runs.RunRecord:
        """The run of this id, which exists. Raises SettingsError when it does not, naming the newest ones."""
        record = self.find_run(run_id)
        if record is None:
            newest = ", ".join(one.run_id for one in self.runs()[:3]) or "it has none yet"
            raise SettingsError(f"The ledger {self.path} has no run {run_id!r}. Its newest: {newest}.")
        return record

    def forget_run(self, run: int) -> None:
        """Drop a run and all that was recorded of it."""
        with self._writing() as connection:
            runs.forget(connection, run)

    def runs(self) -> list[runs.RunRecord]:
        """All runs, newest first."""
        with self._reading() as connection:
            return runs.newest_first(connection)

    def change_run(self, run: int, **values: Any) -> None:  # noqa: ANN401 (columns differ in type)
        """Set columns of a run."""
        with self._writing() as connection:
            runs.change(connection, run, **values)

    def start_reading(self, run: int) -> None:
        """Forget what an earlier reading of the file that did not end had recorded."""
        with self._writing() as connection:
            runs.forget_rows(connection, run)

    def add_rows(self, run: int, new: Sequence[rows.NewRow], errors: Iterable[RowError]) -> None:
        """Record a chunk of rows as pass 1 leaves them."""
        with self._writing() as connection:
            rows.add(connection, run, new, errors)

    def settle_unchanged(self, run: int, target: str) -> int:
        """Make rows `unchanged` that equal what was last applied to their candidate; returns how many."""
        with self._writing() as connection:
            return candidates.settle_unchanged(connection, run, target)

    def superseded(self, run: int, since: int, target: str) -> list[tuple[int, bool]]:
        """Due rows whose candidate a run after `since` has touched, each with whether it is itself in doubt."""
        with self._reading() as connection:
            return candidates.superseded(connection, run, since, target)

    def candidates(self, run: int, numbers: Sequence[int]) -> dict[int, str]:
        """The candidates of these rows, "" where a row names none."""
        with self._reading() as connection:
            return rows.candidates(connection, run, numbers)

    def to_mend(self, run: int, numbers: Sequence[int]) -> dict[int, origins.ToMend]:
        """Those of the rows `numbers` that the run rejected or that failed in it."""
        with self._reading() as connection:
            return origins.to_mend(connection, run, numbers)

    def touched(self, run: int, numbers: Sequence[int], since: int, target: str) -> list[origins.Touch]:
        """Of the due rows `numbers` of a run, the runs from `since` on that may have changed their candidates."""
        with self._reading() as connection:
            return origins.touched(connection, run, numbers, since, target)

    def open_ended(self, run: int, first: int, last: int) -> set[int]:
        """Rows from `first` to `last` of a run that ended before it was known what became of their update."""
        with self._reading() as connection:
            return attempts.open_ended(connection, run, first, last)

    def worth_a_retry(self, run: int, first: int, last: int) -> set[int]:
        """Rows from `first` to `last` whose failure may have passed, or that have no certain outcome."""
        with self._reading() as connection:
            return candidates.worth_a_retry(connection, run, first, last)

    def learned_rate(self, target: str) -> float | None:
        """The rate in requests a second that a target was found to take, or None."""
        with self._reading() as connection:
            return runs.learned_rate(connection, target)

    def learn_rate(self, target: str, rate: float) -> None:
        """Remember the rate that a target was found to take."""
        with self._writing() as connection:
            runs.learn_rate(connection, target, rate)

    def overwrite_forgotten(self) -> None:
        """Write the database anew, so that what was forgotten is gone from the file, too."""
        with self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None  # noqa: S101 (an open connection has one)
            connection.rollback()
            raw.cursor().execute("VACUUM")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def same_candidate(self, run: int) -> Iterator[tuple[str, list[int]]]:
        """Candidates with several rows in this run, each with its row numbers in file order; streamed."""
        with self._reading() as connection:
            yield from rows.same_candidate(connection, run)

    def settle(self, run: int, numbers: Sequence[int], outcome: OutcomeName, errors: Iterable[RowError] = ()) -> None:
        """Give rows an outcome that needed no request, each with one more error if there is one."""
        with self._writing() as connection:
            rows.settle(connection, run, numbers, outcome)
            rows.append_errors(connection, run, errors)

    def count_rows(self, run: int, *, only_due: bool = False) -> int:
        """How many rows of the run are recorded, or have no outcome yet."""
        with self._reading() as connection:
            return rows.count(connection, run, only_due=only_due)

    def pushed(self, run: int) -> tuple[int, int]:
        """How many rows have an outcome that a request gave them, and how many of these are failed or unknown."""
        with self._reading() as connection:
            return totals.pushed(connection, run)

    def due(self, run: int, first: int, last: int) -> dict[int, bytes]:
        """Rows from `first` to `last` that have no outcome yet, each with its payload's hash."""
        with self._reading() as connection:
            return rows.due(connection, run, first, last)

    def histories(self, run: int, first: int, last: int) -> dict[int, History]:
        """Rows from `first` to `last` that are due although something was sent for them."""
        with self._reading() as connection:
            return attempts.histories(connection, run, first, last)

    def writer(self, run: int) -> LedgerWriter:
        """The group-committing writer of a pushing run."""

        def commit(changes: Sequence[Change]) -> None:
            with self._writing() as connection:
                attempts.record(connection, run, changes)

        return LedgerWriter(commit)

    def outcomes(self, run: int) -> dict[OutcomeName, int]:
        """How many rows have each outcome."""
        with self._reading() as connection:
            return totals.outcomes(connection, run)

    def requests(self, run: int) -> tuple[int, int, int]:
        """Updates sent, how many of them were retries, and answers 429."""
        with self._reading() as connection:
            return totals.requests(connection, run)

    def errors(self, run: int) -> tuple[ErrorCount, ...]:
        """Per code the rows that have it, most frequent first."""
        with self._reading() as connection:
            return totals.errors(connection, run)

    def ticks(self, run: int, width_s: float) -> tuple[Tick, ...]:
        """Rows settled by pushing, per interval of `width_s` seconds."""
        with self._reading() as connection:
            return totals.ticks(connection, run, width_s)

    def each_row(self, run: int) -> Iterator[RowOutcome]:
        """All rows in file order, streamed, with their errors."""
        with self._reading() as connection:
            yield from totals.each_row(connection, run)
