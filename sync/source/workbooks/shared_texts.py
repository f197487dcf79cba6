"""The texts that the cells of an .xlsx share, read as far as they are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils.escape import unescape

from sync.source.workbooks.faults import text_missing
from sync.source.workbooks.xml_events import Element, elements
from sync.source.workbooks.xml_parts import Parts
from sync.source.workbooks.xml_pieces import MARKED_UP, Pieces

_NOWHERE = 1 << 62


class SharedTexts:
    """The texts of a workbook by their index; none where it has no such part."""

    def __init__(self, parts: Parts, name: str | None) -> None:
        self._texts: list[str] = []
        self._more: Iterator[list[str]] = _blocks(parts, name) if name else iter(())

    def text(self, index: str) -> str:
        """The text of this index, as a cell states it. Raises CellFault when there is none."""
        place = int(index) if index.isdecimal() else _NOWHERE
        while place >= len(self._texts) and (more := next(self._more, None)) is not None:
            self._texts.extend(more)
        if place < len(self._texts):
            return self._texts[place]
        raise text_missing(index)


def _blocks(parts: Parts, name: str) -> Iterator[list[str]]:
    with parts.stream(name) as stream:
        pieces = Pieces(stream, "sst", "sst", "si")
        p = pieces.prefix
        plain = re.compile(rf'<{p}si><{p}t(?: xml:space="preserve")?>([^<]*)</{p}t></{p}si>')
        for block in pieces.blocks():
            found = plain.split(block)
            if "".join(found[::2]).strip() or MARKED_UP.search(block):
                yield [rich_text(element) for element in pieces.parsed(block)]
            else:
                yield [unescaped(text) for text in found[1::2]] if "_x" in block else found[1::2]
        for element in elements(pieces.rest(), "si"):
            yield [rich_text(element)]


def rich_text(element: Element) -> str:
    """The text of a shared or inline string, its runs joined; reading aids for Japanese are left out."""
    if len(element) == 1 and len(element[0]) == 0:
        return unescaped(element[0].text or "")
    texts: list[str] = []
    for child in element:
        tag = child.tag
        if tag.endswith("}t"):
            texts.append(child.text or "")
        elif tag.endswith("}r"):
            texts.extend(run.text or "" for run in child.iterfind("{*}t"))
    return unescaped("".join(texts))


def unescaped(text: str) -> str:
    """The text without the workbook's own escapes, such as `_x000D_` for a carriage return."""
    if "_x" not in text:
        return text
    # Two escapes may be the halves of one character.
    return unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
