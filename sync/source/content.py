"""What a file really is, by its bytes and not by its name."""

from __future__ import annotations

import mmap
import posixpath
import zipfile
from pathlib import Path
from typing import Literal

from sync.errors import SourceError
from sync.source.local_file import reading

Content = Literal["text", "workbook"]

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_OTHER_ENDINGS = frozenset({".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".zip", ".gz", ".doc", ".docx"})

_SAVE_AS = "open it in a spreadsheet program and save it as .xlsx or .csv"
_UNPACK = "unpack it and give the .csv or .xlsx file inside"
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "ask for the table as .xlsx or .csv"),
    (b"\x89PNG\r\n", "a PNG picture", "ask for the table as .xlsx or .csv"),
    (b"\xff\xd8\xff", "a JPEG picture", "ask for the table as .xlsx or .csv"),
    (b"GIF8", "a GIF picture", "ask for the table as .xlsx or .csv"),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "export the table as .csv"),
    (b"PAR1", "a Parquet file", "export the table as .csv"),
    (b"{\\rtf", "a rich-text document", "ask for the table as .xlsx or .csv"),
)
_MARKUP = ((b"<?xml", "an XML document"), (b"<!doctype html", "a web page (HTML)"), (b"<html", "a web page (HTML)"))
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def content_of(path: Path) -> Content:
    """Whether the file is delimited text or an .xlsx workbook.

    Raises SourceError, which says what the file is instead and what to do, and when its ending says otherwise.
    """
    with reading(path), path.open("rb") as file:
        head = file.read(512)
    content: Content = "text"
    if head.startswith(_ZIP):
        content = _zip_content(path)
    elif head.startswith(_OLE2):
        raise SourceError(path, _ole2_reason(path))
    else:
        _refuse_foreign(path, head)
    _refuse_other_ending(path, content)
    return content


def _refuse_foreign(path: Path, head: bytes) -> None:
    for magic, name, advice in _FOREIGN:
        if head.startswith(magic):
            raise SourceError(path, f"is {name}, not a table: {advice}")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for start, name in _MARKUP:
        if text.startswith(start):
            raise SourceError(path, f"is {name}, whatever its ending says: {_SAVE_AS}")


def _zip_content(path: Path) -> Content:
    try:
        with reading(path), zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SourceError(path, f"is a damaged workbook or zip archive ({error}): get the file again") from error
    folders = {posixpath.dirname(name) for name in names}
    if "xl/workbook.bin" in names:
        raise SourceError(path, "is a binary workbook (.xlsb): open it in Excel and save it as .xlsx")
    if "word" in folders or "ppt" in folders:
        raise SourceError(path, "is a Word or PowerPoint document: give a .csv or .xlsx file")
    if "[content_types].xml" in names:
        return "workbook"
    if "mimetype" in names and "content.xml" in names:
        raise SourceError(path, f"is an OpenDocument file (.ods): {_SAVE_AS}")
    raise SourceError(path, f"is a zip archive, not a workbook: {_UNPACK}")


def _ole2_reason(path: Path) -> str:
    with reading(path), path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return "is protected by a password: open it in Excel and save it without the password"
        if data.find("WordDocument".encode("utf-16-le")) >= 0:
            return "is an old Word document (.doc): give a .csv or .xlsx file"
    return "is an old workbook (.xls): open it in Excel and save it as .xlsx"


def _refuse_other_ending(path: Path, content: Content) -> None:
    ending = path.suffix.lower()
    if content == "workbook" and ending in _TEXT_ENDINGS | _OTHER_ENDINGS:
        raise SourceError(path, f"is an .xlsx workbook, though its ending says {ending}: rename it to .xlsx")
    if content == "text" and ending in _WORKBOOK_ENDINGS | _OTHER_ENDINGS:
        raise SourceError(path, f"is not what its ending says ({ending}): it is plain text; rename it to .csv")
