"""The text of a stored cell, by its kind (the `t` of a `c` element) and its number format."""

from __future__ import annotations

from collections.abc import Callable

from sync.source.workbooks.built_in_formats import GENERAL
from sync.source.workbooks.faults import error_value
from sync.source.workbooks.formatted import formatted_text, has_text_section
from sync.source.workbooks.number_text import iso_date, shown_in
from sync.source.workbooks.shared_texts import unescaped
from sync.source.workbooks.xlsx_words import TRUE
from sync.source.workbooks.xlsx_workbook import Workbook

_TEXT_KINDS = frozenset({"s", "str", "inlineStr"})

CellText = Callable[[str], str]
"""The text of a cell by its stored value, which is not empty. Raises CellFault."""


class CellKinds:
    """The functions that turn stored values of one workbook into text."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[tuple[str, str], CellText] = {}

    def text_of(self, style: str, kind: str) -> CellText:
        """The function for cells of this style (its number; unknown ones are General) and kind."""
        known = self._known.get((style, kind))
        if known is None:
            known = self._known[style, kind] = self._made(style, kind)
        return known

    def as_shown(self, style: str, text: str) -> str:
        """The text in the format of this style."""
        return formatted_text(text, self._format(style))

    def _made(self, style: str, kind: str) -> CellText:
        number_format = self._format(style)
        if kind == "n":
            return shown_in(number_format, date_1904=self._workbook.date_1904)
        plain = self._workbook.strings.text if kind == "s" else _OTHER.get(kind, unescaped)
        if kind in _TEXT_KINDS and has_text_section(number_format):
            return lambda value: formatted_text(plain(value), number_format)
        return plain

    def _format(self, style: str) -> str:
        formats = self._workbook.formats
        place = int(style) if style.isdecimal() else 0
        return formats[place] if place < len(formats) else GENERAL


def _boolean(value: str) -> str:
    return "TRUE" if value in TRUE else "FALSE"


def _error(value: str) -> str:
    raise error_value(value)


_OTHER: dict[str, CellText] = {"b": _boolean, "e": _error, "d": iso_date}
"""By kind; all others hold their text themselves."""
