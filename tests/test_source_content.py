"""What a file is: by content, not by ending; what is no table is refused by what it really is, with advice."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]

from sync.errors import SourceError
from tests.legacy_files import ole2_file, xls_file
from tests.source_files import opened, rows_of, text_file, with_rows, workbook_file

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_SPREADSHEET_2003 = b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>'
_HTML = "<html><table><tr>"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.csv", b"", "is empty", id="no bytes"),
        pytest.param("a.csv", b"\xef\xbb\xbf \r\n\n\t\n", "is empty", id="blank lines"),
        pytest.param("a.csv", b"%PDF-1.7", "a PDF document", id="pdf"),
        pytest.param("a.xlsx", b"\x89PNG\r\n\x1a\n", "a PNG picture", id="png"),
        pytest.param("a.xlsx", b"\xff\xd8\xff\xe0", "a JPEG picture", id="jpeg"),
        pytest.param("a.csv", gzip.compress(b"a,b"), "a gzip archive.*unpack", id="gzip"),
        pytest.param("a.xls", _HTML.encode(), "a web page.*save it as .xlsx", id="html as xls"),
        pytest.param("a.xls", _HTML.upper().encode("utf-16"), "a web page.*save it as .xlsx", id="html in utf-16"),
        pytest.param("a.xls", b"\n<!-- x --><table>", "a web page", id="table alone"),
        pytest.param("a.xls", b'<?xml version="1.0"?><!DOCTYPE html>', "a web page", id="xhtml"),
        pytest.param("a.xls", _SPREADSHEET_2003, "an XML spreadsheet.*save it as .xlsx", id="xml as xls"),
        pytest.param("a.ods", b"<?xml version='1.0'?><office:document a='b'>", "a flat OpenDocument", id="fods"),
        pytest.param("a.csv", b"<?xml version='1.0'?><feed>", "an XML document", id="xml"),
        pytest.param("a.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related;", "web archive", id="mhtml"),
        pytest.param("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "Excel 4 or older.*save it as", id="excel 4"),
        pytest.param("a.xls", _OLE2, "damaged workbook or document", id="damaged ole2"),
        pytest.param("a.csv", b"PAR1\x15\x00", "a Parquet file.*export", id="parquet"),
        pytest.param("a.csv", b"SQLite format 3\x00", "an SQLite database.*export", id="sqlite"),
        pytest.param("a.xlsx", b"\x00\x01\x00\x00Standard ACE DB\x00", "an Access database.*export", id="access"),
        pytest.param("a.csv", b"ID;PWXL;N;E", "a SYLK file.*save it as", id="sylk"),
        pytest.param("a.xlsx", b"PK\x03\x04 and no more", "a damaged workbook or zip", id="cut zip"),
        pytest.param("a.csv", b"a,b\n1,\x002\n", "NUL byte at byte 6", id="nul"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        opened(path)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        pytest.param("people.csv", "a zip archive, not a workbook: unpack", id="zip"),
        pytest.param("word/document.xml", "a Word or PowerPoint", id="docx"),
        pytest.param("Index/Tables/Data.iwa", "a Numbers.*export it to Excel", id="numbers"),
        pytest.param("xl/workbook.bin", "damaged workbook", id="xlsb without the rest"),
    ],
)
def test_other_zips_are_refused(tmp_path: Path, part: str, message: str) -> None:
    path = _zip(tmp_path, {part: "text"})
    with pytest.raises(SourceError, match=message):
        opened(path)


@pytest.mark.parametrize(
    ("kind", "manifest", "message"),
    [
        pytest.param("text", "", "but no spreadsheet", id="odt"),
        pytest.param("spreadsheet", "<manifest:encryption-data/>", "save it without the password", id="encrypted"),
        pytest.param("spreadsheet", "", "damaged workbook", id="damaged"),
    ],
)
def test_open_documents_that_cannot_be_read(tmp_path: Path, kind: str, manifest: str, message: str) -> None:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    path = _zip(tmp_path, {"mimetype": mimetype, "content.xml": "text", "META-INF/manifest.xml": manifest})
    with pytest.raises(SourceError, match=message):
        opened(path)


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        pytest.param("EncryptedPackage", "by a password: open it in Excel and save it without", id="password"),
        pytest.param("WordDocument", "an old Word document", id="doc"),
        pytest.param("PowerPoint Document", "an old PowerPoint document", id="ppt"),
        pytest.param("__properties_version1.0", "an Outlook message.*attachment", id="msg"),
        pytest.param("Contents", "another program, not a workbook", id="other"),
    ],
)
def test_other_ole2_files_are_refused(tmp_path: Path, stream: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        opened(ole2_file(tmp_path, "people.xlsx", stream))


def _zip(folder: Path, parts: dict[str, str]) -> Path:
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _text(folder: Path) -> Path:
    return text_file(folder, "ID\tName\n1\tAnn\n")


def _xlsx(folder: Path) -> Path:
    return workbook_file(folder, with_rows(["ID", "Name"], ["1", "Ann"]))


def _xls(folder: Path) -> Path:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("People")
        for row, cells in enumerate([["ID", "Name"], ["1", "Ann"]]):
            for column, text in enumerate(cells):
                sheet.write(row, column, text)

    return xls_file(folder, fill)


@pytest.mark.parametrize(
    ("make", "ending", "found"),
    [
        pytest.param(_text, ".xls", "plain text", id="text as xls"),
        pytest.param(_text, ".xlsx", "plain text", id="text as xlsx"),
        pytest.param(_xlsx, ".csv", "an .xlsx workbook", id="xlsx as csv"),
        pytest.param(_xlsx, ".xls", "an .xlsx workbook", id="xlsx as xls"),
        pytest.param(_xls, ".xlsx", "an .xls workbook", id="xls as xlsx"),
        pytest.param(_xls, ".txt", "an .xls workbook", id="xls as txt"),
    ],
)
def test_a_wrong_ending_is_read_and_noted(
    tmp_path: Path, make: Callable[[Path], Path], ending: str, found: str
) -> None:
    path = make(tmp_path)
    source = opened(path.rename(path.with_suffix(ending)))
    assert source.notes[0] == f"its ending says {ending}, but it is {found}, and was read as that"
    assert rows_of(source) == {2: ["1", "Ann"]}


@pytest.mark.parametrize("ending", [".xlsm", ".XLSX", "", ".2026-05-01"])
def test_other_endings_of_the_format_are_not_noted(tmp_path: Path, ending: str) -> None:
    assert opened(_xlsx(tmp_path).rename(tmp_path / f"people{ending}")).notes == ()


def test_without_an_ending_the_content_decides(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, with_rows(["ID"])).rename(tmp_path / "people")
    assert opened(path).kind == "xlsx"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        opened(tmp_path / "none.csv")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory"):
        opened(tmp_path)
