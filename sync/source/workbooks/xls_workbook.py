"""What an .xls says beyond its sheets: their names and states, number formats, shared texts, the date system."""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field
from pathlib import Path

from sync.errors import SourceError
from sync.source.workbooks.built_in_formats import BUILT_IN, GENERAL, own_format
from sync.source.workbooks.reader import Sheet
from sync.source.workbooks.xls_records import Continued, Record, records

BOF, EOF = 0x0809, 0x000A
_FILEPASS, _CODEPAGE, _DATEMODE, _BOUNDSHEET = 0x002F, 0x0042, 0x0022, 0x0085
_FORMAT, _XF, _SST, _RECALCID = 0x041E, 0x00E0, 0x00FC, 0x01C1
_BIFF5, _BIFF8 = 0x0500, 0x0600
_CELLS = 0

_CODE_PAGES = {367: "ascii", 1200: "utf-16-le", 10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}
"""Code pages that Python knows by another name than their number."""


@dataclass(slots=True)
class Workbook:
    """`starts`: by sheet, where its records begin; None for a chart or a macro sheet, which have no rows.

    `formats`: number format by cell style. `strings`: the shared texts, by their index. `wide`: texts are of BIFF8's
    form, else bytes in `codec`. `recalculated`: the program that saved it says which engine computed the formulas.
    """

    wide: bool
    codec: str = "cp1252"
    date_1904: bool = False
    recalculated: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    starts: list[int | None] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)


def read_workbook(path: Path, stream: bytes) -> Workbook:
    """Read everything that cells refer to.

    Raises SourceError when there is a password, no sheet, or a version before Excel 5; ValueError, IndexError and
    struct.error on damage.
    """
    own = records(stream)
    first = next(own, Record(0, 0, 0))
    version = int.from_bytes(stream[first.at : first.at + 2], "little")
    if first.type != BOF or version not in {_BIFF5, _BIFF8}:
        raise ValueError("its first record is not a workbook's")
    workbook = Workbook(wide=version == _BIFF8)
    styles: list[int] = []
    codes = dict(BUILT_IN)
    for record in own:
        if record.type == EOF:
            break
        if record.type == _FILEPASS:
            raise SourceError(path, "is protected by a password: open it in Excel and save it without the password")
        if record.type == _XF:
            styles.append(_word(stream, record.at + 2))
        elif record.type == _FORMAT:
            codes[_word(stream, record.at)] = own_format(_text(workbook, stream, record, at=2))
        else:
            _take(workbook, stream, record)
    else:
        raise ValueError("it ends too early")
    if not workbook.sheets:
        raise SourceError(path, "has no sheets: give a .csv file or an .xlsx workbook")
    workbook.formats = [codes.get(style, GENERAL) for style in styles]
    return workbook


def _take(workbook: Workbook, stream: bytes, record: Record) -> None:
    """Note what one record says."""
    if record.type == _CODEPAGE:
        workbook.codec = _codec(_word(stream, record.at))
    elif record.type == _DATEMODE:
        workbook.date_1904 = _word(stream, record.at) == 1
    elif record.type == _RECALCID:
        workbook.recalculated = True
    elif record.type == _BOUNDSHEET:
        start, state, kind = struct.unpack_from("<LBB", stream, record.at)
        workbook.sheets.append(Sheet(_text(workbook, stream, record, at=6, length_bytes=1), visible=state & 3 == 0))
        workbook.starts.append(start if kind == _CELLS else None)
    elif record.type == _SST:
        workbook.strings = _strings(stream, record)


def _strings(stream: bytes, record: Record) -> list[str]:
    """As many texts as the table holds: the count that it states is wrong in some files."""
    table = Continued(stream, record.at, record.length)
    table.take(8)
    strings: list[str] = []
    while not table.ended:
        strings.append(table.text())
    return strings


def _text(workbook: Workbook, stream: bytes, record: Record, *, at: int, length_bytes: int = 2) -> str:
    """A name or a format; before BIFF8 its length is of one byte."""
    if workbook.wide:
        data = Continued(stream, record.at, record.length)
        data.take(at)
        return data.text(length_bytes)
    start = record.at + at + 1
    return stream[start : start + stream[start - 1]].decode(workbook.codec, "replace")


def _word(stream: bytes, at: int) -> int:
    return int.from_bytes(stream[at : at + 2], "little")


def _codec(code_page: int) -> str:
    try:
        return codecs.lookup(_CODE_PAGES.get(code_page, f"cp{code_page}")).name
    except LookupError:
        return "cp1252"
