"""Old workbooks (.xls): each kind of cell arrives as it shows, faults are told, what cannot be known is noted."""

from __future__ import annotations

import struct
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]

from sync.errors import SourceError
from sync.source.workbooks.reader import MergedCells
from sync.source.workbooks.xls import opened_xls
from tests.legacy_files import raw_xls, record, short_text, xls_cell, xls_file
from tests.source_files import opened, problems_of, rows_of

_HEADER = xls_cell(0x0204, 0, 0, short_text("ID")) + xls_cell(0x0204, 0, 1, short_text("Name"))
_COMPUTED = record(0x01C1, bytes(8))
"""Says which engine computed the formulas."""
_NUMBER, _RK, _MULRK, _RSTRING, _LABELSST, _BOOLERR, _FORMULA, _STRING = (
    *(0x0203, 0x027E, 0x00BD, 0x00D6),
    *(0x00FD, 0x0205, 0x0006, 0x0207),
)


def _sst(*pieces: bytes) -> bytes:
    return record(0x00FC, bytes(8), *pieces)


def _result(kind: int, value: int = 0) -> bytes:
    """A formula's result that is no number."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF]) + bytes(8)


def test_cells_arrive_as_they_show(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("People")
        cells = [
            (7, "00000"),
            (0.5, "0%"),
            ("0042", "General"),
            (date(2026, 5, 1), "d/m/yy"),
            (datetime(2026, 5, 1, 9, 30), "d/m/yy h:mm"),
            (time(9, 30), "h:mm"),
            (12345678901, "General"),
            (True, "General"),
            ("Müller 😀", "General"),
        ]
        for column, (value, code) in enumerate(cells):
            sheet.write(0, column, f"Column {column}")
            sheet.write(1, column, value, xlwt.easyxf(num_format_str=code))

    [cells] = rows_of(opened(xls_file(tmp_path, fill))).values()
    shown = ["00007", "50%", "0042", "2026-05-01", "2026-05-01T09:30:00", "09:30:00", "12345678901", "TRUE"]
    assert cells == [*shown, "Müller 😀"]


def test_the_workbooks_epoch_is_honoured(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook) -> None:
        book.dates_1904 = True
        sheet = book.add_sheet("People")
        sheet.write(0, 0, "Day")
        sheet.write(1, 0, date(2026, 5, 1), xlwt.easyxf(num_format_str="d/m/yy"))

    assert rows_of(opened(xls_file(tmp_path, fill))) == {2: ["2026-05-01"]}


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_told(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook) -> None:
        for name in ("Secret", "People"):
            sheet = book.add_sheet(name)
            for row, value in enumerate(["ID", "1", "2"]):
                sheet.write(row, 0, value)
        book.get_sheet(0).visibility = 1
        sheet.row(1).hidden = True

    source = opened(xls_file(tmp_path, fill), (("ID",),))
    assert (source.sheet, list(rows_of(source))) == ("People", [2, 3])
    assert source.notes[-1].startswith("1 hidden or filtered-out row was read")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(xls_cell(_NUMBER, 1, 1, struct.pack("<d", 2.5)), "2.5", id="number"),
        pytest.param(xls_cell(_NUMBER, 1, 1, struct.pack("<d", 7), style=1), "007", id="format of the style"),
        pytest.param(xls_cell(_NUMBER, 1, 1, struct.pack("<d", 7), style=9), "7", id="style that is not there"),
        pytest.param(xls_cell(_RK, 1, 1, struct.pack("<l", (-5 << 2) | 2)), "-5", id="packed integer"),
        pytest.param(xls_cell(_RK, 1, 1, struct.pack("<l", (125 << 2) | 3)), "1.25", id="packed hundredths"),
        pytest.param(
            xls_cell(_MULRK, 1, 1, struct.pack("<lHlH", (1 << 2) | 2, 0, (2 << 2) | 2, 2)), "1", id="packed together"
        ),
        pytest.param(xls_cell(_RSTRING, 1, 1, short_text("Ann"), bytes(2)), "Ann", id="own rich text"),
        pytest.param(xls_cell(_LABELSST, 1, 1, struct.pack("<L", 0)), "Ann", id="shared text"),
        pytest.param(xls_cell(_BOOLERR, 1, 1, b"\1\0"), "TRUE", id="boolean"),
        pytest.param(xls_cell(_FORMULA, 1, 1, struct.pack("<d", 3), bytes(8)), "3", id="formula's number"),
        pytest.param(xls_cell(_FORMULA, 1, 1, _result(1, 1)), "TRUE", id="formula's boolean"),
        pytest.param(xls_cell(_FORMULA, 1, 1, _result(3)), "", id="formula computed to nothing"),
        pytest.param(
            xls_cell(_FORMULA, 1, 1, _result(0)) + record(0x04BC, bytes(10)) + record(_STRING, short_text("Lee")),
            "Lee",
            id="shared formula's text",
        ),
    ],
)
def test_stored_cells(tmp_path: Path, cell: bytes, text: str) -> None:
    path = raw_xls(
        tmp_path,
        *(_HEADER, xls_cell(_NUMBER, 1, 0, struct.pack("<d", 1)), cell),
        in_globals=_COMPUTED + _sst(short_text("Ann")),
    )
    source = opened(path)
    assert (rows_of(source), problems_of(source), source.notes) == ({2: ["1", text]}, [], ())


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        pytest.param(xls_cell(_BOOLERR, 1, 1, b"\x2a\1"), "invalid-cell", "#N/A", id="error"),
        pytest.param(xls_cell(_FORMULA, 1, 1, _result(2, 0x17)), "invalid-cell", "#REF!", id="formula's error"),
        pytest.param(xls_cell(_FORMULA, 1, 1, _result(3)), "invalid-cell", "=…", id="formula never computed"),
        pytest.param(xls_cell(_FORMULA, 1, 1, _result(0)), "invalid-cell", "=…", id="formula without its text"),
        pytest.param(xls_cell(_LABELSST, 1, 1, struct.pack("<L", 8)), "invalid-cell", "8", id="text not there"),
        pytest.param(
            xls_cell(_NUMBER, 1, 1, struct.pack("<d", 1234567890123456768)),
            "number-too-long",
            "1234567890123456800",
            id="long",
        ),
    ],
)
def test_faulty_cells_are_problems_and_blank(tmp_path: Path, cell: bytes, code: str, value: str) -> None:
    source = opened(raw_xls(tmp_path, _HEADER, xls_cell(_NUMBER, 1, 0, struct.pack("<d", 1)), cell))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns, problem.value) == (2, code, (1,), value)
    assert rows_of(source) == {2: ["1", ""]}


def test_formulas_of_a_library_that_computes_none_are_faults(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("People")
        sheet.write(0, 0, "ID")
        sheet.write(1, 0, xlwt.Formula("1+1"))

    assert [problem.code for problem in problems_of(opened(xls_file(tmp_path, fill)))] == ["invalid-cell"]


def test_where_nobody_says_that_formulas_were_computed_it_is_noted(tmp_path: Path) -> None:
    path = raw_xls(tmp_path, _HEADER, xls_cell(_FORMULA, 1, 0, bytes(16)))
    [note] = opened(path).notes
    assert "does not tell whether its formulas were ever computed" in note


def test_a_text_runs_on_in_another_width(tmp_path: Path) -> None:
    first = struct.pack("<H", 6) + b"\0" + b"Ann"
    rest = b"\1" + " Ł2".encode("utf-16-le")
    in_globals = _sst(first) + record(0x003C, rest) + _COMPUTED
    path = raw_xls(tmp_path, _HEADER, xls_cell(_LABELSST, 1, 1, bytes(4)), in_globals=in_globals)
    assert rows_of(opened(path)) == {2: ["", "Ann Ł2"]}


def test_rich_and_phonetic_texts_lose_what_is_beside_them(tmp_path: Path) -> None:
    rich = struct.pack("<HBHL", 3, 0x0C, 1, 2) + b"Ann" + bytes(4) + bytes(2)
    in_globals = _sst(rich, short_text("Lee"))
    path = raw_xls(tmp_path, _HEADER, xls_cell(_LABELSST, 1, 1, struct.pack("<L", 1)), in_globals=in_globals)
    assert rows_of(opened(path)) == {2: ["", "Lee"]}


def test_cells_in_the_order_in_which_they_were_filled_in(tmp_path: Path) -> None:
    cells = [xls_cell(_NUMBER, row, 0, struct.pack("<d", row)) for row in (3, 1, 2)]
    assert rows_of(opened(raw_xls(tmp_path, *cells, _HEADER))) == {2: ["1", ""], 3: ["2", ""], 4: ["3", ""]}


def test_a_number_format_longer_than_any_is_passed_over(tmp_path: Path) -> None:
    zeros = record(0x041E, struct.pack("<H", 0), short_text("0" * 2_000))
    path = raw_xls(tmp_path, _HEADER, xls_cell(_NUMBER, 1, 0, struct.pack("<d", 5)), in_globals=zeros)
    assert rows_of(opened(path)) == {2: ["5", ""]}


def test_merged_cells_of_several_rows_are_known_once_the_rows_were_read(tmp_path: Path) -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("People")
        sheet.write_merge(1, 2, 0, 1, "Ann")
        sheet.write_merge(4, 4, 0, 1, "Lee")

    with opened_xls(xls_file(tmp_path, fill)) as reader:
        assert [row.number for row in reader.rows(0)] == [2, 5]
        assert reader.merged(0) == [MergedCells(2, 3, 0, 1)]


def test_texts_before_excel_97_are_of_the_workbooks_code_page(tmp_path: Path) -> None:
    cells = [xls_cell(0x0204, row, 0, struct.pack("<H", 4), "Имя:".encode("cp1251")) for row in (0, 1)]
    path = raw_xls(tmp_path, *cells, in_globals=record(0x0042, struct.pack("<H", 1251)), version=0x0500)
    assert rows_of(opened(path)) == {2: ["Имя:"]}


def test_a_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"protected by a password: .*save it without the password"):
        opened(raw_xls(tmp_path, _HEADER, in_globals=record(0x002F, bytes(6))))


def test_however_it_is_damaged_it_is_cells_or_a_refusal(tmp_path: Path) -> None:
    whole = raw_xls(tmp_path, _HEADER, xls_cell(_LABELSST, 1, 1, bytes(4)), in_globals=_sst(short_text("Ann")))
    content = whole.read_bytes()
    refused = 0
    for at in range(8, len(content), 2):
        for damaged in (content[:at], content[:at] + b"\xff" + content[at + 1 :]):
            whole.write_bytes(damaged)
            try:
                # In this process: six hundred others would take minutes to start.
                with opened_xls(whole) as reader:
                    assert [list(reader.rows(place)) for place in range(len(reader.sheets))]
            except SourceError:
                refused += 1
    assert refused > len(content) / 4
