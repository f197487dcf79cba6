"""The report's folder: which files there are, who may read them, and that they are replaced whole."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Literal

import pytest

from sync.errors import SourceError
from sync.report import write_report
from sync.report.files import replaced
from tests.report_values import TableSource, failed, rejected, run, updated

SOURCE = TableSource({2: ("c-2", "Ann", "ann@example")})


@pytest.mark.parametrize(
    ("kind", "other"), [pytest.param("csv", "xlsx", id="csv"), pytest.param("xlsx", "csv", id="workbook")]
)
def test_failed_rows_come_in_the_inputs_format(tmp_path: Path, kind: Literal["csv", "xlsx"], other: str) -> None:
    files = write_report(tmp_path / "run", run(failed(2)), TableSource(SOURCE.rows, kind=kind))
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names == {"summary.json", "results.csv", "report.html", f"failed.{kind}"}
    assert files.failed == tmp_path / "run" / f"failed.{kind}"


def test_everything_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "run"
    write_report(folder, run(failed(2)), SOURCE)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_no_failed_file_when_nothing_failed(tmp_path: Path) -> None:
    (tmp_path / "failed.csv").write_text("of an earlier writing")
    files = write_report(tmp_path, run(updated(2)), SOURCE)
    assert files.failed is None
    assert not (tmp_path / "failed.csv").exists()


def test_source_that_has_gone_leaves_the_earlier_failed_rows(tmp_path: Path) -> None:
    (tmp_path / "failed.csv").write_text("of an earlier writing")
    files = write_report(tmp_path, run(failed(2)), None)
    assert files.failed is None
    assert (tmp_path / "failed.csv").read_text() == "of an earlier writing"
    assert "source file is not there any more" in files.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", [pytest.param(3, id="between rows"), pytest.param(9, id="after the last")])
def test_another_source_than_the_runs_is_refused(tmp_path: Path, row: int) -> None:
    source = TableSource({2: ("a", "", ""), 4: ("b", "", "")})
    with pytest.raises(SourceError, match=f"row {row} of the run is not there"):
        write_report(tmp_path, run(rejected(row)), source)


def test_what_fails_halfway_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("old")

    def write_half() -> None:
        with replaced(path) as beside:
            beside.write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("results.csv", "old")]
