"""What cells of binary workbooks (.xls, .xlsb) have in common: packed numbers, error codes, number formats."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import lru_cache

from sync.source.workbooks.built_in_formats import GENERAL
from sync.source.workbooks.faults import error_value
from sync.source.workbooks.formatted import formatted_text, has_text_section
from sync.source.workbooks.number_text import CellFault, number_text

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""[MS-XLS] 2.5.10 and [MS-XLSB] 2.5.97.2 (BErr)."""

_REMEMBERED_NUMBERS = 1 << 16
_DOUBLE = struct.Struct("<d")

NumberText = Callable[[float, int], "str | CellFault"]
TextShown = Callable[[str, int], str]


def error_cell(code: int) -> CellFault:
    """The fault of a cell with this error."""
    return error_value(_ERRORS.get(code, f"error {code}"))


def packed_number(packed: int) -> float:
    """The value of an RkNumber ([MS-XLS] 2.5.217): 30 bits of an integer or a double, perhaps in hundredths."""
    if packed & 2:
        value = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        [value] = _DOUBLE.unpack(bytes(4) + (packed & 0xFFFFFFFC).to_bytes(4, "little"))
    return value / 100 if packed & 1 else value


def number_texts(formats: Sequence[str], *, date_1904: bool) -> NumberText:
    """The function that shows a number in the format of a style, by its place in `formats`; faults are returned."""

    @lru_cache(_REMEMBERED_NUMBERS)
    def shown(value: float, style: int) -> str | CellFault:
        number_format = formats[style] if style < len(formats) else GENERAL
        try:
            return number_text(repr(value).removesuffix(".0"), number_format, date_1904=date_1904)
        except CellFault as fault:
            # Its traceback would keep whoever reads the file, and so the file, from being closed.
            return fault.with_traceback(None)

    return shown


def texts_as_shown(formats: Sequence[str]) -> TextShown:
    """The function that shows a text in the format of a style: few formats have a section for texts."""
    own_way = {style: number_format for style, number_format in enumerate(formats) if has_text_section(number_format)}

    def shown(text: str, style: int) -> str:
        return formatted_text(text, own_way[style]) if style in own_way else text

    return shown
