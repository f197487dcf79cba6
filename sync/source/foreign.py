"""Files that hold no table, or none that can be read, told by how they begin; each with what to do."""

from __future__ import annotations

import re
from pathlib import Path

from sync.errors import SourceError

SAVE_AS = "open it in a spreadsheet program and save it as .xlsx or .csv"
UNPACK = "unpack it and give the .csv or .xlsx file inside"
_ASK = "ask for the table as .xlsx or .csv"
_EXPORT = "export the table as .csv"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", _ASK),
    (b"\x89PNG\r\n", "a PNG picture", _ASK),
    (b"\xff\xd8\xff", "a JPEG picture", _ASK),
    (b"GIF8", "a GIF picture", _ASK),
    (b"II*\x00", "a TIFF picture", _ASK),
    (b"MM\x00*", "a TIFF picture", _ASK),
    (b"{\\rtf", "a rich-text document", _ASK),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", _EXPORT),
    (b"\x00\x01\x00\x00Standard Jet DB", "an Access database", _EXPORT),
    (b"\x00\x01\x00\x00Standard ACE DB", "an Access database", _EXPORT),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ARROW1\x00\x00", "an Arrow file", _EXPORT),
    (b"Obj\x01", "an Avro file", _EXPORT),
    (b"$FL2@(#)", "an SPSS file", _EXPORT),
    (b"<stata_dta>", "a Stata file", _EXPORT),
    (b"ID;PWXL", "a SYLK file", SAVE_AS),
    (b"ID;PCALCOOO", "a SYLK file", SAVE_AS),
    (b"TABLE\r\n0,1\r\n", "a DIF file", SAVE_AS),
)
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<\?xml.*<\?mso-application[^>]*excel|<\?xml.*<(\w+:)?workbook\b", re.DOTALL), "an XML spreadsheet"),
    (re.compile(r"<\?xml.*<office:document\b", re.DOTALL), "a flat OpenDocument file"),
    (
        re.compile(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|meta|body|table|style)\b", re.DOTALL),
        "a web page (HTML)",
    ),
    (re.compile(r"<\?xml"), "an XML document"),
    (re.compile(r"mime-version:.*content-type:\s*multipart/related", re.DOTALL), "a web archive (MHTML)"),
)


def refuse_foreign(path: Path, head: bytes) -> None:
    """Raise SourceError when the file's first bytes are those of one of these kinds."""
    for beginning, name, advice in _BEGINNINGS:
        if head.startswith(beginning):
            raise SourceError(path, f"is {name}, not a table: {advice}")
    text = _markup(head)
    for pattern, name in _MARKUP:
        if pattern.match(text):
            raise SourceError(path, f"is {name}, whatever its ending says: {SAVE_AS}")


def _markup(head: bytes) -> str:
    """The beginning in lower case, without what may stand before markup."""
    codec = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return head.decode(codec, "replace").lstrip().lower()
