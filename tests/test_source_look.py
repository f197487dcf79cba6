"""How a sheet looks is read for just the rows that are asked for, and never keeps the values from being read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from sync.errors import SourceError
from sync.look import SheetLook
from sync.model import Styled
from sync.source.workbooks.thinned import thinned
from tests.source_files import opened, raw_workbook, text_file, with_rows, workbook_file


class Dripping(io.BytesIO):
    """A stream that gives few bytes at a time, so that every tag crosses a border."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 7, 7))


SHEET = b'<s><row r="1"><c r="A1"/></row><row><c/></row><row r="5" s="2"/><x:row r="6" ht="9"><c/></x:row><tail/></s>'


@pytest.mark.parametrize("stream", [io.BytesIO, Dripping])
@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        pytest.param({1}, b'<s><row r="1"><c r="A1"/></row><tail/></s>', id="first"),
        pytest.param({2}, b"<s><row><c/></row><tail/></s>", id="without a number"),
        pytest.param({5, 6}, b'<s><row r="5" s="2"/><x:row r="6" ht="9"><c/></x:row><tail/></s>', id="empty, prefixed"),
        pytest.param(set(), b"<s><tail/></s>", id="none"),
        pytest.param({1, 2, 5, 6}, SHEET, id="all"),
    ],
)
def test_only_wanted_rows_go_on(stream: type[io.BytesIO], wanted: set[int], kept: bytes) -> None:
    numbers: list[int] = []
    assert b"".join(thinned(stream(SHEET), wanted, numbers)) == kept
    assert numbers == sorted(wanted)


def test_a_tag_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="a tag never ends"):
        list(thinned(io.BytesIO(b"<s><row " + b"x" * (1 << 21)), {1}, []))


def look_of(path: Path, *rows: int) -> SheetLook:
    source = opened(path, (("ID",),))
    assert isinstance(source, Styled)
    look = source.look(set(rows))
    assert look is not None
    return look


def test_only_the_rows_asked_for_and_the_header_are_kept(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, with_rows(["ID"], *([number] for number in range(50))))
    assert set(look_of(path, 7, 9).rows) == {1, 7, 9}


def test_cells_that_are_not_stored_look_as_their_row_or_column(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        with_rows(["ID", "b", "c"], [1, None, "x"], [2, None, "x"])(sheet)
        sheet.column_dimensions["B"].fill = PatternFill("solid", fgColor="FF00FF00")
        sheet.row_dimensions[3].fill = PatternFill("solid", fgColor="FF0000FF")

    look = look_of(workbook_file(tmp_path, fill), 2, 3)
    fills = [look.styles[look.rows[row].cells[1]].fill for row in (2, 3)]
    assert [fill.fgColor.rgb for fill in fills if isinstance(fill, PatternFill)] == ["FF00FF00", "FF0000FF"]


def test_rows_that_look_alike_share_their_look(tmp_path: Path) -> None:
    look = look_of(workbook_file(tmp_path, with_rows(["ID", "b"], [1, "x"], [2, "y"])), 2, 3)
    assert look.rows[2].cells is look.rows[3].cells


def test_damage_is_told(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c></row><row r="2" ht="high"><c r="A2"/></row>'
    source = opened(raw_workbook(tmp_path, rows), (("ID",),))
    assert isinstance(source, Styled)
    with pytest.raises(SourceError, match="a damaged workbook"):
        source.look({2})


def test_delimited_text_has_no_look(tmp_path: Path) -> None:
    assert not isinstance(opened(text_file(tmp_path, "ID\n1\n")), Styled)
