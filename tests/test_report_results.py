"""results.csv: one line per row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.formula_guard import unguard_formula
from sync.model import RowOutcome
from sync.report.columns import told
from sync.report.results import HEADER, write_results
from tests.report_values import error, rejected, updated


def _written(path: Path, *rows: RowOutcome) -> list[dict[str, str]]:
    write_results(path, rows)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_header_is_the_published_one(tmp_path: Path) -> None:
    write_results(tmp_path / "results.csv", ())
    assert (tmp_path / "results.csv").read_bytes() == (",".join(HEADER) + "\r\n").encode()


def test_row_without_errors(tmp_path: Path) -> None:
    (line,) = _written(tmp_path / "results.csv", updated(7))
    assert list(line.values()) == ["7", "c-7", "updated", "", "", "", "", "200", "1"]


def test_row_that_was_not_sent_has_no_status(tmp_path: Path) -> None:
    (line,) = _written(tmp_path / "results.csv", rejected(2))
    assert (line["http_status"], line["attempts"]) == ("", "0")


def test_errors_of_a_row_share_its_line(tmp_path: Path) -> None:
    row = rejected(
        2, error(code="invalid-email"), error(code="too-long", column="Name", message="too\nlong", tip="Cut.")
    )
    (line,) = _written(tmp_path / "results.csv", row)
    assert line["code"].split("\n") == ["invalid-email", "too-long"]
    assert line["column"].split("\n") == ["E-mail", "Name"]
    assert line["message"].split("\n") == ["'ann@example' is not an e-mail address", "too long"]
    assert line["tip"].split("\n") == ["Correct it.", "Cut."]


@pytest.mark.parametrize(
    ("candidate", "shown"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("-12.5", "-12.5", id="number"),
        pytest.param("+1 415 555 0101", "+1 415 555 0101", id="phone number"),
    ],
)
def test_formulas_are_guarded(tmp_path: Path, candidate: str, shown: str) -> None:
    (line,) = _written(tmp_path / "results.csv", rejected(2, candidate=candidate))
    assert line["candidate"] == shown


def test_half_a_character_does_not_stop_the_report(tmp_path: Path) -> None:
    (line,) = _written(tmp_path / "results.csv", rejected(2, error(message="the API says \ud800")))
    assert line["message"] == "the API says \\ud800"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=4))
def test_any_candidate_comes_back(tmp_path_factory: pytest.TempPathFactory, candidates: list[str]) -> None:
    rows = [rejected(number, candidate=text) for number, text in enumerate(candidates, start=2)]
    lines = _written(tmp_path_factory.mktemp("results") / "results.csv", *rows)
    assert [unguard_formula(line["candidate"]) for line in lines] == candidates


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_line_n_belongs_to_the_nth_error(messages: list[str]) -> None:
    columns = told(tuple(error(message=text or "x", tip=text) for text in messages))
    assert {len(column.split("\n")) for column in columns} == {len(messages)}
