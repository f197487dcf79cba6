"""The text that a cell of an .ods shows: its paragraphs, without what is attached to them."""

from __future__ import annotations

import re

from sync.source.workbooks import ods_names as ods
from sync.source.workbooks.xml_events import Element

_BLANKS = re.compile("[ \t\r\n]+")
_APART = frozenset({ods.ANNOTATION, ods.NOTE, ods.RUBY_TEXT})
"""Comments, footnotes and reading aids, which are no part of the text."""
_MOST_SPACES, _MOST_PIECES = 1 << 10, 1 << 17
"""Blanks that one element stands for, and pieces of a paragraph: more are an attempt to fill the memory."""


def shown_text(cell: Element) -> str | None:
    """The cell's paragraphs, one a line; None where it has none."""
    if len(cell) == 1:
        child = cell[0]
        if child.tag == ods.PARAGRAPH:
            return _collapsed(child.text or "") if len(child) == 0 else _mixed(child)
        return None
    paragraphs = [_mixed(child) for child in cell if child.tag == ods.PARAGRAPH]
    return "\n".join(paragraphs) if paragraphs else None


def _mixed(paragraph: Element) -> str:
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return _collapsed("".join(pieces)).translate(_MARKS)


def _collapsed(text: str) -> str:
    """Without the blanks of the XML: many count as one, and as none at either end."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _BLANKS.sub(" ", text)
    return text.strip(" ")


_SPACE, _TABULATOR, _BREAK = "\ufdd0", "\ufdd1", "\ufdd2"
"""Stand for the blanks that count while the others are collapsed; no text may hold these code points."""
_MARKS = {ord(_SPACE): " ", ord(_TABULATOR): "\t", ord(_BREAK): "\n"}
_ELEMENTS = {ods.TAB: _TABULATOR, ods.LINE_BREAK: _BREAK}


def _gather(element: Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        if len(pieces) > _MOST_PIECES:
            raise ValueError("a cell holds more than a spreadsheet's can")
        if child.tag == ods.SPACES:
            pieces.append(_SPACE * min(int(child.get(ods.COUNT, "1")), _MOST_SPACES))
        elif child.tag in _ELEMENTS:
            pieces.append(_ELEMENTS[str(child.tag)])
        elif child.tag not in _APART:
            _gather(child, pieces)
        pieces.append(child.tail or "")
