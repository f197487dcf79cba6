"""What a file really is, by its bytes and not by its name."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import olefile  # type: ignore[import-untyped]

from sync.errors import SourceError
from sync.source.foreign import SAVE_AS, UNPACK, refuse_foreign
from sync.source.local_file import reading

WorkbookFormat = Literal["xlsx", "xls", "xlsb", "ods"]
Content = Literal["text", WorkbookFormat]

_HEAD = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LOOKED_AT = 1 << 20
_ENDINGS: dict[Content, frozenset[str]] = {
    "text": frozenset({".csv", ".tsv", ".tab", ".txt"}),
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "xls": frozenset({".xls", ".xlt"}),
    "xlsb": frozenset({".xlsb"}),
    "ods": frozenset({".ods", ".ots"}),
}
_OTHER_ENDINGS = frozenset({".numbers", ".pdf", ".doc", ".docx", ".odt", ".html", ".htm", ".xml", ".mdb", ".accdb"})
_KNOWN_ENDINGS = _OTHER_ENDINGS.union(*_ENDINGS.values())

_PROTECTED = "is protected by a password: open it in Excel and save it without the password"
_OFFICE = "is a Word or PowerPoint document: give a .csv or .xlsx file"
_BOFS = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")
"""How the records of Excel 97 and of Excel 5 begin where no OLE2 file holds them."""
_OLDEST = (b"\x09\x00\x04\x00", b"\x09\x00\x06\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_OLE2_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", _PROTECTED),
    ("WordDocument", "is an old Word document (.doc): give a .csv or .xlsx file"),
    ("PowerPoint Document", "is an old PowerPoint document (.ppt): give a .csv or .xlsx file"),
    ("__properties_version1.0", "is an Outlook message (.msg): save its attachment and give that file"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def may_be_workbook(path: Path) -> bool:
    """Whether the first bytes are those of what holds workbooks; a look at more of it is not for this process."""
    return _head(path).startswith((*_ZIP, olefile.MAGIC, *_BOFS))


def content_of(path: Path) -> Content:
    """Whether the file is delimited text or a workbook, and of which format, whatever its ending says.

    Raises SourceError, which says what the file is instead and what to do.
    """
    head = _head(path)
    if head.startswith(_ZIP):
        return _zip_content(path)
    if head.startswith(olefile.MAGIC):
        return _ole2_content(path)
    if head.startswith(_BOFS):
        return "xls"
    if head.startswith(_OLDEST):
        raise SourceError(path, f"is a workbook of Excel 4 or older: {SAVE_AS}")
    refuse_foreign(path, head)
    return "text"


def _head(path: Path) -> bytes:
    with reading(path), path.open("rb") as file:
        return file.read(_HEAD)


def ending_note(path: Path, content: Content) -> str | None:
    """What to tell the user when the file's ending says otherwise than its content."""
    ending = path.suffix.lower()
    if ending not in _KNOWN_ENDINGS or ending in _ENDINGS[content]:
        return None
    found = "plain text" if content == "text" else f"an .{content} workbook"
    return f"its ending says {ending}, but it is {found}, and was read as that"


def _zip_content(path: Path) -> Content:
    try:
        with reading(path), zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            return _of_parts(path, set(names), lambda name: _beginning(archive, names[name]))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise SourceError(path, "is a damaged workbook or zip archive: get the file again") from error


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    """As much of a part as tells what is looked for; the whole may be of any size."""
    with archive.open(name) as part:
        return part.read(_LOOKED_AT)


def _of_parts(path: Path, names: set[str], part: Callable[[str], bytes]) -> Content:
    folders = {posixpath.dirname(name) for name in names}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "word" in folders or "ppt" in folders:
        raise SourceError(path, _OFFICE)
    if "[content_types].xml" in names:
        return "xlsx"
    if "content.xml" in names and names & {"mimetype", "meta-inf/manifest.xml"}:
        _refuse_open_document(path, names, part)
        return "ods"
    if any(name.endswith(".iwa") or name == "index.zip" for name in names):
        raise SourceError(path, "is a Numbers, Pages or Keynote document: open it in Numbers and export it to Excel")
    raise SourceError(path, f"is a zip archive, not a workbook: {UNPACK}")


def _refuse_open_document(path: Path, names: set[str], part: Callable[[str], bytes]) -> None:
    """Raise SourceError when it is no spreadsheet, or encrypted."""
    kind = part("mimetype").decode("ascii", "replace").strip() if "mimetype" in names else ""
    if kind.startswith(_OPEN_DOCUMENT) and not kind.startswith(f"{_OPEN_DOCUMENT}spreadsheet"):
        raise SourceError(path, "is an OpenDocument file, but no spreadsheet (.ods): give a .csv or .xlsx file")
    if "meta-inf/manifest.xml" in names and b"encryption-data" in part("meta-inf/manifest.xml"):
        raise SourceError(path, "is protected by a password: open it in LibreOffice and save it without the password")


def _ole2_content(path: Path) -> Content:
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if ole.exists("Workbook") or ole.exists("Book"):
                return "xls"
            for stream, reason in _OLE2_STREAMS:
                if ole.exists(stream):
                    raise SourceError(path, reason)
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise SourceError(
            path, "is a damaged workbook or document (not a whole OLE2 file): get the file again"
        ) from error
    raise SourceError(
        path, "is a document of Microsoft Office or another program, not a workbook: give a .csv or .xlsx file"
    )
