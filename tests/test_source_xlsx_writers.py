"""Workbooks as other programs than Excel write them: other names, missing parts, older habits."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import SourceError
from tests.source_files import opened, rows_of, workbook_parts

Parts = dict[str, str]

_ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Day</t></is></c></row>'
    '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>45000</v></c></row>'
)
_STRINGS = "<si><t>ID</t></si><si><t>C1</t></si>"
_SHEET = "xl/worksheets/sheet1.xml"


def _written(folder: Path, parts: Parts, encoding: str = "utf-8") -> Path:
    path = folder / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode(encoding))
    return path


def _parts() -> Parts:
    return workbook_parts(_ROWS, strings=_STRINGS, formats=["d/m/yyyy"])


def _everywhere(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    return lambda parts: {name: change(content) for name, content in parts.items()}


def _in_sheet(old: str, new: str) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, _SHEET: parts[_SHEET].replace(old, new)}


def _prefixed(content: str) -> str:
    with_prefix = re.sub(r"<(/?)(\w+)", r"<\1x:\2", content)
    return with_prefix.replace("xmlns=", "xmlns:x=")


def _strict(content: str) -> str:
    purl = "http://purl.oclc.org/ooxml"
    return content.replace("http://schemas.openxmlformats.org/spreadsheetml/2006", f"{purl}/spreadsheetml").replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", f"{purl}/officeDocument"
    )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda parts: parts, id="as Excel"),
        pytest.param(_everywhere(_prefixed), id="names with a prefix"),
        pytest.param(_everywhere(_strict), id="strict OOXML"),
        pytest.param(_everywhere(lambda content: f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'), id="declared"),
        pytest.param(_everywhere(lambda content: f"\ufeff{content}"), id="byte order mark"),
        pytest.param(_everywhere(lambda content: content.replace("><", ">\r\n  <")), id="indented"),
        pytest.param(lambda parts: {name.upper(): content for name, content in parts.items()}, id="upper-case names"),
        pytest.param(lambda parts: {name.replace("/", "\\"): text for name, text in parts.items()}, id="backslashes"),
        pytest.param(lambda parts: {n: t for n, t in parts.items() if n != "_rels/.rels"}, id="no package relations"),
        pytest.param(_in_sheet('<dimension ref="A1"/>', '<dimension ref="A1:B99"/>'), id="dimension too large"),
        pytest.param(_in_sheet('<dimension ref="A1"/>', ""), id="no dimension"),
        pytest.param(lambda p: {**p, _SHEET: re.sub(r' r="\w+"', "", p[_SHEET])}, id="no references"),
        pytest.param(lambda p: {**p, _SHEET: re.sub(r'<c (r="\w+")', r"<c  \1", p[_SHEET])}, id="two spaces"),
        pytest.param(lambda p: {**p, _SHEET: re.sub(r'"(\w+)"', r"'\1'", p[_SHEET])}, id="single quotes"),
        pytest.param(_in_sheet("<sheetData>", '<sheetPr/><sheetData xml:space="preserve">'), id="more before the rows"),
        pytest.param(_in_sheet("</sheetData>", "</sheetData><!-- <row/> --><pageMargins/>"), id="more after the rows"),
    ],
)
def test_the_same_cells_in_other_xml(tmp_path: Path, change: Callable[[Parts], Parts]) -> None:
    source = opened(_written(tmp_path, change(_parts())))
    assert (source.header, rows_of(source)) == (("ID", "Day"), {2: ["C1", "2023-03-15"]})


def test_other_encodings_are_read(tmp_path: Path) -> None:
    parts = _everywhere(lambda content: f'<?xml version="1.0" encoding="UTF-16"?>{content}')(_parts())
    assert rows_of(opened(_written(tmp_path, parts, "utf-16"))) == {2: ["C1", "2023-03-15"]}


def test_without_styles_numbers_are_general(tmp_path: Path) -> None:
    parts = {name: content for name, content in _parts().items() if name != "xl/styles.xml"}
    assert rows_of(opened(_written(tmp_path, parts))) == {2: ["C1", "45000"]}


def test_texts_of_a_part_that_is_missing_are_told(tmp_path: Path) -> None:
    parts = {name: content for name, content in _parts().items() if name != "xl/sharedStrings.xml"}
    [chunk] = opened(_written(tmp_path, parts)).chunks(9)
    assert [problem.code for problem in chunk.problems] == ["invalid-cell"]


@pytest.mark.parametrize("missing", [_SHEET, "xl/_rels/workbook.xml.rels"])
def test_a_sheet_whose_part_is_missing_is_told(tmp_path: Path, missing: str) -> None:
    parts = {name: content for name, content in _parts().items() if name != missing}
    with pytest.raises(SourceError, match="the cells of sheet 'Raw' are missing"):
        opened(_written(tmp_path, parts))


@pytest.mark.parametrize(
    ("date_1904", "day"), [("1", "2027-03-16"), ("true", "2027-03-16"), ("0", "2023-03-15"), ("false", "2023-03-15")]
)
def test_the_date_system_that_the_workbook_states(tmp_path: Path, date_1904: str, day: str) -> None:
    properties = f'<workbookPr date1904="{date_1904}"/>'
    parts = workbook_parts(_ROWS, strings=_STRINGS, formats=["d/m/yyyy"], properties=properties)
    assert rows_of(opened(_written(tmp_path, parts))) == {2: ["C1", day]}


@pytest.mark.parametrize(
    ("number", "raw", "shown"),
    [
        pytest.param(14, "45000", "2023-03-15", id="date"),
        pytest.param(22, "45000.5", "2023-03-15T12:00:00", id="date and time"),
        pytest.param(20, "0.75", "18:00:00", id="time"),
        pytest.param(45, "0.75", "18:00:00", id="minutes and seconds"),
        pytest.param(46, "1.5", "36:00:00", id="elapsed"),
        pytest.param(30, "45000", "2023-03-15", id="East Asian date"),
        pytest.param(33, "0.75", "18:00:00", id="East Asian time"),
        pytest.param(56, "45000", "2023-03-15", id="date where others have a time"),
        pytest.param(9, "0.25", "25%", id="percent"),
        pytest.param(5, "-12", "($12)", id="currency"),
        pytest.param(44, "-1234.5", " $(1,234.50)", id="accounting"),
        pytest.param(49, "12", "12", id="text"),
        pytest.param(69, "0.5", " 1/2", id="Thai fraction"),
        pytest.param(163, "12", "12", id="unknown"),
    ],
)
def test_formats_named_by_number_alone(tmp_path: Path, number: int, raw: str, shown: str) -> None:
    rows = f"{_ROWS.partition('<v>45000')[0]}<v>{raw}</v></c></row>"
    parts = workbook_parts(rows, strings=_STRINGS, formats=[""])
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace('<xf numFmtId="200"/>', f'<xf numFmtId="{number}"/>')
    assert rows_of(opened(_written(tmp_path, parts))) == {2: ["C1", shown]}


def test_texts_that_are_no_utf_8_are_damage(tmp_path: Path) -> None:
    parts = {**_parts(), "xl/sharedStrings.xml": _parts()["xl/sharedStrings.xml"].replace("C1", "\udcff")}
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match="is a damaged workbook"):
        rows_of(opened(path))


@pytest.mark.parametrize("code", ["0" * 5_000_000, "0." + "0" * 900 + "%", "%" * 1000 + "0", "#" * 1000 + ",,,"])
def test_formats_that_excel_would_not_take_do_no_harm(tmp_path: Path, code: str) -> None:
    parts = workbook_parts(_ROWS, strings=_STRINGS, formats=[code])
    [[_, shown]] = rows_of(opened(_written(tmp_path, parts))).values()
    assert len(shown) < 5_000
