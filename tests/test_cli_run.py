"""`run`, through the real command: outcomes, the files of the report, options, credentials and exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

import sync
from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from tests.black_box import (
    FAST,
    OUTCOMES,
    RESULT_COLUMNS,
    SUMMARY_KEYS,
    SYNC_COLUMNS,
    TOKEN,
    Completed,
    answering,
    header_of,
    lines_of,
    report_of,
    results_of,
    summary_of,
)
from tests.conftest import MAPPING, Workplace, access_to

Start = Callable[..., RunningSandbox]

PEOPLE = """\
ID,First,Last,Email,Comment
C1,Ann,Lee,ann@example.com,
=C2,Bob,Lee,bob@example.com,
C3,,,,not mapped
C4,=Cara,,cara@example,"=1+1"
missing5,Dora,Lee,dora@example.com,
"""
RUN = ("run", "people.csv", "-m", "mapping.yaml", *FAST)


@dataclass(frozen=True)
class Ran:
    workplace: Workplace
    sandbox: RunningSandbox
    completed: Completed


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    with ExitStack() as stack:
        sandbox = stack.enter_context(running_sandbox(SandboxOptions()))
        workplace = Workplace(tmp_path_factory.mktemp("run"))
        workplace.write(PEOPLE)
        yield Ran(workplace, sandbox, workplace.command(*RUN, url=sandbox.base_url))


def test_exits_3_when_a_row_was_rejected_or_failed(ran: Ran) -> None:
    assert ran.completed.returncode == 3


def test_each_row_has_one_line_in_order_and_its_outcome(ran: Ran) -> None:
    found = [(line["row"], line["candidate"], line["outcome"], line["attempts"]) for line in results_of(ran.workplace)]
    assert found == [
        ("2", "C1", "updated", "1"),
        ("3", "'=C2", "updated", "1"),
        ("4", "C3", "unchanged", "0"),
        ("5", "C4", "rejected", "0"),
        ("6", "missing5", "failed", "1"),
    ]


def test_updated_is_what_the_api_applied(ran: Ran) -> None:
    assert [one.candidate for one in ran.sandbox.state.applied] == ["C1", "=C2"]


def test_a_refusal_has_the_apis_own_code_and_message(ran: Ran) -> None:
    line = results_of(ran.workplace)[4]
    assert (line["code"], line["message"], line["http_status"]) == ("api-1004", "Candidate not found.", "404")


def test_several_errors_of_a_row_are_joined_by_newlines(ran: Ran) -> None:
    line = results_of(ran.workplace)[3]
    assert (line["code"], line["column"]) == ("invalid-email\nincomplete-name", "Email\nLast")
    assert line["message"].split("\n")[0].startswith("'cara@example' is not an e-mail address: it lacks a domain")
    assert [len(line[name].split("\n")) for name in ("message", "tip")] == [2, 2]


def test_the_summary_has_the_contracts_keys_in_its_order(ran: Ran) -> None:
    summary = summary_of(ran.workplace)
    assert list(summary) == SUMMARY_KEYS
    assert [list(error) for error in summary["errors"]] == [["code", "title", "rows"]] * 3


def test_the_counts_add_up_to_the_rows_read(ran: Ran) -> None:
    summary = summary_of(ran.workplace)
    assert [summary[name] for name in OUTCOMES] == [2, 1, 1, 1, 0, 0]
    assert (summary["rows_read"], summary["requests"], summary["status"]) == (5, 3, "completed_with_errors")


def test_the_report_has_its_files_and_no_others(ran: Ran) -> None:
    names = sorted(path.name for path in report_of(ran.workplace).iterdir())
    assert names == ["failed.csv", "report.html", "results.csv", "summary.json"]


def test_results_and_failed_rows_have_their_columns_in_order(ran: Ran) -> None:
    report = report_of(ran.workplace)
    assert header_of(report / "results.csv") == RESULT_COLUMNS
    assert header_of(report / "failed.csv") == ["ID", "First", "Last", "Email", "Comment", *SYNC_COLUMNS]


def test_the_failed_rows_are_the_rejected_and_the_failed(ran: Ran) -> None:
    lines = lines_of(report_of(ran.workplace) / "failed.csv")
    assert [(line["sync_row"], line["ID"], line["First"]) for line in lines] == [
        ("5", "C4", "'=Cara"),
        ("6", "missing5", "Dora"),
    ]


def test_a_run_names_its_target_and_ledger_first(ran: Ran) -> None:
    first = ran.completed.stderr.splitlines()[0]
    host = ran.sandbox.base_url.split("/")[2]
    assert f"target={host}" in first
    assert "ledger=.candidate-sync/ledger.db" in first


def test_standard_output_says_where_the_report_lies(ran: Ran) -> None:
    assert f"Report: {report_of(ran.workplace) / 'report.html'}" in ran.completed.stdout


def test_a_report_can_be_written_again(ran: Ran) -> None:
    folder = report_of(ran.workplace)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for path in folder.iterdir():
        path.unlink()
    again = ran.workplace.command("report", folder.name, "--json")
    assert again.returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert again.stdout.encode() == before["summary.json"]


def test_failed_rows_are_taken_back_as_they_are_and_mended(ran: Ran) -> None:
    workplace, access = ran.workplace, access_to(ran.sandbox)
    sent, options = workplace.folder / "sent-back.csv", workplace.options(report_dir=workplace.folder / "again")
    sent.write_bytes((report_of(workplace) / "failed.csv").read_bytes())
    as_they_are = sync.run(sent, workplace.mapping, options, access)
    assert (as_they_are.exit_code, as_they_are.summary.rejected, as_they_are.summary.failed) == (3, 1, 1)
    assert as_they_are.files.failed is not None
    assert header_of(as_they_are.files.failed) == header_of(sent)
    text = as_they_are.files.failed.read_text(encoding="utf-8").replace("missing5", "C5")
    sent.write_text(text.replace("'=Cara,,cara@example,", "'=Cara,Lee,cara@example.com,"), encoding="utf-8")
    assert sync.run(sent, workplace.mapping, options, access).exit_code == 0
    assert ran.sandbox.state.values("C4")["first_name"] == "=Cara"


def test_a_ready_token_from_dotenv_is_used_and_kept_nowhere(workplace: Workplace) -> None:
    workplace.write_people(2)
    answers = {"PUT": (200, '{"success": true, "candidate": {}}')}
    with answering(answers) as (url, seen):
        (workplace.folder / ".env").write_text(f"PARADOX_API_URL={url}\nPARADOX_ACCESS_TOKEN=canary-token\n")
        done = workplace.command(*RUN, "--json")
    assert done.returncode == 0
    assert seen == [("PUT", f"/api/v1/public/candidates/C{n}", "Bearer canary-token") for n in (1, 2)]
    (workplace.folder / ".env").unlink()
    stored = b"".join(path.read_bytes() for path in workplace.folder.rglob("*") if path.is_file())
    assert b"canary-token" not in stored + (done.stdout + done.stderr).encode()


def test_refused_credentials_abort_the_run(workplace: Workplace) -> None:
    workplace.write_people(2)
    refusal = (400, '{"errors": [{"code": 1001, "message": "Bad credentials."}]}')
    with answering({"POST": refusal}) as (url, seen):
        done = workplace.command(*RUN, "--quiet", "--json", url=url)
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["status"], summary["unprocessed"]) == (4, "aborted", 2)
    assert done.stderr.startswith("candidate-sync: The API refused the credentials: Bad credentials.")
    assert [call[0] for call in seen] == ["POST"]


def limited(workplace: Workplace, *arguments: str, **variables: str) -> tuple[Completed, dict[str, Any]]:
    """A run against an API that refuses every row, with limits in the mapping and in .env."""
    workplace.write_people(30, MAPPING + "limits: {rate: 6, concurrency: 1, max_errors: 3}\n")
    (workplace.folder / ".env").write_text("CANDIDATE_SYNC_RATE=7\nCANDIDATE_SYNC_LIMIT=7\n")
    with answering({"POST": TOKEN, "PUT": (422, '{"success": false, "message": "No."}')}) as (url, _):
        done = workplace.command(
            *("run", "people.csv", "-m", "mapping.yaml", "--json", *arguments),
            url=url,
            stdin=subprocess.DEVNULL,
            **variables,
        )
    return done, json.loads(done.stdout)


def test_option_then_environment_then_dotenv_then_mapping(workplace: Workplace) -> None:
    variables = {"CANDIDATE_SYNC_RATE": "8", "CANDIDATE_SYNC_LIMIT": "8"}
    _, summary = limited(workplace, "--rate", "9", **variables)
    option, environment, mapping = summary["rate_limit"], summary["rows_read"], summary["failed"]
    assert (option, environment, mapping) == (9, 8, 4)


def test_dotenv_then_mapping_and_more_errors_than_allowed_abort(workplace: Workplace) -> None:
    done, summary = limited(workplace, CANDIDATE_SYNC_MAX_ERRORS="2")
    assert (summary["rate_limit"], summary["rows_read"]) == (7, 7)
    assert (done.returncode, summary["status"], summary["failed"], summary["unprocessed"]) == (4, "aborted", 3, 4)
    assert summary["errors"] == [{"code": "http-422", "title": "Refused with HTTP 422", "rows": 3}]
    assert "more than --max-errors 2 allows" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--rate", "0"), "--rate", id="rate 0"),
        pytest.param(("--rate", "inf"), "--rate", id="rate without end"),
        pytest.param(("--concurrency", "0"), "--concurrency", id="concurrency 0"),
        pytest.param(("--limit", "0"), "--limit", id="limit 0"),
        pytest.param(("--log-format", "xml"), "--log-format", id="log format"),
        pytest.param(("--secret", "x"), "No such option: --secret", id="unknown option"),
    ],
)
def test_a_wrong_option_exits_2(workplace: Workplace, arguments: tuple[str, ...], said: str) -> None:
    workplace.write_people(1)
    done = workplace.command("run", "people.csv", "-m", "mapping.yaml", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_missing_credentials_exit_2(workplace: Workplace) -> None:
    workplace.write_people(1)
    done = workplace.command(*RUN, PARADOX_API_URL="https://api.example.com")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("candidate-sync: No credentials: set PARADOX_CLIENT_ID")


def test_a_dotenv_that_is_not_text_exits_2(workplace: Workplace) -> None:
    (workplace.folder / ".env").write_bytes(b"\xff\xfe")
    done = workplace.command("runs")
    assert (done.returncode, done.stderr) == (2, "candidate-sync: .env: is not UTF-8 text; save it as UTF-8\n")
