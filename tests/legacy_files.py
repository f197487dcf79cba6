"""Workbooks other than .xlsx for the tests: .xls by xlwt or of hand-made records, .xlsb and .ods of hand-made parts."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import xlwt  # type: ignore[import-untyped]

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def xls_file(folder: Path, fill: Callable[[xlwt.Workbook], object]) -> Path:
    book = xlwt.Workbook()
    fill(book)
    path = folder / "people.xls"
    book.save(str(path))
    return path


def record(kind: int, *pieces: bytes) -> bytes:
    """A record of an .xls."""
    data = b"".join(pieces)
    return struct.pack("<HH", kind, len(data)) + data


def short_text(text: str, length: str = "<H") -> bytes:
    """A string of BIFF8 in one-byte characters."""
    return struct.pack(length, len(text)) + b"\0" + text.encode("latin-1")


def xls_cell(kind: int, row: int, column: int, *pieces: bytes, style: int = 0) -> bytes:
    """The record of a cell; row and column are 0-based."""
    return record(kind, struct.pack("<HHH", row, column, style), *pieces)


def raw_xls(folder: Path, *cells: bytes, in_globals: bytes = b"", version: int = 0x0600) -> Path:
    """An .xls of one sheet with these records; style 0 is General, style 1 is 000."""
    name = short_text("Raw", "<B") if version == 0x0600 else b"\3Raw"
    form = short_text("000") if version == 0x0600 else b"\x03000"
    begin = record(0x0809, struct.pack("<HHHHLL", version, 5, 0, 0, 0, 0)[: 16 if version == 0x0600 else 8])
    styles = record(0x041E, struct.pack("<H", 200), form) + b"".join(
        record(0x00E0, struct.pack("<HH", 0, code), bytes(16)) for code in (0, 200)
    )
    end = record(0x000A)

    def main(start: int) -> bytes:
        return begin + in_globals + record(0x0085, struct.pack("<LBB", start, 0, 0), name) + styles + end

    sheet = record(0x0809, struct.pack("<HH", version, 0x10), bytes(4)) + b"".join(cells) + end
    path = folder / "raw.xls"
    path.write_bytes(main(len(main(0))) + sheet)
    return path


def ole2_file(folder: Path, name: str, stream: str) -> Path:
    """An OLE2 file with one stream of that name."""
    path = xls_file(folder, lambda book: book.add_sheet("Sheet1"))

    def called(text: str) -> bytes:
        return text.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(text) + 2)

    content = path.read_bytes().replace(called("Workbook"), called(stream))
    path.unlink()
    (folder / name).write_bytes(content)
    return folder / name


def binary(kind: int, *pieces: bytes) -> bytes:
    """A record of an .xlsb."""
    data = b"".join(pieces)
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(data)
    while left >= 0x80:
        length += bytes([left & 0x7F | 0x80])
        left >>= 7
    return head + length + bytes([left]) + data


def wide(text: str) -> bytes:
    """A string of an .xlsb."""
    return struct.pack("<L", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def xlsb_row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """The record of a row, as the spreadsheet numbers it, and its cells."""
    return binary(0, struct.pack("<LLHBBBL", number - 1, 0, 300, 0, 0x10 * hidden, 0, 0)) + b"".join(cells)


def xlsb_cell(kind: int, column: int, *pieces: bytes, style: int = 0) -> bytes:
    return binary(kind, struct.pack("<LL", column, style), *pieces)


def xlsb_file(folder: Path, *sheets: bytes, states: Sequence[int] = (), date_1904: bool = False) -> Path:
    """An .xlsb with these rows on its sheets; the shared texts are Ann and Lee, style 1 is 000, style 2 a date."""
    named = [
        binary(156, struct.pack("<LL", states[i] if states else 0, i + 1), wide(f"rId{i + 1}"), wide(f"Sheet{i + 1}"))
        for i in range(len(sheets))
    ]
    texts = b"".join(binary(19, b"\0", wide(text)) for text in ("Ann", "Lee"))
    styles = b"".join(binary(47, struct.pack("<HH", 0, code), bytes(12)) for code in (0, 200, 14))
    relations = [(f"rId{i + 1}", "worksheet", f"worksheets/sheet{i + 1}.bin") for i in range(len(sheets))]
    parts: dict[str, bytes] = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": binary(153, struct.pack("<L", date_1904), bytes(8)) + b"".join(named),
        "xl/_rels/workbook.bin.rels": _relations(
            [*relations, ("rIdS", "styles", "styles.bin"), ("rIdT", "sharedStrings", "sharedStrings.bin")]
        ),
        "xl/styles.bin": binary(44, struct.pack("<H", 200), wide("000")) + binary(617) + styles + binary(618),
        "xl/sharedStrings.bin": texts,
    }
    for i, rows in enumerate(sheets):
        parts[f"xl/worksheets/sheet{i + 1}.bin"] = binary(145) + rows + binary(146)
    return _zipped(folder / "people.xlsb", parts)


def ods_file(folder: Path, *tables: str, styles: str = "", named: str = "", prolog: str = "") -> Path:
    """An .ods with these `<table:table>`s; `styles` are those of content.xml, `named` those of styles.xml."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
    content += "".join(tables) + "</office:spreadsheet></office:body>"
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": prolog.encode() + _document("content", content),
        "styles.xml": _document("styles", f"<office:styles>{named}</office:styles>"),
    }
    return _zipped(folder / "people.ods", parts)


def _document(kind: str, content: str) -> bytes:
    names = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    names += f' xmlns:number="{_OASIS}:datastyle:1.0"'
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    return f"<office:document-{kind} {names}>{content}</office:document-{kind}>".encode()


def _relations(relations: Sequence[tuple[str, str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="{id_}" Type="{_RELATION}/{kind}" Target="{to}"/>' for id_, kind, to in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{lines}</Relationships>'.encode()


def _zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
