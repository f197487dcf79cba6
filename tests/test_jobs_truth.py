"""Ways in which a row's outcome could have been untrue: each was found by hand, and failed before it was mended."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sync.errors import SettingsError
from sync.jobs.resume import resume
from sync.jobs.retry import retry
from sync.jobs.run import run
from sync.ledger import Ledger
from sync.model import Answered, Cleared, RowError, Sent, Settled
from sync.push import OutageGate
from sync.push.policy import MAX_ATTEMPTS
from sync.sandbox import RunningSandbox
from sync.settings import MaxErrors
from tests.conftest import MAPPING, ROOT, Workplace, access_to
from tests.ledger_runs import added_run

Start = Callable[..., RunningSandbox]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_stop_ends_a_run_whose_workers_have_no_more_rows_to_take(
    workplace: Workplace, sandbox: Start, number: signal.Signals
) -> None:
    server = sandbox(latency_ms=1500)
    workplace.write_people(40)
    environment = {**os.environ, "PARADOX_API_URL": server.base_url, "PARADOX_ACCESS_TOKEN": "t"}
    process = subprocess.Popen(
        [sys.executable, "-m", "sync", "run", "people.csv", "-m", "mapping.yaml", "--rate", "100", "--quiet"],
        cwd=workplace.folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while len(server.state.arrivals) < 5 and time.monotonic() < deadline:
        os.sched_yield()
    process.send_signal(number)
    assert process.wait(30) == 128 + number


def test_clearing_a_rows_past_updates_leaves_the_next_one_in_doubt(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db")
    number = added_run(ledger)
    ledger.add_rows(number, [(2, "C1", b"hash", None)], [])

    async def write() -> None:
        async with ledger.writer(number) as writer:
            await writer.sent(Sent(2, 1, "put"))
            writer.record(Answered(2, 1, "maybe", 504))
            writer.record(Cleared(2, 2))
            await writer.sent(Sent(2, 3, "put"))

    asyncio.run(write())
    assert ledger.histories(number, 2, 2)[2].in_doubt
    ledger.close()


def test_a_file_that_changes_between_check_and_push_is_not_sent(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write_people(5)

    def change_the_file(_: str) -> bool:
        workplace.file.write_text("ID,First,Last,Email\nVIP,Ann1,Lee,ann1@example.com\n")
        return True

    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server), ask=change_the_file)
    assert (result.exit_code, result.summary.unprocessed) == (4, 5)
    assert "was changed" in result.reason
    assert server.state.applied == []


def test_a_resume_that_waited_for_another_does_not_begin_again(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write_people(22)
    stopped = run(workplace.file, workplace.mapping, workplace.options(), access_to(server), ask=lambda _: False)
    assert (stopped.exit_code, stopped.summary.status) == (6, "stopped_by_guard")
    for _ in range(2):
        ended = resume(stopped.summary.run_id, workplace.options(), access_to(server))
        assert (ended.exit_code, ended.summary.updated) == (0, 22)
    assert {server.state.puts(f"C{n}") for n in range(1, 23)} == {1}


def test_a_slow_token_call_is_followed_by_no_burst(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(latency_ms=800)
    workplace.write_people(19)
    run(workplace.file, workplace.mapping, workplace.options(rate=10.0), access_to(server))
    times = [moment for moment, _ in server.state.arrivals]
    late_s = 0.2  # by which a busy machine may note an arrival too late
    assert all(later - earlier > 1 - late_s for earlier, later in zip(times, times[10:], strict=False))


def test_an_outage_does_not_fail_a_single_row(workplace: Workplace, sandbox: Start) -> None:
    access = access_to(sandbox()).model_copy(update={"api_url": "http://127.0.0.1:9/api/v1/public"})
    workplace.write_people(1)
    result = run(workplace.file, workplace.mapping, workplace.options(patience=18.0, concurrency=1), access)
    assert (result.exit_code, result.summary.unprocessed) == (4, 1)
    assert "no connection" in result.reason


def test_an_outage_is_found_before_a_row_runs_out_of_attempts() -> None:
    gate = OutageGate(60)
    for _ in range(MAX_ATTEMPTS - 1):
        gate.bad("down")
    assert gate.is_down


def test_a_probe_that_finds_no_good_answer_puts_the_next_one_off() -> None:
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def probes() -> list[float]:
        gate = OutageGate(1000, lambda: now[0], sleep)
        for _ in range(10):
            gate.bad("down")
        times = []
        for _ in range(4):
            assert await gate.enter()
            times.append(now[0])
            gate.leave(probe=True)
        return times

    assert asyncio.run(probes()) == [3.0, 9.0, 21.0, 45.0]


def test_an_attachment_that_is_gone_costs_its_row_alone(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(
        "ID,CV\nC1,one.txt\nC2,two.txt\n",
        "version: 1\ncandidate: {id: ex_id, column: ID}\nfields:\n"
        "  status: {value: APPROVED}\n  resume: {column: CV, transform: [{file: .}]}\n",
    )
    for name in ("one.txt", "two.txt"):
        (workplace.folder / name).write_text("a resume")

    def remove_one(_: str) -> bool:
        (workplace.folder / "one.txt").unlink()
        return True

    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server), ask=remove_one)
    assert (result.exit_code, result.summary.rejected, result.summary.updated) == (3, 1, 1)
    assert [error.code for error in result.summary.errors] == ["invalid-file"]


def test_a_run_whose_last_row_was_one_too_many_has_ended(workplace: Workplace, sandbox: Start) -> None:
    workplace.write("ID,First,Last,Email\nC1,A,B,a@example.com\nmissing1,A,B,a@example.com\n")
    options = workplace.options(max_errors=MaxErrors(0, None), concurrency=1)
    result = run(workplace.file, workplace.mapping, options, access_to(sandbox()))
    assert (result.exit_code, result.summary.status) == (3, "completed_with_errors")


def test_a_refusal_with_a_passing_status_is_worth_a_retry_whatever_its_code(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.db")
    number = added_run(ledger)
    ledger.add_rows(number, [(row, f"C{row}", b"hash", None) for row in (2, 3)], [])
    error = RowError(2, "api-1015", "", "", "Busy.", "")

    async def write() -> None:
        async with ledger.writer(number) as writer:
            for row, status in ((2, 503), (3, 400)):
                writer.record(Settled(row, "failed", status, 1.0, (replace(error, row=row),)))

    asyncio.run(write())
    assert ledger.worth_a_retry(number, 2, 3) == {2}
    ledger.close()


def test_a_run_that_was_not_read_to_its_end_is_resumed_not_retried(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write_people(3)
    first = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    ledger = Ledger(workplace.options().state)
    ledger.change_run(ledger.get_run(first.summary.run_id).run, phase="reading")
    ledger.close()
    with pytest.raises(SettingsError, match="not read to its end"):
        retry(first.summary.run_id, workplace.options(), access_to(server))


def test_a_mended_file_is_kept_when_the_report_is_written_again(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("ID,First,Last,Email\nmissing1,A,B,a@example.com\n", MAPPING)
    first = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert first.files.failed is not None
    mended = first.files.failed.read_text().replace("missing1", "C1")
    first.files.failed.write_text(mended)
    os.utime(first.files.failed, ns=(time.time_ns() + 10**9,) * 2)
    resume(first.summary.run_id, replace(workplace.options()), access_to(server))
    assert (first.files.failed.parent / "failed-mended-1.csv").read_text() == mended
