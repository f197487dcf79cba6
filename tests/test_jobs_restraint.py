"""Brakes, outages, and rows that must not be sent again: through the jobs, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sync.errors import SettingsError, SourceError
from sync.jobs.check import check
from sync.jobs.listing import list_runs
from sync.jobs.purge import purge
from sync.jobs.resume import resume
from sync.jobs.retry import retry
from sync.jobs.run import run
from sync.sandbox import RunningSandbox
from sync.settings import MaxErrors
from tests.conftest import MAPPING, Workplace, access_to

Start = Callable[..., RunningSandbox]


def people(ids: list[str], last_name: str = "Lee") -> str:
    return "ID,First,Last,Email\n" + "".join(f"{one},Ann,{last_name},ann@example.com\n" for one in ids)


def test_a_run_whose_first_20_rows_all_fail_sends_nothing_else(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(people([f"missing{n}" for n in range(30)] + [f"C{n}" for n in range(30)]))
    result = run(
        workplace.file, workplace.mapping, workplace.options(max_errors=MaxErrors(1000, None)), access_to(server)
    )
    assert (result.exit_code, result.summary.status) == (4, "aborted")
    assert (result.summary.failed, result.summary.unprocessed, result.summary.requests) == (20, 40, 20)


def test_too_many_errors_end_the_run_and_resume_goes_on(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    ids = [f"missing{n}" if n % 10 == 9 else f"C{n}" for n in range(100)]
    workplace.write(people(ids))
    options = workplace.options(max_errors=MaxErrors(3, None), concurrency=2)
    stopped = run(workplace.file, workplace.mapping, options, access_to(server))
    assert (stopped.exit_code, stopped.summary.failed) == (4, 4)
    assert stopped.summary.unprocessed > 0
    ended = resume(None, replace(options, max_errors=MaxErrors(100, None)), access_to(server))
    assert (ended.exit_code, ended.summary.failed, ended.summary.updated) == (3, 10, 90)
    assert server.state.puts("C0") == 1


def test_an_outage_is_no_rows_failure(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(faults={"503": 1.0})
    workplace.write_people(40)
    result = run(workplace.file, workplace.mapping, workplace.options(patience=2.0), access_to(server))
    assert (result.exit_code, result.summary.status) == (4, "aborted")
    assert (result.summary.unprocessed, result.summary.failed) == (40, 0)
    assert result.summary.requests <= 20
    assert "has not answered" in result.reason


def test_a_server_that_is_not_there_is_an_outage(workplace: Workplace, sandbox: Start) -> None:
    access = access_to(sandbox()).model_copy(update={"api_url": "http://127.0.0.1:9/api/v1/public"})
    workplace.write_people(40)
    result = run(workplace.file, workplace.mapping, workplace.options(patience=1.0), access)
    assert (result.exit_code, result.summary.unprocessed, result.summary.requests) == (4, 40, 0)


def test_a_token_that_is_refused_and_cannot_be_renewed_ends_the_run_at_once(
    workplace: Workplace, sandbox: Start
) -> None:
    server = sandbox(faults={"401": 1.0})
    workplace.write_people(40)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert (result.exit_code, result.summary.unprocessed) == (4, 40)
    assert "credentials" in result.reason


def test_only_changed_sends_what_is_not_as_it_was_last_applied(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(people(["C1", "C2", "C3"]))
    run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    workplace.file.write_text(people(["C1", "C2"]) + "C3,Ann,Moore,ann@example.com\nC4,Ann,Lee,ann@example.com\n")
    result = run(workplace.file, workplace.mapping, workplace.options(only_changed=True), access_to(server))
    assert (result.summary.unchanged, result.summary.updated, result.exit_code) == (2, 2, 0)
    assert [server.state.puts(f"C{n}") for n in (1, 2, 3, 4)] == [1, 1, 2, 1]


def test_what_was_applied_and_then_changed_back_is_sent_again(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    for last_name in ("Lee", "Moore", "Lee"):
        workplace.write(people(["C1"], last_name))
        run(workplace.file, workplace.mapping, workplace.options(only_changed=True), access_to(server))
    assert server.state.puts("C1") == 3


def test_what_is_unknown_does_not_count_as_applied(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(faults={"504-after": 0.3}, random_seed=4)
    workplace.write_people(24, MAPPING.replace("email: Email", "external_group_id: Email\n  status: {value: APPROVED}"))
    first = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert first.summary.unknown > 0
    again = run(workplace.file, workplace.mapping, workplace.options(only_changed=True), access_to(server))
    assert again.summary.unchanged == first.summary.updated


def test_a_retry_sends_just_the_rows_that_may_succeed_now(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(people([f"missing{n}" for n in range(20)] + ["C1", "C2"]) + ",No,Id,no@example.com\n")
    first = run(workplace.file, workplace.mapping, workplace.options(max_errors=MaxErrors(99, None)), access_to(server))
    assert (first.summary.failed, first.summary.unprocessed, first.summary.rejected) == (20, 2, 1)
    result = retry(first.summary.run_id, workplace.options(), access_to(server))
    assert (result.summary.rows_read, result.summary.updated, result.exit_code) == (2, 2, 0)


def test_a_retry_leaves_refusals_and_rejected_rows_alone(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(people(["C1", "missing1"]) + ",No,Id,no@example.com\n")
    first = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    result = retry(first.summary.run_id, workplace.options(), access_to(server))
    assert (result.summary.rows_read, result.exit_code) == (0, 0)


def test_rows_of_an_old_run_whose_candidate_a_later_run_touched_are_superseded(
    workplace: Workplace, sandbox: Start
) -> None:
    server = sandbox()
    ids = [f"missing{n}" for n in range(20)] + ["C1", "C2"]
    workplace.write(people(ids))
    stopped = run(
        workplace.file, workplace.mapping, workplace.options(max_errors=MaxErrors(99, None)), access_to(server)
    )
    assert stopped.summary.unprocessed == 2
    other = workplace.folder / "other.csv"
    other.write_text(people(["C1"], "Moore"))
    run(other, workplace.mapping, workplace.options(), access_to(server))
    ended = resume(stopped.summary.run_id, workplace.options(max_errors=MaxErrors(99, None)), access_to(server))
    assert (ended.summary.updated, ended.summary.rejected) == (1, 1)
    assert [error.code for error in ended.summary.errors if error.rows == 1] == ["superseded"]
    assert server.state.values("C1")["last_name"] == "Moore"


def test_resume_refuses_a_file_that_has_changed(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write(people([f"missing{n}" for n in range(20)] + ["C1"]))
    run(workplace.file, workplace.mapping, workplace.options(max_errors=MaxErrors(99, None)), access_to(server))
    workplace.file.write_text(people(["C1"]))
    with pytest.raises(SourceError, match="the file was changed since run"):
        resume(None, workplace.options(), access_to(server))


def test_rows_of_one_candidate_go_out_in_file_order(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(faults={"503": 0.2}, random_seed=3)
    rows = "".join(f"C{n % 3},Ann,Lee{n:02d},ann@example.com\n" for n in range(60))
    workplace.write("ID,First,Last,Email\n" + rows, MAPPING + "duplicates: all\n")
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 60
    assert [server.state.values(f"C{n}")["last_name"] for n in range(3)] == ["Lee57", "Lee58", "Lee59"]


def test_purge_deletes_old_runs_and_what_they_hold_of_people(workplace: Workplace, sandbox: Start) -> None:
    workplace.write(people(["canary-candidate"]))
    options = workplace.options()
    run(workplace.file, workplace.mapping, options, access_to(sandbox()))
    assert purge(3600, options) == []
    (purged,) = purge(0, options)
    assert list_runs(options) == []
    assert not (options.report_dir / purged).exists()
    assert all(
        b"canary-candidate" not in path.read_bytes() for path in workplace.folder.glob("ledger.db*") if path.is_file()
    )


def test_a_check_cannot_be_retried(workplace: Workplace, sandbox: Start) -> None:
    workplace.write(people(["C1"]))
    result, _ = check(workplace.file, workplace.mapping, workplace.options())
    with pytest.raises(SettingsError, match="was a check"):
        retry(result.summary.run_id, workplace.options(), access_to(sandbox()))
