"""The failed rows: just those to be mended, as the input had them, marked and explained."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.model import CellProblem, Dialect, RowOutcome
from sync.report import FailedForm, write_report
from sync.report.xlsx_text import cell_text
from sync.sheet_name import excel_sheet_name
from tests.report_values import HEADER, TableSource, error, failed, rejected, run, updated

SYNC = ["sync_row", "sync_code", "sync_column", "sync_message", "sync_tip"]
ROWS = {2: ("007", "Ann", "ann@example"), 3: ("c-3", "Bo", ""), 5: ("c-5", "=1+1", "bo@example.com")}


def _csv(folder: Path, source: TableSource, *rows: RowOutcome, form: FailedForm | None = None) -> list[list[str]]:
    files = write_report(folder, run(*rows, failed_form=form or FailedForm()), source)
    assert files.failed is not None
    assert source.dialect is not None
    with files.failed.open(encoding=source.dialect.encoding, newline="") as file:
        return list(csv.reader(file, delimiter=source.dialect.delimiter))


def _sheet(folder: Path, source: TableSource, *rows: RowOutcome, form: FailedForm | None = None) -> Worksheet:
    source.kind = "xlsx"
    files = write_report(folder, run(*rows, failed_form=form or FailedForm()), source)
    assert files.failed is not None
    sheet = load_workbook(files.failed).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_only_rejected_and_failed_rows_are_written(tmp_path: Path) -> None:
    unknown = RowOutcome(5, "c-5", "unknown", (error(5, "timeout", ""),), 504, 1)
    lines = _csv(tmp_path, TableSource(ROWS), updated(2), failed(3), unknown)
    assert [line[0] for line in lines] == ["Candidate ID", "c-3"]


def test_columns_are_the_inputs_and_ours(tmp_path: Path) -> None:
    header, line = _csv(tmp_path, TableSource(ROWS), rejected(2))
    assert header == [*HEADER, *SYNC]
    message = "'ann@example' is not an e-mail address"
    assert line == ["007", "Ann", "ann@example", "2", "invalid-email", "E-mail", message, "Correct it."]


def test_columns_of_an_earlier_report_are_replaced(tmp_path: Path) -> None:
    source = TableSource({2: ("c-2", "2", "told before")}, header=("ID", "Sync_Row", "sync_message"))
    header, line = _csv(tmp_path, source, rejected(2))
    assert header == ["ID", *SYNC]
    assert line[:3] == ["c-2", "2", "invalid-email"]


def test_csv_guards_formulas(tmp_path: Path) -> None:
    assert _csv(tmp_path, TableSource(ROWS), rejected(5))[1][1] == "'=1+1"


def test_cells_beyond_the_header_stay_beyond_it(tmp_path: Path) -> None:
    problem = CellProblem(2, "ragged-row", None, "extra", "the line has 4 cells, the header 3")
    line = _csv(tmp_path, TableSource(ROWS, (problem,)), rejected(2))[1]
    assert line[len(HEADER) + len(SYNC) :] == ["extra"]


def test_csv_lies_where_the_mapping_looks(tmp_path: Path) -> None:
    source = TableSource({2: ("c-2", "Zoë", "")}, dialect=Dialect("cp1252", delimiter=";"))
    lines = _csv(tmp_path, source, rejected(2), form=FailedForm(header_row=3))
    assert lines[:2] == [[], []]
    assert (lines[2][:2], lines[3][:2]) == (["Candidate ID", "Name"], ["c-2", "Zoë"])


def test_words_that_the_encoding_lacks_do_not_stop_the_report(tmp_path: Path) -> None:
    row = rejected(2, error(message="'Łukasz' is too long"))
    assert _csv(tmp_path, TableSource(ROWS, dialect=Dialect("cp1252")), row)[1][6] == "'?ukasz' is too long"


def test_workbook_holds_text_only(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, TableSource(ROWS), rejected(2), rejected(5))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert (sheet["A2"].value, sheet["B3"].value) == ("007", "=1+1")


def test_wrong_cell_is_marked_and_explained(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, TableSource(ROWS), rejected(2))
    assert sheet["C2"].fill.fill_type == "solid"
    assert sheet["C2"].comment.text == "'ann@example' is not an e-mail address\nCorrect it."
    assert sheet["B2"].fill.fill_type is None


def test_header_is_bold_and_stays_in_view(tmp_path: Path) -> None:
    sheet = _sheet(tmp_path, TableSource(ROWS), rejected(2))
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("code", "value", "kind", "shown"),
    [
        pytest.param("invalid-cell", "#N/A", "e", "#N/A", id="error value"),
        pytest.param("invalid-cell", "=A1", "e", "#N/A", id="formula never computed"),
        pytest.param("number-too-long", "1234567890123450000", "n", 1234567890123450000.0, id="number"),
    ],
)
def test_what_the_reader_refused_is_refused_again(
    tmp_path: Path, code: str, value: str, kind: str, shown: str | float
) -> None:
    problem = CellProblem(3, code, (2,), value, "it is not a value")
    cell = _sheet(tmp_path, TableSource(ROWS, (problem,)), rejected(3))["C2"]
    assert (cell.data_type, cell.value) == (kind, shown)


def test_workbook_lies_where_the_mapping_looks(tmp_path: Path) -> None:
    source = TableSource(ROWS, sheet="Candidates", header_row=3)
    sheet = _sheet(tmp_path, source, rejected(2), form=FailedForm(header_row=3, sheet_number=2))
    assert (sheet.title, sheet["A3"].value, sheet["A4"].value) == ("Candidates", "Candidate ID", "007")
    assert sheet.parent is not None
    assert sheet.parent.index(sheet) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x00b\x0b", "a_x0000_b_x000B_", id="control characters"),
        pytest.param("a\rb", "a_x000D_b", id="carriage return"),
        pytest.param("_x0041_", "_x005F_x0041_", id="what looks like an escape"),
        pytest.param("\ud800", "_xD800_", id="half a character"),
        pytest.param("Zoë\n李\t😀", "Zoë\n李\t😀", id="everything else"),
        pytest.param("x" * 40_000, "x" * 40_000, id="longer than Excel takes"),
    ],
)
def test_text_of_workbooks(text: str, shown: str) -> None:
    assert cell_text(text) == shown


@pytest.mark.parametrize(("name", "shown"), [("Q1/Q2 [new]?", "Q1_Q2 _new__"), ("x" * 40, "x" * 31)])
def test_sheet_names(name: str, shown: str) -> None:
    assert excel_sheet_name(name) == shown
