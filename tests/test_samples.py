"""The sample files with their mappings: what `check` and `run` make of them, and `demo`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import sync
from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from tests.black_box import SUMMARY_KEYS, child, results_of
from tests.conftest import ROOT, Workplace, access_to


@dataclass(frozen=True)
class Sample:
    """A sample and what is known of it: rows read and updated, and rows by error code."""

    file: str
    rows: int
    updated: int
    errors: dict[str, int]
    failed: str

    @property
    def path(self) -> Path:
        return ROOT / "sample_data" / self.file

    @property
    def mapping(self) -> Path:
        return ROOT / "mappings" / f"{self.path.stem}.yaml"


ONCE_EACH = "incomplete-name invalid-date invalid-email invalid-phone missing-id missing-value unknown-value".split()
SAMPLES = (
    Sample("nightly-export.csv", 300, 297, {"invalid-date": 1, "invalid-email": 1, "unknown-value": 1}, "failed.csv"),
    Sample("recruiter-upload.xlsx", 48, 39, {"duplicate-candidate": 2, **dict.fromkeys(ONCE_EACH, 1)}, "failed.xlsx"),
    Sample("migration.csv", 30, 28, {"invalid-file": 2}, "failed.csv"),
)
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.path.stem for sample in SAMPLES])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """The demo in an empty folder, while the other tests run: it mostly waits for its faults."""
    folder = tmp_path_factory.mktemp("demo")
    with child(Workplace(folder), "demo") as process:
        yield process, folder


@pytest.fixture(scope="module")
def server(demo: object) -> Iterator[RunningSandbox]:
    with running_sandbox(SandboxOptions()) as running:
        yield running


@each_sample
def test_check(sample: Sample, workplace: Workplace) -> None:
    result, shown = sync.check(sample.path, sample.mapping, workplace.options())
    summary = result.summary
    assert (result.exit_code, summary.status, summary.rows_read) == (3, "checked", sample.rows)
    assert (summary.unprocessed, {error.code: error.rows for error in summary.errors}) == (
        sample.updated,
        sample.errors,
    )
    assert len(shown) == 5


@each_sample
def test_run(sample: Sample, workplace: Workplace, server: RunningSandbox) -> None:
    before = len(server.state.applied)
    result = sync.run(sample.path, sample.mapping, workplace.options(), access_to(server))
    summary = result.summary
    applied = [one.candidate for one in server.state.applied[before:]]
    updated = [line["candidate"] for line in results_of(workplace) if line["outcome"] == "updated"]
    assert (result.exit_code, summary.status, summary.rows_read) == (3, "completed_with_errors", sample.rows)
    assert {error.code: error.rows for error in summary.errors} == sample.errors
    assert sorted(applied) == sorted(updated)
    assert (len(applied), summary.updated, summary.requests) == (sample.updated,) * 3
    assert result.files.failed is not None
    assert result.files.failed.name == sample.failed


def test_demo_goes_as_designed_and_leaves_the_working_folder_alone(
    demo: tuple[subprocess.Popen[str], Path], server: RunningSandbox
) -> None:
    process, folder = demo
    output, errors = process.communicate(timeout=90)
    assert process.returncode == 0, errors
    (report,) = [line.partition("Report: ")[2] for line in output.splitlines() if line.startswith("Report: ")]
    summary = json.loads((Path(report).parent / "summary.json").read_text())
    assert list(summary) == SUMMARY_KEYS
    assert (summary["rows_read"], summary["rejected"], summary["retries"] > 0) == (48, 9, True)
    assert list(folder.iterdir()) == []
