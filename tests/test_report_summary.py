"""The summary: as JSON for programs, as text for a terminal."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest

from sync.model import RunSummary
from sync.report import Invocation, ReportFiles, summary_json, summary_text
from sync.report.advice import next_steps
from sync.report.words import duration_of, time_of
from tests.report_values import failed, rejected, summary, updated


def test_fields_are_those_of_the_summary_in_order() -> None:
    assert list(json.loads(summary_json(summary(updated())))) == [field.name for field in fields(RunSummary)]


def test_numbers_are_rounded() -> None:
    document = json.loads(summary_json(summary(updated())))
    assert (document["duration_s"], document["achieved_rate"]) == (62.477, 9.88)


def test_errors_show_no_value_of_a_cell() -> None:
    document = json.loads(summary_json(summary(rejected())))
    assert document["errors"] == [{"code": "invalid-email", "title": "Title of invalid-email", "rows": 1}]


def test_unknown_rates_are_null() -> None:
    document = json.loads(summary_json(summary(updated(), rate_limit=None, achieved_rate=None)))
    assert document["rate_limit"] is document["achieved_rate"] is None


def test_text_names_counts_errors_and_the_report() -> None:
    files = ReportFiles(Path("r/summary.json"), Path("r/results.csv"), Path("r/report.html"), Path("r/failed.csv"))
    text = summary_text(summary(updated(2), rejected(3), failed(4)), files, Invocation())
    for part in ("3 rows of candidates.csv in 1 min 2 s", "1 updated", "1 http-404: Title", "Report: r/report.html"):
        assert part in text


def test_text_shows_no_value_of_a_cell() -> None:
    assert "'x'" not in summary_text(summary(rejected()), None, Invocation())


@pytest.mark.parametrize(
    ("changes", "command"),
    [
        pytest.param({"status": "aborted"}, "candidate-sync resume 20260105-020000-ab12", id="aborted"),
        pytest.param({"status": "killed"}, "candidate-sync resume 20260105-020000-ab12", id="killed"),
        pytest.param({"status": "running"}, "candidate-sync report 20260105-020000-ab12", id="running"),
        pytest.param({"unknown": 1}, "candidate-sync retry 20260105-020000-ab12", id="unknown"),
        pytest.param({"rejected": 1}, "candidate-sync run 'my reports/failed.csv' -m MAPPING", id="rejected"),
        pytest.param(
            {"status": "checked", "unprocessed": 1}, "candidate-sync run candidates.csv -m MAPPING", id="checked"
        ),
    ],
)
def test_next_command(changes: dict[str, object], command: str) -> None:
    path = Path("my reports/failed.csv") if "rejected" in changes else None
    files = ReportFiles(Path("r/summary.json"), Path("r/results.csv"), Path("r/report.html"), path)
    assert [step.command for step in next_steps(summary(**changes), files, Invocation())] == [command]


@pytest.mark.parametrize("code", ["http-503", "http-429", "connection-failed"])
def test_failure_that_may_have_passed_is_sent_again(code: str) -> None:
    assert "candidate-sync retry 20260105-020000-ab12" in summary_text(summary(failed(2, code)), None, Invocation())


def test_refusal_is_not_sent_again_as_it_is() -> None:
    assert "candidate-sync retry" not in summary_text(summary(failed(2, "http-404")), None, Invocation())


def test_success_needs_nothing() -> None:
    assert "Nothing: every row was updated or unchanged." in summary_text(summary(updated()), None, Invocation())


def test_a_file_without_rows_is_called_that() -> None:
    text = summary_text(summary(status="checked"), None, Invocation())
    assert "Nothing: the file has no rows below its header." in text


def test_an_interrupted_run_is_gone_on_with_before_anything_is_sent_again() -> None:
    steps = next_steps(summary(status="interrupted", unknown=1, unprocessed=2), None, Invocation())
    assert [step.command for step in steps] == ["candidate-sync resume 20260105-020000-ab12"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0.0 s"),
        (9.96, "10.0 s"),
        (42.4, "42 s"),
        (60, "1 min"),
        (185, "3 min 5 s"),
        (7800, "2 h 10 min"),
        (3 * 86400 + 5, "3 d"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration_of(seconds) == text


def test_times_are_shown_in_utc() -> None:
    assert time_of("2026-01-05T02:00:00+02:00") == "5 Jan 2026, 00:00:00 UTC"
