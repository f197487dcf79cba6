"""The ledger: attempts before outcomes, one outcome a row, group commits, private files, and files that are none."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.errors import SettingsError
from sync.jobs.listing import list_runs
from sync.ledger import Ledger, LedgerWriter
from sync.model import OUTCOMES, Answered, Change, Cleared, OutcomeName, Payload, RowError, Sent, Settled
from sync.settings import Options
from tests.ledger_runs import added_run

ROWS = 6


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "of-my-own" / "ledger.db")) as opened:
        yield opened


def new_run(ledger: Ledger, run_id: str = "run-1", rows: int = ROWS) -> int:
    """A run whose file has been read: all its rows, from 2 on, are due."""
    run = added_run(ledger, run_id)
    ledger.add_rows(run, [(row, f"C{row}", b"hash", None) for row in range(2, rows + 2)], [])
    ledger.change_run(run, phase="pushing", rows_read=rows)
    return run


def write(ledger: Ledger, run: int, *changes: Change) -> None:
    async def all_of_them() -> None:
        async with ledger.writer(run) as writer:
            for change in changes:
                if isinstance(change, Sent):
                    await writer.sent(change)
                else:
                    writer.record(change)

    asyncio.run(all_of_them())


def outcome_of(ledger: Ledger, run: int, row: int) -> OutcomeName:
    return next(one.outcome for one in ledger.each_row(run) if one.row == row)


def error(row: int, code: str, message: str = "") -> RowError:
    return RowError(row, code, "Email", f"D{row}", message or code, "tip")


SENT = Sent(2, 1, "put")
READ = Sent(2, 2, "get")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        pytest.param((), "unprocessed", id="nothing sent"),
        pytest.param((SENT,), "unknown", id="sent, no answer"),
        pytest.param((SENT, Answered(2, 1, "maybe", 504)), "unknown", id="a gateway's 504"),
        pytest.param((SENT, Answered(2, 1, "no", 429)), "unprocessed", id="not applied"),
        pytest.param((SENT, Answered(2, 1, "no", None, left=False)), "unprocessed", id="never left"),
        pytest.param((SENT, Answered(2, 1, "maybe", 504), READ), "unknown", id="being read"),
        pytest.param((SENT, Answered(2, 1, "maybe", 504), READ, Cleared(2, 2)), "unprocessed", id="read shows the old"),
        pytest.param((SENT, READ, Sent(2, 3, "put"), Cleared(2, 2)), "unknown", id="sent again after the read"),
        pytest.param((Sent(2, 1, "get"),), "unprocessed", id="only a read is open"),
        pytest.param(
            (SENT, Answered(2, 1, "yes", 200), Settled(2, "updated", 200, 0.1, ())),
            "updated",
            id="answered and settled",
        ),
    ],
)
def test_a_row_without_an_outcome_is_what_its_attempts_make_it(
    ledger: Ledger, changes: Sequence[Change], outcome: OutcomeName
) -> None:
    run = new_run(ledger)
    write(ledger, run, *changes)
    assert outcome_of(ledger, run, 2) == outcome
    assert sum(ledger.outcomes(run).values()) == ROWS


def test_an_attempt_is_on_the_disk_before_sent_returns(ledger: Ledger) -> None:
    run = new_run(ledger)

    async def send() -> tuple[int, int, int]:
        async with ledger.writer(run) as writer:
            await writer.sent(SENT)
            return ledger.requests(run)

    assert asyncio.run(send()) == (1, 0, 0)


def test_what_was_recorded_before_is_on_the_disk_when_a_later_sent_returns(ledger: Ledger) -> None:
    run = new_run(ledger)

    async def send() -> OutcomeName:
        async with ledger.writer(run) as writer:
            await writer.sent(SENT)
            writer.record(Settled(2, "updated", 200, 0.1, ()))
            await writer.sent(Sent(3, 1, "put"))
            return outcome_of(ledger, run, 2)

    assert asyncio.run(send()) == "updated"


def test_what_happens_during_a_commit_goes_into_the_next_one_together() -> None:
    groups: list[list[Change]] = []

    async def send() -> None:
        async with LedgerWriter(lambda changes: groups.append(list(changes))) as writer:
            await asyncio.gather(*(writer.sent(Sent(row, 1, "put")) for row in range(100)))

    asyncio.run(send())
    assert [change for group in groups for change in group] == [Sent(row, 1, "put") for row in range(100)]
    assert len(groups) <= 2


def test_leaving_the_writer_writes_what_is_left(ledger: Ledger) -> None:
    run = new_run(ledger)
    write(ledger, run, Settled(2, "failed", 400, 0.1, (error(2, "api-1015"),)))
    assert outcome_of(ledger, run, 2) == "failed"


def test_a_ledger_that_cannot_be_written_stops_every_sender() -> None:
    def full(_changes: Sequence[Change]) -> None:
        raise OSError("disk full")

    async def send() -> None:
        async with LedgerWriter(full) as writer:
            await writer.sent(SENT)

    with pytest.raises(OSError, match="disk full"):
        asyncio.run(send())


def test_requests_counts_updates_retries_and_throttled_answers(ledger: Ledger) -> None:
    run = new_run(ledger)
    again = (Sent(2, 2, "put"), Answered(2, 2, "yes", 200))
    never_left = (Sent(3, 1, "put"), Answered(3, 1, "no", None, left=False))
    write(ledger, run, SENT, Answered(2, 1, "no", 429), *again, *never_left, Sent(4, 1, "get"))
    assert ledger.requests(run) == (2, 1, 1)


def test_a_rejected_row_stays_rejected_and_has_all_its_errors(ledger: Ledger) -> None:
    run = new_run(ledger, rows=1)
    ledger.start_reading(run)
    ledger.add_rows(run, [(2, "C1", None, "rejected"), (3, "C1", b"hash", None)], [error(2, "invalid-email")])
    duplicates = [error(row, "duplicate-candidate") for row in (2, 3)]
    ledger.settle(run, [2, 3], "rejected", duplicates)
    ledger.settle(run, [2], "unchanged")
    found = [(one.outcome, [each.code for each in one.errors]) for one in ledger.each_row(run)]
    assert found == [
        ("rejected", ["invalid-email", "duplicate-candidate"]),
        ("rejected", ["duplicate-candidate"]),
    ]


def test_rows_for_one_candidate_are_found_in_file_order(ledger: Ledger) -> None:
    run = new_run(ledger, rows=0)
    candidates = {2: "b", 3: "a", 4: "", 5: "b", 6: "", 7: "a", 8: "c"}
    ledger.add_rows(run, [(row, one, None, None) for row, one in candidates.items()], [])
    assert list(ledger.same_candidate(run)) == [("a", [3, 7]), ("b", [2, 5])]


def test_errors_are_counted_by_rows_most_frequent_first(ledger: Ledger) -> None:
    run = new_run(ledger)
    rejected = [error(3, "invalid-email"), error(2, "too-long", "first"), error(3, "too-long"), error(3, "too-long")]
    ledger.settle(run, [2, 3], "rejected", rejected)
    assert [(one.code, one.rows, one.example) for one in ledger.errors(run)] == [
        ("too-long", 2, "D2: first"),
        ("invalid-email", 1, "D3: invalid-email"),
    ]


def test_due_rows_and_what_was_sent_for_them_before(ledger: Ledger) -> None:
    run = new_run(ledger, rows=3)
    write(ledger, run, SENT, Sent(3, 1, "put"), Settled(3, "updated", 200, 0.1, ()))
    assert ledger.due(run, 2, 4) == {2: b"hash", 4: b"hash"}
    assert {row: (one.attempts, one.in_doubt) for row, one in ledger.histories(run, 2, 4).items()} == {2: (1, True)}


def test_a_reading_that_did_not_end_is_forgotten_by_the_next(ledger: Ledger) -> None:
    run = new_run(ledger)
    ledger.settle(run, [2], "rejected", [error(2, "too-long")])
    ledger.start_reading(run)
    assert (ledger.count_rows(run), ledger.errors(run)) == (0, ())


def test_one_runs_rows_are_not_anothers(ledger: Ledger) -> None:
    one, other = new_run(ledger), new_run(ledger, "run-2")
    write(ledger, one, SENT, Settled(2, "updated", 200, 0.1, ()))
    ledger.forget_run(other)
    assert [record.run_id for record in ledger.runs()] == ["run-1"]
    assert (ledger.count_rows(one), ledger.count_rows(other)) == (ROWS, 0)


changes_of_rows = st.lists(
    st.tuples(
        st.integers(2, ROWS + 1),
        st.sampled_from(["yes", "no", "maybe", None]),
        st.sampled_from([*OUTCOMES[:-1], None]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(changes_of_rows)
def test_the_outcomes_add_up_to_the_rows_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, happening: list[tuple[int, str | None, OutcomeName | None]]
) -> None:
    changes: list[Change] = []
    for attempt, (row, applied, outcome) in enumerate(happening, start=1):
        changes.append(Sent(row, attempt, "put"))
        if applied is not None:
            changes.append(Answered(row, attempt, applied, 200))  # type: ignore[arg-type]
        if outcome is not None:
            changes.append(Settled(row, outcome, 200, 0.1, ()))
    with closing(Ledger(tmp_path_factory.mktemp("ledger") / "ledger.db")) as ledger:
        run = new_run(ledger)
        write(ledger, run, *changes)
        listed = [one.outcome for one in ledger.each_row(run)]
        assert {name: listed.count(name) for name in OUTCOMES} == ledger.outcomes(run)
        assert len(listed) == ROWS


def test_a_payloads_hash_tells_what_is_the_same_and_is_this_ledgers_own(ledger: Ledger, tmp_path: Path) -> None:
    resume = tmp_path / "cv.txt"
    resume.write_text("one")
    digest = ledger.payload_hasher()
    payload = Payload(2, "C1", {"email": "ann@example.com", "location": "x"}, {"resume": resume})
    before = digest(payload)
    assert digest(Payload(9, "C1", {"location": "x", "email": "ann@example.com"}, {"resume": resume})) == before
    assert digest(Payload(2, "C1", {"email": "ann@example.com"}, {"resume": resume})) != before
    resume.write_text("two")
    assert digest(payload) != before
    with closing(Ledger(tmp_path / "other.db")) as other:
        assert other.payload_hasher()(payload) != ledger.payload_hasher()(payload)


def test_its_files_are_private(ledger: Ledger) -> None:
    new_run(ledger)
    assert ledger.push_lock().acquire()
    modes = {path.name: stat.filemode(path.stat().st_mode) for path in ledger.path.parent.iterdir()}
    assert set(modes.values()) == {"-rw-------"}
    assert {"ledger.db", "ledger.db-wal", "ledger.db.push.lock"} <= modes.keys()
    assert stat.filemode(ledger.path.parent.stat().st_mode) == "drwx------"


def test_a_lock_is_had_by_one_and_free_again_afterwards(ledger: Ledger) -> None:
    mine, other = ledger.push_lock(), ledger.push_lock()
    assert (mine.acquire(), other.acquire(), other.is_held()) == (True, False, True)
    mine.release()
    assert (other.is_held(), other.acquire()) == (False, True)
    other.release()


def test_a_run_without_a_living_process_is_shown_as_killed(ledger: Ledger) -> None:
    new_run(ledger)
    lock = ledger.run_lock("run-1")
    assert lock.acquire()
    options = Options(state=ledger.path)
    assert [one.summary.status for one in list_runs(options)] == ["running"]
    lock.release()
    assert [one.summary.status for one in list_runs(options)] == ["killed"]


def test_a_run_that_is_not_there_is_told_with_the_newest(ledger: Ledger) -> None:
    new_run(ledger)
    with pytest.raises(SettingsError, match=r"has no run 'run-2'\. Its newest: run-1\."):
        ledger.get_run("run-2")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"ID,First,Last,Email\n" * 50, id="a CSV"),
        pytest.param(b"SQLite format 3\x00" + bytes(100), id="a damaged database"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"people\.csv cannot be used as the ledger: .*Name another with --state"):
        Ledger(path)
    assert path.read_bytes() == content


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Name another with --state"):
        Ledger(tmp_path)


def test_a_newer_programs_ledger_is_refused_and_left_as_it_is(ledger: Ledger) -> None:
    new_run(ledger)
    with closing(sqlite3.connect(ledger.path)) as database:
        database.execute("INSERT INTO versions VALUES (99)")
        database.commit()
    with pytest.raises(SettingsError, match=r"was written by a newer candidate-sync \(version 99"):
        Ledger(ledger.path)
    assert [one.run_id for one in ledger.runs()] == ["run-1"]


def test_a_ledger_opened_again_has_what_it_had(ledger: Ledger) -> None:
    run = new_run(ledger)
    with closing(Ledger(ledger.path)) as again:
        assert (again.get_run("run-1").run, again.count_rows(run)) == (run, ROWS)


def test_a_database_that_is_no_ledger_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(SettingsError, match="is a database, but no ledger"):
        Ledger(path)
    assert path.read_bytes() == before
