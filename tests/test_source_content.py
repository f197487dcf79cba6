"""What is no table: each kind of file is refused by what it really is, with advice."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from sync.errors import SourceError
from tests.source_files import opened, with_rows, workbook_file

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.csv", b"", "is empty", id="no bytes"),
        pytest.param("a.csv", b"\xef\xbb\xbf \r\n\n\t\n", "is empty", id="blank lines"),
        pytest.param("a.csv", b"%PDF-1.7", "a PDF document", id="pdf"),
        pytest.param("a.xlsx", b"\x89PNG\r\n\x1a\n", "a PNG picture", id="png"),
        pytest.param("a.xlsx", b"\xff\xd8\xff\xe0", "a JPEG picture", id="jpeg"),
        pytest.param("a.csv", gzip.compress(b"a,b"), "a gzip archive.*unpack", id="gzip"),
        pytest.param("a.xls", b"<html><table><tr>", "a web page.*save it as .xlsx", id="html as xls"),
        pytest.param("a.xls", _OLE2, "an old workbook.*save it as .xlsx", id="xls"),
        pytest.param("a.xlsx", _OLE2 + "EncryptedPackage".encode("utf-16-le"), "without the password", id="encrypted"),
        pytest.param("a.xlsx", b"a,b\n1,2\n", "not what its ending says", id="text as xlsx"),
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
        pytest.param("xl/workbook.bin", "binary workbook", id="xlsb"),
    ],
)
def test_other_zips_are_refused(tmp_path: Path, part: str, message: str) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "text")
    with pytest.raises(SourceError, match=message):
        opened(path)


def test_a_workbook_named_csv_is_refused(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, with_rows(["ID"])).rename(tmp_path / "people.csv")
    with pytest.raises(SourceError, match=r"is an \.xlsx workbook, though its ending says \.csv"):
        opened(path)


def test_without_an_ending_the_content_decides(tmp_path: Path) -> None:
    path = workbook_file(tmp_path, with_rows(["ID"])).rename(tmp_path / "people")
    assert opened(path).kind == "xlsx"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        opened(tmp_path / "none.csv")


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is a directory"):
        opened(tmp_path)
