"""Source files for the tests: text in any encoding, workbooks by openpyxl, and workbooks of hand-made XML."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.model import CellProblem, Source
from sync.source import SourceSpec, open_source

ID_AND_EMAIL = (("Candidate ID",), ("E-mail", "Email"))

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text_file(folder: Path, text: str, name: str = "people.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook_file(folder: Path, *fill: Callable[[Worksheet], object], names: Sequence[str] = ()) -> Path:
    """A workbook with one sheet for each function that fills one."""
    book = Workbook()
    for place, fill_sheet in enumerate(fill):
        sheet = book.active if place == 0 else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title = names[place] if names else f"Sheet{place + 1}"
        fill_sheet(sheet)
    path = folder / "people.xlsx"
    book.save(path)
    return path


def with_rows(*rows: list[Any] | tuple[Any, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def raw_workbook(
    folder: Path, rows: str, *, strings: str = "", formats: Sequence[str] = (), properties: str = ""
) -> Path:
    """A workbook of one sheet with these `<row>`s; style 0 is General, the next ones have `formats`."""
    path = folder / "raw.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in workbook_parts(rows, strings=strings, formats=formats, properties=properties).items():
            archive.writestr(name, content)
    return path


def workbook_parts(
    rows: str, *, strings: str = "", formats: Sequence[str] = (), properties: str = ""
) -> dict[str, str]:
    """The parts of such a workbook, by name."""
    declared = "".join(f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(formats)))
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>'
        '<sheet name="Raw" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "/xl/sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><dimension ref="A1"/><sheetData>{rows}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": strings if strings.startswith("<!") else f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{declared}</numFmts><cellXfs><xf numFmtId="0"/>{styles}'
        "</cellXfs></styleSheet>",
    }


def _relations(*relations: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'


def opened(path: Path, wanted: Sequence[tuple[str, ...]] = (), **spec: Any) -> Source:
    return open_source(path, SourceSpec(**spec), wanted)


def rows_of(source: Source, size: int = 2) -> dict[int, list[str]]:
    """All rows by their number; the small chunks make every test cross a border."""
    return {
        int(number): cells
        for chunk in source.chunks(size)
        for number, cells in zip(chunk.frame.index, chunk.frame.to_numpy().tolist(), strict=True)
    }


def problems_of(source: Source) -> list[CellProblem]:
    return [problem for chunk in source.chunks(2) for problem in chunk.problems]
