"""Each fault, over real HTTP: what the ledger says of every row is what the sandbox applied."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.jobs.run import run
from sync.sandbox import RunningSandbox
from tests.conftest import MAPPING, Workplace, access_to

HARMLESS = MAPPING.replace("  email: Email\n", "")
UNSEEN = MAPPING.replace("email: Email", "external_group_id: Email\n  status: {value: APPROVED}")
"""A mapping whose contact-affecting field no read shows."""

NOT_APPLIED = ("401", "429", "432", "503")
IN_DOUBT = ("500", "502", "504-before", "504-after", "reset-before", "reset-after", "garbage")


def outcomes_of(folder: Path) -> dict[str, str]:
    (results,) = folder.glob("reports/*/results.csv")
    with results.open(encoding="utf-8", newline="") as file:
        return {line["candidate"]: line["outcome"] for line in csv.DictReader(file)}


def assert_true(sandbox: RunningSandbox, outcomes: dict[str, str]) -> None:
    """No row is called updated that was not, nor failed that was applied."""
    for candidate, outcome in outcomes.items():
        applied = sandbox.state.puts(candidate)
        if outcome == "updated":
            assert applied >= 1, candidate
        if outcome in {"failed", "rejected", "unprocessed"}:
            assert applied == 0, candidate


@pytest.mark.parametrize("fault", [*NOT_APPLIED, *IN_DOUBT])
def test_every_row_is_updated_in_spite_of_a_passing_fault(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], fault: str
) -> None:
    server = sandbox(faults={fault: 0.1 if fault == "429" else 0.25}, random_seed=11)
    workplace.write_people(24)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 24
    assert_true(server, outcomes_of(workplace.folder))


@pytest.mark.parametrize("fault", NOT_APPLIED)
def test_what_was_not_applied_is_sent_again_and_applied_once(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], fault: str
) -> None:
    server = sandbox(faults={fault: 0.1 if fault == "429" else 0.25}, random_seed=5)
    workplace.write_people(24)
    run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert {server.state.puts(f"C{n}") for n in range(1, 25)} == {1}


@pytest.mark.parametrize("fault", ["504-after", "reset-after", "garbage"])
def test_what_can_reach_a_person_is_read_before_it_would_be_sent_again(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], fault: str
) -> None:
    server = sandbox(faults={fault: 0.3}, random_seed=4)
    workplace.write_people(24)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 24
    assert {server.state.puts(f"C{n}") for n in range(1, 25)} == {1}


def test_what_no_read_shows_is_unknown_and_not_sent_again(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(faults={"504-after": 0.3}, random_seed=4)
    workplace.write_people(24, UNSEEN)
    result = run(workplace.file, workplace.mapping, workplace.options(max_errors=None), access_to(server))
    assert result.summary.unknown > 0
    assert {server.state.puts(f"C{n}") for n in range(1, 25)} == {1}
    assert result.exit_code == 3


def test_what_is_harmless_is_sent_again_without_a_read(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(faults={"504-after": 0.3}, random_seed=4)
    workplace.write_people(24, HARMLESS)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 24
    assert not [call for _, call in server.state.arrivals if call.startswith("GET")]


def test_an_update_in_doubt_is_found_by_the_list_where_reading_by_ex_id_fails(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(faults={"504-after": 0.3}, assumptions={"get-by-ex-id": "no"}, random_seed=4)
    workplace.write_people(24)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 24
    assert {server.state.puts(f"C{n}") for n in range(1, 25)} == {1}


def test_errors_within_a_200_are_a_refusal(workplace: Workplace, sandbox: Callable[..., RunningSandbox]) -> None:
    server = sandbox(faults={"errors-in-200": 0.1}, random_seed=2)
    workplace.write_people(24)
    result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.failed > 0
    assert_true(server, outcomes_of(workplace.folder))


def test_one_attempt_is_one_request_on_the_wire_even_when_kept_connections_are_reset(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(faults={"reset-before": 0.2, "reset-after": 0.2}, random_seed=6)
    workplace.write_people(60, HARMLESS)
    result = run(workplace.file, workplace.mapping, workplace.options(concurrency=4), access_to(server))
    arrived = [call for _, call in server.state.arrivals if call.startswith("PUT")]
    assert result.summary.requests == len(arrived)


def test_the_rate_holds_within_any_one_second_as_the_server_sees_it(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox()
    workplace.write_people(120)
    run(workplace.file, workplace.mapping, workplace.options(rate=40.0), access_to(server))
    times = [moment for moment, _ in server.state.arrivals]
    late_s = 0.2  # by which a busy machine may note an arrival too late
    assert all(later - earlier > 1 - late_s for earlier, later in zip(times, times[40:], strict=False))


def test_a_token_is_renewed_once_for_all_workers_before_it_ends(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(token_ttl_s=5)  # a fifth of it is the margin, which a busy machine may need
    workplace.write_people(240)
    result = run(workplace.file, workplace.mapping, workplace.options(rate=40.0), access_to(server))
    tokens = [call for _, call in server.state.arrivals if "token" in call]
    assert result.summary.updated == 240
    assert 2 <= len(tokens) <= 3
    assert "432" not in server.state.answers


def test_all_faults_together_cost_no_row_and_repeat_none(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    kinds = [*NOT_APPLIED, *IN_DOUBT]
    server = sandbox(faults={kind: 0.18 / len(kinds) for kind in kinds}, random_seed=9)
    workplace.write_people(100)
    result = run(workplace.file, workplace.mapping, workplace.options(rate=100.0), access_to(server))
    assert result.summary.updated == 100
    assert {server.state.puts(f"C{n}") for n in range(1, 101)} == {1}
