"""Interrupted, killed and aborted runs, and `resume`, through the real command: each row goes out once."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

import sync
from sync.errors import SettingsError, SourceError
from sync.sandbox import RunningSandbox
from tests.black_box import FAST, TOKEN, answering, child, results_of, summary_of, wait_until
from tests.conftest import MAPPING, Workplace, access_to

Start = Callable[..., RunningSandbox]

RUN = ("run", "people.csv", "-m", "mapping.yaml")
LEDGER = Path(".candidate-sync/ledger.db")
ROWS = 12


def applied(server: RunningSandbox) -> list[str]:
    return sorted(one.candidate for one in server.state.applied)


def all_once(rows: int = ROWS) -> list[str]:
    return sorted(f"C{number}" for number in range(1, rows + 1))


@pytest.mark.parametrize(
    ("signalled", "exit_code"),
    [
        pytest.param(signal.SIGINT, 130, id="SIGINT"),
        pytest.param(signal.SIGTERM, 143, id="SIGTERM"),
    ],
)
def test_an_interrupted_run_finishes_what_is_in_flight_and_resume_goes_on(
    workplace: Workplace, sandbox: Start, signalled: signal.Signals, exit_code: int
) -> None:
    server = sandbox(latency_ms=200)
    workplace.write_people(ROWS)
    with child(workplace, *RUN, "--rate", "3", "--json", url=server.base_url) as process:
        wait_until(lambda: len(server.state.applied) >= 2, process)
        process.send_signal(signalled)
        output, errors = process.communicate()
    interrupted = json.loads(output)
    assert (process.returncode, interrupted["status"]) == (exit_code, "interrupted")
    assert interrupted["updated"] == len(applied(server)) == ROWS - interrupted["unprocessed"]
    assert f"Interrupted by {signalled.name}" in errors
    resumed = sync.resume(interrupted["run_id"], workplace.options(state=workplace.folder / LEDGER), access_to(server))
    assert (resumed.exit_code, resumed.summary.updated, resumed.summary.requests) == (0, ROWS, ROWS)
    assert applied(server) == all_once()


def test_a_second_run_is_refused_and_a_killed_one_is_gone_on_with(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(latency_ms=200)
    workplace.write_people(2 * ROWS)
    with child(workplace, *RUN, "--rate", "1", url=server.base_url) as process:
        wait_until(lambda: bool(server.state.applied), process)
        second = workplace.command(*RUN, url=server.base_url)
        process.kill()
        process.communicate()
    assert (second.returncode, second.stdout) == (5, "")
    assert "Another run is pushing from the ledger .candidate-sync/ledger.db; nothing was sent." in second.stderr
    (killed,) = json.loads(workplace.command("runs", "--json").stdout)
    assert (killed["status"], killed["rows_read"]) == ("killed", 2 * ROWS)
    assert killed["updated"] + killed["unknown"] + killed["unprocessed"] == 2 * ROWS
    resumed = workplace.command("resume", *FAST, url=server.base_url)
    assert (resumed.returncode, summary_of(workplace)["status"]) == (0, "succeeded")
    assert [line["outcome"] for line in results_of(workplace)] == ["updated"] * 2 * ROWS
    assert applied(server) == all_once(2 * ROWS)


@pytest.fixture
def refused(workplace: Workplace) -> Iterator[tuple[str, list[str]]]:
    """A server that refuses credentials, and two runs that it aborted."""
    workplace.write_people(3)
    with answering({"POST": (401, "{}")}) as (url, _):
        runs = [sync.run(workplace.file, workplace.mapping, workplace.options(), to(url)) for _ in range(2)]
        yield url, [one.summary.run_id for one in runs]


def to(url: str) -> sync.Access:
    return sync.Access(api_url=url, client_id="id", client_secret=SecretStr("canary-secret"))


def test_resume_names_the_runs_when_several_can_be_gone_on_with(
    workplace: Workplace, refused: tuple[str, list[str]]
) -> None:
    url, runs = refused
    done = workplace.command("resume", "--state", "ledger.db", url=url)
    assert (done.returncode, done.stdout) == (2, "")
    assert all(run in done.stderr for run in runs)


def test_resume_refuses_another_target(workplace: Workplace, refused: tuple[str, list[str]]) -> None:
    with pytest.raises(SettingsError, match=r"writes to http.*, but PARADOX_API_URL is http://127.0.0.1:9/x"):
        sync.resume(refused[1][0], workplace.options(), to("http://127.0.0.1:9/x"))


def test_resume_refuses_another_mapping(workplace: Workplace, refused: tuple[str, list[str]]) -> None:
    workplace.mapping.write_text(MAPPING + "# changed\n")
    with pytest.raises(SourceError, match=r"mapping\.yaml: the mapping was changed since run"):
        sync.resume(refused[1][0], workplace.options(), to(refused[0]))


def test_resume_refuses_when_no_run_is_waiting(workplace: Workplace) -> None:
    workplace.write_people(1)
    sync.check(workplace.file, workplace.mapping, workplace.options())
    with pytest.raises(SettingsError, match=r"No run of the ledger .* is waiting to be resumed"):
        sync.resume(None, workplace.options(), to("http://127.0.0.1:9/x"))


def test_where_there_is_no_ledger_none_is_made(workplace: Workplace) -> None:
    for command in (["resume"], ["report", "x"], ["retry", "x"]):
        ended = workplace.command(*command)
        assert (ended.returncode, "There is no ledger" in ended.stderr) == (2, True)
    assert not (workplace.folder / ".candidate-sync").exists()


def test_resume_of_an_ended_run_writes_its_report_again_and_returns_its_code(workplace: Workplace) -> None:
    workplace.write_people(1)
    with answering({"POST": TOKEN, "PUT": (422, '{"success": false, "message": "No."}')}) as (url, seen):
        ended = sync.run(workplace.file, workplace.mapping, workplace.options(), to(url))
        before = ended.files.results.read_bytes()
        ended.files.results.unlink()
        again = workplace.command("resume", ended.summary.run_id, "--json", "--state", "ledger.db", url=url)
    assert (again.returncode, again.stdout) == (3, ended.files.summary.read_text())
    assert ended.files.results.read_bytes() == before
    assert [call[0] for call in seen] == ["POST", "PUT"]
