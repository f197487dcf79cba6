"""Workbooks: each kind of cell arrives as it shows, faults are told, rows keep their numbers."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from sync.errors import SourceError
from tests.source_files import ID_AND_EMAIL, opened, problems_of, raw_workbook, rows_of, with_rows, workbook_file

_HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
)


def test_cells_arrive_as_they_show(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Zip", "Share", "On", "Day", "Seen", "At", "Id", "Flag"])
        sheet.append([7, 0.5, "0042", date(2026, 5, 1), datetime(2026, 5, 1, 9, 30), time(9, 30), 12345678901, True])
        sheet["A2"].number_format, sheet["B2"].number_format = "00000", "0%"

    [cells] = rows_of(opened(workbook_file(tmp_path, fill))).values()
    shown = ["00007", "50%", "0042", "2026-05-01", "2026-05-01T09:30:00", "09:30:00", "12345678901", "TRUE"]
    assert cells == shown


def test_the_workbooks_epoch_is_honoured(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.epoch = CALENDAR_MAC_1904
        with_rows(["Day"], [date(2026, 5, 1)])(sheet)

    assert rows_of(opened(workbook_file(tmp_path, fill))) == {2: ["2026-05-01"]}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('<c r="B2" t="s"><v>0</v></c>', "Ann Lee", id="rich shared text without reading aids"),
        pytest.param('<c r="B2" t="s"><v>1</v></c>', "a\rb_x", id="escaped character"),
        pytest.param('<c r="B2" t="s"><v>2</v></c>', "\U0001f600", id="character in two escapes"),
        pytest.param('<c r="B2" t="str"><f>A1</f><v>Ann</v></c>', "Ann", id="formula's text"),
        pytest.param('<c r="B2"><f>1+1</f><v>2</v></c>', "2", id="formula's number"),
        pytest.param('<c r="B2" t="str"><f>A1</f><v></v></c>', "", id="formula computed to nothing"),
        pytest.param('<c r="B2" t="b"><v>0</v></c>', "FALSE", id="boolean"),
        pytest.param('<c r="B2" t="d"><v>2026-05-01T00:00:00</v></c>', "2026-05-01", id="stored ISO date"),
        pytest.param('<c t="n"><v>1</v></c><c><v>5</v></c>', "5", id="cells without references"),
        pytest.param('<c r="B2" s="1"><v>7</v></c>', "007", id="format of the style"),
        pytest.param('<c r="B2" s="9"><v>7</v></c>', "7", id="style that is not there"),
        pytest.param('<c r="B2"><v>1.1000000000000001</v></c>', "1.1", id="17 stored digits"),
        pytest.param('<c r="B2" s="2" t="str"><v>Ann</v></c>', "Ms Ann", id="text as its format shows it"),
        pytest.param('<c r="B2" s="2" t="inlineStr"><is><t>A</t></is></c>', "Ms A", id="inline text in a format"),
        pytest.param('<c r="B2" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_", id="escape that is meant"),
    ],
)
def test_stored_cells(tmp_path: Path, cell: str, text: str) -> None:
    strings = (
        '<si><r><t>Ann</t></r><r><t xml:space="preserve"> Lee</t></r><rPh sb="0" eb="1"><t>an</t></rPh></si>'
        "<si><t>a_x000D_b_x</t></si><si><t>_xD83D__xDE00_</t></si>"
    )
    rows = f'{_HEADER}<row r="2">{cell}<c r="A2"><v>1</v></c></row>'
    source = opened(raw_workbook(tmp_path, rows, strings=strings, formats=["000", "0;0;0;&quot;Ms &quot;@"]))
    assert (rows_of(source), problems_of(source)) == ({2: ["1", text]}, [])


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        pytest.param('<c r="B2" t="e"><v>#N/A</v></c>', "invalid-cell", "#N/A", id="error"),
        pytest.param('<c r="B2"><f>A1&amp;"x"</f></c>', "invalid-cell", '=A1&"x"', id="formula never computed"),
        pytest.param('<c r="B2"><f>A1</f><v/></c>', "invalid-cell", "=A1", id="formula with an empty value"),
        pytest.param(
            '<c r="B2"><v>1.2345678901234567E+18</v></c>', "number-too-long", "1234567890123456700", id="long"
        ),
        pytest.param('<c r="B2" t="s"><v>8</v></c>', "invalid-cell", "8", id="text that is not there"),
    ],
)
def test_faulty_cells_are_problems_and_blank(tmp_path: Path, cell: str, code: str, value: str) -> None:
    source = opened(raw_workbook(tmp_path, f'{_HEADER}<row r="2"><c r="A2"><v>1</v></c>{cell}</row>'))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns, problem.value) == (2, code, (1,), value)
    assert rows_of(source) == {2: ["1", ""]}


def test_a_formula_that_openpyxl_wrote_was_never_computed(tmp_path: Path) -> None:
    [problem] = problems_of(opened(workbook_file(tmp_path, with_rows(["ID"], ["=1+1"]))))
    assert problem.message == "the formula '=1+1' was never computed: save the original in Excel, or type it in"


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    rows = f'{_HEADER}<row r="4"><c r="A4"><v>1</v></c></row><row r="7"><c r="A7" t="inlineStr"><is><t> </t></is></c>'
    source = opened(raw_workbook(tmp_path, f'{rows}</row><row><c><v>2</v></c></row><row r="1048576"/>'))
    assert rows_of(source) == {4: ["1", ""], 8: ["2", ""]}


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    rows = f'{_HEADER}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert rows_of(opened(raw_workbook(tmp_path, rows))) == {}


def _merge(sheet: Worksheet) -> None:
    with_rows(["People"], ["ID", "Name", "Note"], ["C1", "Ann", "x"], ["C2"], ["C3", "Cleo"])(sheet)
    for cells in ("A1:C1", "B3:B4", "C3:C5"):
        sheet.merge_cells(cells)


def test_merged_cells_have_their_value_in_the_first_which_is_said(tmp_path: Path) -> None:
    source = opened(workbook_file(tmp_path, _merge), [("ID",), ("Name",)])
    assert rows_of(source) == {3: ["C1", "Ann", "x"], 4: ["C2", "", ""], 5: ["C3", "Cleo", ""]}
    assert source.notes == ("1 merged cell covers several rows (B3:B4): only the first row has the value",)


def _hide_row_3(sheet: Worksheet) -> None:
    with_rows(["ID"], ["C1"], ["C2"], ["C3"])(sheet)
    sheet.row_dimensions[3].hidden = True


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    source = opened(workbook_file(tmp_path, _hide_row_3))
    assert rows_of(source) == {2: ["C1"], 3: ["C2"], 4: ["C3"]}
    assert source.notes == (
        "1 hidden or filtered-out row was read like all others (say hidden_rows: skip if unwanted)",
    )


def test_hidden_rows_are_skipped_where_the_mapping_says_so(tmp_path: Path) -> None:
    source = opened(workbook_file(tmp_path, _hide_row_3), hidden_rows="skip")
    assert rows_of(source) == rows_of(source) == {2: ["C1"], 4: ["C3"]}
    assert source.notes == ("1 hidden or filtered-out row was passed over",)


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Candidates", "Candidates!D14"),
        ("My Sheet", "'My Sheet'!D14"),
        ("It's", "'It''s'!D14"),
        ("2026", "'2026'!D14"),
        ("AB12", "'AB12'!D14"),
        ("R1C1", "'R1C1'!D14"),
        ("Bewerber_Übersicht", "Bewerber_Übersicht!D14"),
    ],
)
def test_cells_are_named_as_excel_names_them(tmp_path: Path, sheet: str, name: str) -> None:
    assert opened(workbook_file(tmp_path, with_rows(["ID"]), names=[sheet])).cell_name(14, 3) == name


def test_leading_quotes_are_text(tmp_path: Path) -> None:
    assert rows_of(opened(workbook_file(tmp_path, with_rows(["ID", "sync_row"], ["'=1", "2"])))) == {2: ["'=1", "2"]}


def test_mapped_columns_are_found_below_a_title(tmp_path: Path) -> None:
    path = workbook_file(
        tmp_path, with_rows(["Candidates"], [], ["Candidate ID", None, "email"], ["C1", "x", "a@example.com"])
    )
    source = opened(path, ID_AND_EMAIL)
    assert (source.header, source.header_row) == (("Candidate ID", "", "email"), 3)


@pytest.mark.parametrize(
    ("rows", "strings", "message"),
    [
        pytest.param('<row r="1"><c r="A1">', "", "a damaged workbook", id="broken XML"),
        pytest.param('<row r="1048577"/>', "", "there is no row 1048577", id="row beyond the last"),
        pytest.param(
            '<row r="1"><c r="ZZZZZZ1"/></row>', "", "there is no column 'ZZZZZZ'", id="column beyond the last"
        ),
        pytest.param(f'{_HEADER}<row r="1"/>', "", "row 1 comes after row 1", id="rows out of order"),
        pytest.param(
            f'{_HEADER}<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
            '<!DOCTYPE x [<!ENTITY a "b">]><sst><si><t>&a;</t></si></sst>',
            "XML entities",
            id="entity",
        ),
    ],
)
def test_damaged_workbooks_are_refused(tmp_path: Path, rows: str, strings: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        rows_of(opened(raw_workbook(tmp_path, rows, strings=strings)))


def test_a_part_that_fails_its_check_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path, _HEADER)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[start + 80 : start + 90] = bytes(10)
    path.write_bytes(content)
    with pytest.raises(SourceError, match="a damaged workbook"):
        rows_of(opened(path))
