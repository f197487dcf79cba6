"""The failed rows load again as they are, with the mapping that rejected them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from sync.model import Chunk, RowOutcome, Source
from sync.report import FailedForm, write_report
from sync.source import SourceSpec, open_source
from tests.report_values import rejected, run

WANTED = (("ID",), ("Name",))


def _whole(source: Source) -> Chunk:
    (chunk,) = source.chunks(100)
    return chunk


def _sent_again(folder: Path, path: Path, spec: SourceSpec, form: FailedForm) -> tuple[Chunk, Chunk]:
    """The file's rows, all rejected, as they are read the first time and from the failed rows."""
    source = open_source(path, spec, WANTED)
    before = _whole(source)
    rows: list[RowOutcome] = [rejected(row) for row in before.frame.index]
    files = write_report(folder, run(*rows, failed_form=form), source)
    assert files.failed is not None
    return before, _whole(open_source(files.failed, spec, WANTED))


def _cells(chunk: Chunk) -> list[list[str]]:
    return chunk.frame.iloc[:, :2].to_numpy().tolist()


CSV_CASES = [
    pytest.param("ID,Name\n007,Zoë\n=1+1,'=x\n", "utf-8", SourceSpec(), FailedForm(), id="formulas"),
    pytest.param('ID;Name\nc-1;"a; ""b"",\nc"\n', "utf-8", SourceSpec(), FailedForm(), id="semicolons and quotes"),
    pytest.param("x\n\nID,Name\nc-1,Zoë\n", "utf-8", SourceSpec(header=3), FailedForm(header_row=3), id="header row"),
    pytest.param("ID,Name\nc-1,Zoë\n", "utf-8", SourceSpec(), FailedForm(), id="one row"),
    pytest.param("ID,Name\nc-1,Zoë\n", "cp1252", SourceSpec(encoding="cp1252"), FailedForm(), id="encoding"),
    pytest.param("ID,Name\nc-1,Zoë\n", "utf-16", SourceSpec(encoding="utf-16"), FailedForm(), id="utf-16"),
    pytest.param("=ID,ID,Name\n1,c-1,Ann\n", "utf-8", SourceSpec(), FailedForm(), id="header like a formula"),
]


@pytest.mark.parametrize(("text", "encoding", "spec", "form"), CSV_CASES)
def test_csv_loads_again(tmp_path: Path, text: str, encoding: str, spec: SourceSpec, form: FailedForm) -> None:
    path = tmp_path / "source.csv"
    path.write_bytes(text.encode(encoding))
    before, after = _sent_again(tmp_path / "report", path, spec, form)
    assert _cells(after) == _cells(before)


def test_line_with_too_many_cells_is_refused_again(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("ID,Name\nc-1,Smith, Ann\n")
    before, after = _sent_again(tmp_path / "report", path, SourceSpec(), FailedForm())
    assert [problem.code for problem in after.problems] == ["ragged-row"]
    assert after.problems[0].value == before.problems[0].value


def _workbook(path: Path, *cells: object, before: int = 0) -> Path:
    book = Workbook()
    for number in range(before):
        book.create_sheet(f"Other {number}", number)
    sheet = book.worksheets[-1]
    sheet.title = "Candidates"
    for _ in range(before):
        sheet.append([])
    sheet.append(["ID", "Name"])
    for cell in cells:
        sheet.append(["c-1", cell])
    book.save(path)
    return path


def test_workbook_loads_again(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "source.xlsx", "Zoë", " 007 ", "'=x", "a_x0041_b", "two\nlines", 12.5, "#n/a")
    before, after = _sent_again(tmp_path / "report", path, SourceSpec(), FailedForm())
    assert _cells(after) == _cells(before)


def test_workbook_loads_again_from_the_same_place(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "source.xlsx", "Zoë", before=2)
    before, after = _sent_again(
        tmp_path / "report", path, SourceSpec(sheet="3", header=3), FailedForm(header_row=3, sheet_number=3)
    )
    assert _cells(after) == _cells(before)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("#N/A", "invalid-cell", id="error value"),
        pytest.param("=A1", "invalid-cell", id="formula never computed"),
        pytest.param(1234567890123456789, "number-too-long", id="number of 19 digits"),
    ],
)
def test_broken_cell_is_refused_again(tmp_path: Path, cell: object, code: str) -> None:
    path = _workbook(tmp_path / "source.xlsx", cell)
    _, after = _sent_again(tmp_path / "report", path, SourceSpec(), FailedForm())
    assert [problem.code for problem in after.problems] == [code]


def test_failed_rows_of_failed_rows(tmp_path: Path) -> None:
    path = tmp_path / "source.csv"
    path.write_text("ID,Name\n=1+1,Ann\n")
    _sent_again(tmp_path / "first", path, SourceSpec(), FailedForm())
    before, after = _sent_again(tmp_path / "second", tmp_path / "first" / "failed.csv", SourceSpec(), FailedForm())
    assert _cells(after) == _cells(before) == [["=1+1", "Ann"]]
