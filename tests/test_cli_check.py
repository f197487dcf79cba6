"""`check`, through the real command: it says what a run would reject, sends nothing and needs no credentials."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.black_box import Completed, child, lines_of, report_of, results_of, summary_of
from tests.conftest import Workplace

PEOPLE = """\
ID,First,Last,Email
C1,Ann,Lee,ann@example.com
C2,Bob,,bob@example

C3,,,
"""
CHECK = ("check", "people.csv", "-m", "mapping.yaml")


@dataclass(frozen=True)
class Checked:
    workplace: Workplace
    completed: Completed


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    workplace = Workplace(tmp_path_factory.mktemp("check"))
    workplace.write(PEOPLE)
    return Checked(workplace, workplace.command(*CHECK))


def test_exits_3_when_a_row_would_be_rejected(checked: Checked) -> None:
    assert checked.completed.returncode == 3


def test_says_that_the_mapping_fits_the_file(checked: Checked) -> None:
    assert checked.completed.stdout.startswith("mapping.yaml fits people.csv.\n")


def test_shows_the_first_rows_as_payloads(checked: Checked) -> None:
    body = '{"first_name": "Ann", "last_name": "Lee", "email": "ann@example.com"}'
    assert f"row 2  PUT /candidates/C1  {body}" in checked.completed.stdout


def test_good_rows_are_unprocessed_and_the_status_is_checked(checked: Checked) -> None:
    assert [line["outcome"] for line in results_of(checked.workplace)] == ["unprocessed", "rejected", "unchanged"]
    assert summary_of(checked.workplace)["status"] == "checked"


def test_names_the_columns_that_the_mapping_passes_over(tmp_path: Path) -> None:
    workplace = Workplace(tmp_path)
    workplace.write("ID,First,Last,Email,Shoe size,,sync_row\nC1,Ann,Lee,ann@example.com,38,,2\n")
    said = workplace.command(*CHECK).stderr
    assert [line for line in said.splitlines() if line.endswith("not in the mapping, so not sent: 'Shoe size'")]


def test_numbers_rows_from_the_top_of_the_file_and_leaves_out_blank_lines(checked: Checked) -> None:
    assert [line["row"] for line in results_of(checked.workplace)] == ["2", "3", "5"]


def test_the_header_once_more_and_a_line_of_totals_are_no_candidates(workplace: Workplace) -> None:
    workplace.write("ID,First,Last,Email\nC1,Ann,Lee,ann@example.com\nid,First,Last,Email\nTotal,,,1\n")
    assert workplace.command(*CHECK).returncode == 3
    _, header, totals = results_of(workplace)
    assert (header["code"].split()[0], "the header stands here once more" in header["message"]) == ("invalid-id", True)
    assert (totals["code"].split()[0], "looks like a line of totals" in totals["message"]) == ("invalid-id", True)


def test_has_no_target_and_sends_nothing(checked: Checked) -> None:
    summary = summary_of(checked.workplace)
    assert (summary["target"], summary["requests"], summary["achieved_rate"]) == ("", 0, None)


def test_writes_the_rows_to_mend(checked: Checked) -> None:
    (line,) = lines_of(report_of(checked.workplace) / "failed.csv")
    assert (line["ID"], line["sync_row"]) == ("C2", "3")


def test_says_how_it_has_read_the_file(checked: Checked) -> None:
    assert "read as UTF-8 with comma as the delimiter" in checked.completed.stderr


def test_logs_no_value_of_a_cell(checked: Checked) -> None:
    assert not any(text in checked.completed.stderr for text in ("Ann", "example", "C1", "C2"))


def test_takes_its_options_from_dotenv_and_prints_the_summary_alone_as_json(workplace: Workplace) -> None:
    workplace.write(PEOPLE)
    values = {"MAPPING": "mapping.yaml", "LIMIT": 1, "STATE": "my.db", "REPORT_DIR": "mine", "JSON": 1, "QUIET": 1}
    dotenv = "".join(f"CANDIDATE_SYNC_{name}={value}\n" for name, value in values.items())
    (workplace.folder / ".env").write_text(dotenv)
    done = workplace.command("check", "people.csv")
    (report,) = (workplace.folder / "mine").iterdir()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (report / "summary.json").read_text()
    assert json.loads(done.stdout)["rows_read"] == 1
    assert (workplace.folder / "my.db").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            (*CHECK, "--report-dir", "people.csv/x"), "Reports cannot be written to people.csv/x", id="report"
        ),
        pytest.param((*CHECK, "--state", "people.csv/x/y"), "The ledger people.csv/x/y cannot be written", id="state"),
    ],
)
def test_a_place_that_cannot_be_written_to_exits_2(workplace: Workplace, arguments: tuple[str, ...], said: str) -> None:
    workplace.write(PEOPLE)
    done = workplace.command(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"candidate-sync: {said}: Not a directory." in done.stderr


def test_a_reader_that_goes_away_changes_nothing(workplace: Workplace) -> None:
    with child(workplace, "mapping", "schema") as process:
        assert process.stdout is not None
        process.stdout.close()
        exit_code = process.wait()
        errors = process.stderr.read() if process.stderr else ""
    assert (exit_code, errors) == (0, "")


def test_a_name_that_is_no_text_exits_2(workplace: Workplace) -> None:
    done = workplace.command("check", "people\udcff.csv", "-m", "mapping.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "candidate-sync: 'people\\udcff.csv' is not UTF-8 text: rename the file or folder\n"
