"""`import sync`: the jobs as a Python program calls them."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from threading import Thread

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import sync
from sync.errors import MappingError, SettingsError, SourceError, UsageError
from sync.jobs.progress import Silent
from sync.sandbox import RunningSandbox
from tests.conftest import ROOT, Workplace, access_to
from tests.source_files import workbook_file

Start = Callable[..., RunningSandbox]


@pytest.mark.parametrize("name", sync.__all__)
def test_offers_what_it_names(name: str) -> None:
    assert getattr(sync, name).__name__ == name


def test_has_nothing_else() -> None:
    with pytest.raises(AttributeError, match="module 'sync' has no attribute 'pushh'"):
        sync.pushh  # noqa: B018


def test_importing_it_loads_no_job() -> None:
    program = "import sync, sys; sys.exit('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_run_returns_its_summary_files_and_exit_code(workplace: Workplace, sandbox: Start) -> None:
    workplace.write_people(3)
    result = sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(sandbox()))
    assert (result.exit_code, result.reason, result.summary.updated) == (0, "", 3)
    assert result.files.results.is_file()
    assert result.files.failed is None


def test_a_check_returns_its_first_payloads_too(workplace: Workplace) -> None:
    workplace.write_people(9)
    result, payloads = sync.check(workplace.file, workplace.mapping, workplace.options())
    assert (result.exit_code, result.summary.unprocessed) == (0, 9)
    assert [payload.candidate for payload in payloads] == ["C1", "C2", "C3", "C4", "C5"]


def test_access_is_taken_from_the_environment_and_places_are_the_defaults(workplace: Workplace, sandbox: Start) -> None:
    workplace.write_people(1)
    program = (
        "import sync; from pathlib import Path; result = sync.run(Path('people.csv'), Path('mapping.yaml')); "
        "print(result.exit_code, len(sync.list_runs()))"
    )
    access = {"PARADOX_API_URL": sandbox().base_url, "PARADOX_ACCESS_TOKEN": "ready"}
    command = [sys.executable, "-W", "error", "-c", program]
    environment = {**os.environ, **access, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=workplace.folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0 1\n", "")
    assert (workplace.folder / ".candidate-sync" / "ledger.db").is_file()
    assert len(list((workplace.folder / "reports").iterdir())) == 1


def test_a_job_runs_in_any_thread(workplace: Workplace, sandbox: Start) -> None:
    workplace.write_people(2)
    access, results = access_to(sandbox()), list[sync.JobResult]()
    job = Thread(
        target=lambda: results.append(sync.run(workplace.file, workplace.mapping, workplace.options(), access))
    )
    job.start()
    job.join()
    assert [result.exit_code for result in results] == [0]


def test_options_and_access_do_not_change(workplace: Workplace, sandbox: Start) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        workplace.options().rate = 5  # type: ignore[misc]
    with pytest.raises(ValueError, match="frozen"):
        access_to(sandbox()).api_url = "https://example.com"


@pytest.mark.parametrize(
    ("file", "mapping", "error"),
    [
        pytest.param("nowhere.csv", "mapping.yaml", SourceError, id="file"),
        pytest.param("people.csv", "nowhere.yaml", MappingError, id="mapping"),
    ],
)
def test_what_is_wrong_with_the_input_is_raised_before_anything_is_written(
    workplace: Workplace, file: str, mapping: str, error: type[UsageError]
) -> None:
    workplace.write_people(1)
    with pytest.raises(error, match="there is no such file"):
        sync.check(workplace.folder / file, workplace.folder / mapping, workplace.options())
    assert not (workplace.folder / "ledger.db").exists()


def test_a_report_is_written_again_without_the_failed_rows_when_the_file_has_changed(workplace: Workplace) -> None:
    workplace.write("ID,First,Last,Email\nC1,Ann,,\n")
    result, _ = sync.check(workplace.file, workplace.mapping, workplace.options())
    assert result.files.failed is not None
    before = result.files.failed.read_bytes()
    workplace.write("ID,First,Last,Email\nC2,Bob,,\n")
    again = sync.report_again(result.summary.run_id, workplace.options())
    assert (again.files.failed, result.files.failed.read_bytes()) == (None, before)
    assert again.files.results.read_text() == result.files.results.read_text()


def test_a_report_that_cannot_be_written_again_says_so(workplace: Workplace) -> None:
    workplace.write_people(1)
    result, _ = sync.check(workplace.file, workplace.mapping, workplace.options())
    folder = result.files.page.parent
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("in the way")
    with pytest.raises(SettingsError, match=r"The report cannot be written to .*: File exists"):
        sync.report_again(result.summary.run_id, workplace.options())


class Notes(Silent):
    def __init__(self) -> None:
        self.notes: list[str] = []

    def noted(self, note: str) -> None:
        self.notes.append(note)


def test_hidden_rows_are_read_and_the_watcher_is_told_how_many(workplace: Workplace) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["ID", "First", "Last", "Email"], ["C1"], ["C2"], ["C3"]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True

    workplace.write("")
    told = Notes()
    result, _ = sync.check(workbook_file(workplace.folder, fill), workplace.mapping, workplace.options(), told)
    assert result.summary.rows_read == 3
    assert [note.partition(" (")[0] for note in told.notes] == ["1 hidden or filtered-out row was read like all others"]


def test_the_summary_counts_the_requests_that_the_api_saw(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox(rate_limit=12, faults={"503": 0.1}, random_seed=5)
    workplace.write_people(25)
    summary = sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(server)).summary
    puts = [call for _, call in server.state.arrivals if call.startswith("PUT ")]
    assert (summary.updated, summary.requests, summary.retries) == (25, len(puts), len(puts) - 25)
    assert summary.throttled == server.state.answers["429"]


def test_a_run_whose_report_could_not_be_written_sends_nothing(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write_people(1)
    with pytest.raises(SettingsError, match=r"Reports cannot be written to .*people\.csv: File exists"):
        sync.run(workplace.file, workplace.mapping, workplace.options(report_dir=workplace.file), access_to(server))
    assert server.state.arrivals == []
