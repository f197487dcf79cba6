"""The table of runs: one line per execution of a job over one file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from sync.ledger.schema import attempts, row_errors, rows, runs, targets
from sync.model import RunStatus

Phase = Literal["reading", "pushing", "done"]
Verb = Literal["check", "run", "retry"]


@dataclass(frozen=True, slots=True)
class NewRun:
    """What is known of a run before its first row. Paths are absolute; hashes are SHA-256 in hex."""

    run_id: str
    verb: Verb
    mapping: str
    mapping_path: str
    mapping_hash: str
    source: str
    source_path: str
    source_hash: str
    target: str
    row_limit: int | None
    report_dir: str
    started_at: str
    only_changed: bool = False
    of_run: int | None = None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A line of the table. `run` is the ledger's own number of it, ascending in time."""

    run: int
    run_id: str
    verb: Verb
    of_run: int | None
    status: RunStatus
    phase: Phase
    mapping: str
    mapping_path: str
    mapping_hash: str
    source: str
    source_path: str
    source_hash: str
    target: str
    row_limit: int | None
    only_changed: bool
    report_dir: str
    notes: tuple[str, ...]
    reason: str
    started_at: str
    finished_at: str | None
    worked_s: float
    pushed_s: float
    rows_read: int
    rate_limit: float | None


def create(connection: Connection, new: NewRun) -> int:
    """Add a run in its reading phase; returns its number."""
    values = {name: getattr(new, name) for name in NewRun.__slots__}
    result = connection.execute(
        insert(runs).values(
            **values, status="running", phase="reading", notes="[]", reason="", worked_s=0.0, pushed_s=0.0, rows_read=0
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert has one; its type says maybe


def find(connection: Connection, run_id: str) -> RunRecord | None:
    """The run of this id, or None."""
    line = connection.execute(select(runs).where(runs.c.run_id == run_id)).mappings().first()
    return _record(line) if line else None


def newest_first(connection: Connection) -> list[RunRecord]:
    """All runs of the ledger."""
    lines = connection.execute(select(runs).order_by(runs.c.run.desc())).mappings()
    return [_record(line) for line in lines]


def change(connection: Connection, run: int, **values: Any) -> None:  # noqa: ANN401 (columns differ in type)
    """Set columns of a run; `notes` as a sequence of texts."""
    if "notes" in values:
        values["notes"] = json.dumps(list(values["notes"]))
    connection.execute(update(runs).where(runs.c.run == run).values(**values))


def forget_rows(connection: Connection, run: int) -> None:
    """Drop what a run that was killed while reading had recorded, so that it can read again from the start."""
    for table in (rows, row_errors, attempts):
        connection.execute(delete(table).where(table.c.run == run))


def by_number(connection: Connection, run: int) -> RunRecord | None:
    """The run of this number, or None."""
    line = connection.execute(select(runs).where(runs.c.run == run)).mappings().first()
    return _record(line) if line else None


def learned_rate(connection: Connection, target: str) -> float | None:
    """The rate in requests a second that a target was found to take, or None."""
    return connection.execute(select(targets.c.rate).where(targets.c.target == target)).scalar()


def learn_rate(connection: Connection, target: str, rate: float) -> None:
    """Remember the rate that a target was found to take."""
    connection.execute(delete(targets).where(targets.c.target == target))
    connection.execute(insert(targets).values(target=target, rate=rate))


def forget(connection: Connection, run: int) -> None:
    """Drop a run and all that was recorded of it."""
    forget_rows(connection, run)
    connection.execute(delete(runs).where(runs.c.run == run))


def _record(line: RowMapping) -> RunRecord:
    values = dict(line)
    values["notes"] = tuple(json.loads(values["notes"]))
    return RunRecord(**values)
