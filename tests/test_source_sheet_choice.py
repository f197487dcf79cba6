"""The workbook's sheet: the one with the mapped columns, or the one that the mapping names."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sync.errors import SourceError
from sync.source import MissingColumns
from tests.source_files import ID_AND_EMAIL, opened, with_rows, workbook_file

_people = with_rows(["Candidate ID", "Email"], ["C1", "a@example.com"])
_notes = with_rows(["Notes"], ["none"])


def _hidden(sheet: Worksheet) -> None:
    _people(sheet)
    sheet.sheet_state = "hidden"


def _very_hidden(sheet: Worksheet) -> None:
    _people(sheet)
    sheet.sheet_state = "veryHidden"


def test_the_one_sheet_with_the_mapped_columns_is_read(tmp_path: Path) -> None:
    assert opened(workbook_file(tmp_path, _notes, _people), ID_AND_EMAIL).sheet == "Sheet2"


def test_a_hidden_sheet_is_not_considered(tmp_path: Path) -> None:
    assert opened(workbook_file(tmp_path, _hidden, _people, _very_hidden), ID_AND_EMAIL).sheet == "Sheet2"


def test_several_sheets_that_fit_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"several sheets .*'Sheet1', 'Sheet3'.*source\.sheet"):
        opened(workbook_file(tmp_path, _people, _notes, _people), ID_AND_EMAIL)


def test_without_wanted_columns_the_first_sheet_is_read_and_named(tmp_path: Path) -> None:
    source = opened(workbook_file(tmp_path, with_rows(), _notes, _people))
    assert source.notes == ("sheet 'Sheet2' of 3 visible sheets was read",)


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        pytest.param("Leavers", "Leavers", id="name"),
        pytest.param(" leavers", "Leavers", id="name in another case"),
        pytest.param("2", "2026", id="number of the visible tab"),
        pytest.param("2026", "2026", id="a name of digits"),
        pytest.param("Secret", "Secret", id="hidden, but named"),
    ],
)
def test_the_named_sheet_is_read(tmp_path: Path, sheet: str, name: str) -> None:
    path = workbook_file(tmp_path, _people, _hidden, _people, names=["Leavers", "Secret", "2026"])
    assert opened(path, ID_AND_EMAIL, sheet=sheet).sheet == name


@pytest.mark.parametrize("wanted", ["Leavers of 2026 and of all the years before", "Leavers of 2026 and of all the y"])
def test_a_name_that_excel_would_not_take_finds_the_sheet_of_the_failed_file(tmp_path: Path, wanted: str) -> None:
    path = workbook_file(tmp_path, _people, _people, names=["Notes", "Leavers of 2026 and of all the y"[:31]])
    assert opened(path, ID_AND_EMAIL, sheet=wanted).sheet == "Leavers of 2026 and of all the "


@pytest.mark.parametrize("sheet", ["Leaver", "3", "0"])
def test_a_sheet_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(SourceError, match=f"no sheet '{sheet}', only 'Leavers', 'Notes'.*correct source.sheet"):
        opened(workbook_file(tmp_path, _people, _notes, names=["Leavers", "Notes"]), sheet=sheet)


def test_the_nearest_sheet_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the nearest is 'Leavers'"):
        opened(workbook_file(tmp_path, _people, _notes, names=["Leavers", "Notes"]), sheet="leaver")


def test_missing_columns_are_told_of_the_likeliest_sheet(tmp_path: Path) -> None:
    almost = with_rows(["Candidate ID", "Emial"])
    with pytest.raises(MissingColumns, match=r"nearest: 'Emial'\) in the first 50 rows of sheet 'My People'"):
        opened(workbook_file(tmp_path, _notes, almost, names=["Notes", "My People"]), ID_AND_EMAIL)


def test_a_workbook_without_cells_has_no_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no header: the first 50 rows are blank in 'Sheet1'"):
        opened(workbook_file(tmp_path, with_rows()))
