"""The cells of an .ods as text: typed values in this product's form, formatted ones as the file shows them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache, partial

from sync.source.workbooks import ods_names as ods
from sync.source.workbooks.faults import error_value, never_computed
from sync.source.workbooks.number_text import CellFault, iso_date, number_text
from sync.source.workbooks.ods_styles import Styles
from sync.source.workbooks.ods_text import shown_text
from sync.source.workbooks.xml_events import Element

_REMEMBERED_NUMBERS = 1 << 16
_ERROR = re.compile(r"Err:\d{3}|#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!)")
_LIKE_AN_ERROR = frozenset("#E")
_SPAN = re.compile(r"P(?:(\d{1,6})D)?T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8}(?:[.,]\d+)?)S)?")
_NUMBERS = frozenset({"float", "percentage", "currency"})
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}
"""LibreOffice stores what a logical formula gives as a number, and shows a word of its language."""
_DAY = 86_400

StyleOf = Callable[[Element, int], str]
CellText = Callable[[Element, "str | None", int], str]


def cell_text(styles: Styles, style_of: StyleOf) -> CellText:
    """The function that turns a cell of this value type and 0-based column into text, or raises CellFault.

    `style_of`: tells the name of the cell's style.
    """
    general = lru_cache(_REMEMBERED_NUMBERS)(partial(number_text, number_format="General", date_1904=False))

    def text_of(cell: Element, kind: str | None, column: int) -> str:
        if kind == "string" or kind is None:
            return _text(cell, kind)
        if kind in _NUMBERS:
            _refuse_failed(cell)
            # A number of too many digits is a fault in any format.
            plain = general(cell.get(ods.VALUE, ""))
            if kind != "float" or not styles.is_general(style_of(cell, column)):
                return _shown(cell, plain)
            is_logical = plain in _BOOLEANS and cell.get(ods.FORMULA) is not None and (shown_text(cell) or "").isalpha()
            return _BOOLEANS[plain] if is_logical else plain
        if kind == "date":
            return _date(cell.get(ods.DATE_VALUE, ""))
        if kind == "time":
            clock = None if styles.is_span(style_of(cell, column)) else _clock(cell.get(ods.TIME_VALUE, ""))
            return clock or _shown(cell, cell.get(ods.TIME_VALUE, ""))
        if kind == "boolean":
            return "TRUE" if cell.get(ods.BOOLEAN_VALUE) == "true" else "FALSE"
        return _shown(cell, kind)

    return text_of


def _text(cell: Element, kind: str | None) -> str:
    text = shown_text(cell)
    if not text and kind is None and (formula := cell.get(ods.FORMULA)) is not None:
        raise never_computed(formula.partition(":")[2] or formula)
    if cell.get(ods.ERROR_TYPE) == "error":
        raise error_value(text or "error")
    if text is None:
        return cell.get(ods.STRING_VALUE, "")
    if text[:1] in _LIKE_AN_ERROR:
        _refuse_failed(cell, text)
    return text


def _refuse_failed(cell: Element, text: str | None = None) -> None:
    """Raise CellFault for a formula that went wrong, which some programs store as a text or as the number 0."""
    if cell.get(ods.FORMULA) is not None:
        text = text or shown_text(cell) or ""
        if _ERROR.fullmatch(text):
            raise error_value(text)


def _shown(cell: Element, stored: str) -> str:
    text = shown_text(cell)
    if text is None:
        raise CellFault(
            "invalid-cell",
            stored,
            f"the file does not say how {stored!r} is shown: open it in a spreadsheet program and save it",
        )
    return text


def _date(raw: str) -> str:
    if "." in raw:
        try:
            raw = (datetime.fromisoformat(raw) + timedelta(seconds=0.5)).isoformat(timespec="seconds")
        except (ValueError, OverflowError):
            return iso_date("")
    return iso_date(raw)


def _clock(raw: str) -> str | None:
    """A span of less than a day as a time; None for others."""
    found = _SPAN.fullmatch(raw)
    if found is None:
        return None
    days, hours, minutes, seconds = (float((group or "0").replace(",", ".")) for group in found.groups())
    total = round(days * _DAY + hours * 3600 + minutes * 60 + seconds)
    return (datetime.min + timedelta(seconds=total)).strftime("%H:%M:%S") if total < _DAY else None
