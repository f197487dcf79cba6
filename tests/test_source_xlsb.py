"""Binary workbooks (.xlsb): each kind of cell arrives as it shows, faults are told, rows keep their numbers."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from sync.errors import SourceError
from sync.source.workbooks.reader import MergedCells
from sync.source.workbooks.xlsb import opened_xlsb
from tests.legacy_files import binary, wide, xlsb_cell, xlsb_file, xlsb_row
from tests.source_files import opened, problems_of, rows_of

_PACKED, _ERROR, _BOOLEAN, _NUMBER, _TEXT, _SHARED, _RICH = 2, 3, 4, 5, 6, 7, 62
_FORMULA = b"\0\0" + bytes(8)
_ONE = xlsb_cell(_NUMBER, 0, struct.pack("<d", 1))
_HEADER = xlsb_row(1, xlsb_cell(_TEXT, 0, wide("ID")), xlsb_cell(_TEXT, 1, wide("Name")))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 2.5)), "2.5", id="number"),
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 7), style=1), "007", id="format of the style"),
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 46143), style=2), "2026-05-01", id="date"),
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 7), style=9), "7", id="style that is not there"),
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 7), style=1 | 1 << 24), "007", id="flag beside the style"),
        pytest.param(xlsb_cell(_PACKED, 1, struct.pack("<l", (-125 << 2) | 3)), "-1.25", id="packed hundredths"),
        pytest.param(xlsb_cell(_TEXT, 1, wide("Müller 😀")), "Müller 😀", id="own text"),
        pytest.param(xlsb_cell(_SHARED, 1, struct.pack("<L", 1)), "Lee", id="shared text"),
        pytest.param(xlsb_cell(_RICH, 1, b"\1", wide("Ann"), bytes(8)), "Ann", id="own rich text"),
        pytest.param(xlsb_cell(_BOOLEAN, 1, b"\0"), "FALSE", id="boolean"),
        pytest.param(xlsb_cell(8, 1, wide("Ann"), _FORMULA), "Ann", id="formula's text"),
        pytest.param(xlsb_cell(9, 1, struct.pack("<d", 3), _FORMULA), "3", id="formula's number"),
        pytest.param(xlsb_cell(10, 1, b"\1", _FORMULA), "TRUE", id="formula's boolean"),
        pytest.param(xlsb_cell(1, 1), "", id="blank"),
    ],
)
def test_stored_cells(tmp_path: Path, cell: bytes, text: str) -> None:
    source = opened(xlsb_file(tmp_path, _HEADER + xlsb_row(2, _ONE, cell)))
    assert (rows_of(source), problems_of(source), source.notes) == ({2: ["1", text]}, [], ())


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        pytest.param(xlsb_cell(_ERROR, 1, b"\x2a"), "invalid-cell", "#N/A", id="error"),
        pytest.param(xlsb_cell(11, 1, b"\x07", _FORMULA), "invalid-cell", "#DIV/0!", id="formula's error"),
        pytest.param(xlsb_cell(_SHARED, 1, struct.pack("<L", 8)), "invalid-cell", "8", id="text not there"),
        pytest.param(xlsb_cell(_NUMBER, 1, struct.pack("<d", 1e15)), "number-too-long", "1000000000000000", id="long"),
    ],
)
def test_faulty_cells_are_problems_and_blank(tmp_path: Path, cell: bytes, code: str, value: str) -> None:
    source = opened(xlsb_file(tmp_path, _HEADER + xlsb_row(2, _ONE, cell)))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns, problem.value) == (2, code, (1,), value)
    assert rows_of(source) == {2: ["1", ""]}


def test_the_workbooks_epoch_is_honoured(tmp_path: Path) -> None:
    day = xlsb_cell(_NUMBER, 0, struct.pack("<d", 44681), style=2)
    source = opened(xlsb_file(tmp_path, _HEADER + xlsb_row(2, day), date_1904=True))
    assert rows_of(source) == {2: ["2026-05-01", ""]}


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_told(tmp_path: Path) -> None:
    people = _HEADER + xlsb_row(5, _ONE, hidden=True) + xlsb_row(9, _ONE)
    source = opened(xlsb_file(tmp_path, _HEADER, people, states=[2, 0]), (("ID",),))
    assert (source.sheet, list(rows_of(source))) == ("Sheet2", [5, 9])
    assert source.notes[-1].startswith("1 hidden or filtered-out row was read")


def test_merged_cells_of_several_rows_are_known_once_the_rows_were_read(tmp_path: Path) -> None:
    below = binary(146) + binary(176, struct.pack("<LLLL", 1, 2, 0, 1)) + binary(176, struct.pack("<LLLL", 4, 4, 0, 1))
    with opened_xlsb(xlsb_file(tmp_path, _HEADER + below)) as reader:
        assert [row.number for row in reader.rows(0)] == [1]
        assert reader.merged(0) == [MergedCells(2, 3, 0, 1)]


def test_records_longer_than_a_block_are_read(tmp_path: Path) -> None:
    filler = binary(5000, bytes(3 << 20))
    source = opened(xlsb_file(tmp_path, _HEADER + filler + xlsb_row(2, _ONE)))
    assert rows_of(source) == {2: ["1", ""]}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param(_HEADER + xlsb_row(3, _ONE) + xlsb_row(2, _ONE), "row 2 comes after row 3", id="order"),
        pytest.param(_HEADER + b"\x05\xff\x7f", "ends in the middle of a record", id="long record"),
        pytest.param(_HEADER + b"\x05\xff\xff\xff\x7f", "a record of 268,435,455 bytes", id="huge record"),
        pytest.param(xlsb_row(1, xlsb_cell(_TEXT, 0, b"\xff\0\0\0")), "a text is longer", id="long text"),
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path: Path, rows: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"damaged workbook .*{message}"):
        rows_of(opened(xlsb_file(tmp_path, rows)))


def test_a_sheet_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = xlsb_file(tmp_path, _HEADER + xlsb_row(2, _ONE))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end = len(binary(146))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:-end] if "sheet1" in name else content)
    with pytest.raises(SourceError, match="a sheet ends too early"):
        rows_of(opened(path))
