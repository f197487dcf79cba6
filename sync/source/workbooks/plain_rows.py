"""Read rows of cells as nearly all programs write them by regular expressions, without parsing their XML."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from sync.source.place import column_number
from sync.source.workbooks.cell_kinds import CellKinds, CellText
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.xml_pieces import MARKED_UP

_KNOWN_SHAPES = 256
"""What only a parser can tell the text of, or may refuse."""

_KINDS_WITHOUT_TEXT = frozenset({"n", "s", "b"})
_ATTRIBUTES = re.compile(r'"?(?: \w++="[^"<&]*+")*+ ?/?')
_ATTRIBUTE = re.compile(r' (\w++)="([^"]*+)"')

_ROW = r'\s*+<{p}row(?: r="([1-9][0-9]{{0,6}}+)")?+((?: [\w.:]++="[^"<&]*+")*+)\s*+>'
_CELL = (
    r'\s*+<{p}c(?: r="([A-Z]{{1,3}}+)[0-9]++)?+([^<>]*+)>'
    r'(?:(<{p}f[^<>]*+>(?:[^<]*+</{p}f>)?+)?+(<{p}v>|<{p}is><{p}t(?: xml:space="preserve")?+>)([^<]++)'
    r"(?:</{p}v>|</{p}t></{p}is>)</{p}c>)?+"
)
_GROUPS = 5
"""Of a cell: its letters, its attributes, its formula, what opens its value, its value."""


class NotPlain(Exception):
    """The row has something that only a parser understands, or a faulty cell."""


class _Shape(NamedTuple):
    """How rows with the same cells, but for their values, become texts.

    `cells` has a group for each value; `columns` are those of the values, 0-based and ascending, and `texts` the
    functions for them.
    """

    cells: re.Pattern[str]
    columns: tuple[int, ...]
    texts: tuple[CellText, ...]
    without_gaps: bool


class PlainRows:
    """Reads rows of one sheet; `prefix` is that of the names in its XML, cells from column `width` on are left out."""

    def __init__(self, prefix: str, kinds: CellKinds, width: int | None) -> None:
        self._prefix = prefix
        self._row = re.compile(_ROW.format(p=prefix))
        self._cell = re.compile(_CELL.format(p=prefix))
        self._kinds = kinds
        self._width = width
        self._shape_of = lru_cache(_KNOWN_SHAPES)(self._shape)
        self._last = _Shape(re.compile(""), (), (), without_gaps=True)

    def row(self, piece: str) -> tuple[int | None, bool, list[str]]:
        """The stated number, whether it is hidden, and the texts of a row that lacks its end tag. Raises NotPlain."""
        start = self._row.match(piece)
        if not start:
            raise NotPlain
        number, attributes = start.groups()
        if " r=" in attributes:
            raise NotPlain
        hidden = ' hidden="1"' in attributes or ' hidden="true"' in attributes
        cells = self._last.cells.fullmatch(piece, start.end()) or self._in_other_shape(piece, start.end())
        return int(number) if number else None, hidden, self._texts(cells)

    def _in_other_shape(self, piece: str, start: int) -> re.Match[str]:
        # Before, between and after the cells' groups stands what is no cell.
        parts = self._cell.split(piece[start:])
        if any(parts[: -1 : _GROUPS + 1]) or parts[-1].strip():
            raise NotPlain
        described = (parts[group :: _GROUPS + 1] for group in range(1, _GROUPS))
        self._last = self._shape_of(*map(tuple, described))
        cells = self._last.cells.fullmatch(piece, start)
        if not cells:
            raise NotPlain
        return cells

    def _texts(self, cells: re.Match[str]) -> list[str]:
        _, columns, found, without_gaps = self._last
        try:
            texts = [text(value) for text, value in zip(found, cells.groups(), strict=True)]
        except CellFault:
            raise NotPlain from None
        if without_gaps:
            return texts
        spread = [""] * (columns[-1] + 1)
        for column, text in zip(columns, texts, strict=True):
            spread[column] = text
        return spread

    def _shape(
        self,
        letters: tuple[str | None, ...],
        attributes: tuple[str, ...],
        formulas: tuple[str | None, ...],
        openings: tuple[str | None, ...],
    ) -> _Shape:
        if None in letters and any(letters):
            raise NotPlain
        columns = [place if one is None else column_number(one) for place, one in enumerate(letters)]
        if any(left >= right for left, right in pairwise(columns)):
            raise NotPlain
        pattern = ""
        found: dict[int, CellText] = {}
        for column, named, stated, formula, opening in zip(
            columns, letters, attributes, formulas, openings, strict=True
        ):
            kept = self._width is None or column < self._width
            pattern += self._cell_pattern(named, stated, formula, opening, kept=kept)
            if kept and opening:
                found[column] = self._text_of(stated, inline=opening != f"<{self._prefix}v>")
        without_gaps = list(found) == list(range(len(found)))
        return _Shape(re.compile(pattern + r"\s*+"), tuple(found), tuple(found.values()), without_gaps)

    def _cell_pattern(
        self, letters: str | None, attributes: str, formula: str | None, opening: str | None, *, kept: bool
    ) -> str:
        if not _ATTRIBUTES.fullmatch(attributes) or " r=" in attributes or attributes.endswith("/") == bool(opening):
            raise NotPlain
        p = self._prefix
        start = rf"\s*+<{p}c" + (f' r="{letters}[0-9]++' if letters else "") + re.escape(attributes) + ">"
        if not opening:
            return start
        inside = rf"<{p}f[^<>]*+>(?:[^<]*+</{p}f>)?+" if formula else ""
        end = f"</{p}v>" if opening == f"<{p}v>" else f"</{p}t></{p}is>"
        return start + inside + re.escape(opening) + ("([^<]++)" if kept else "[^<]++") + end + f"</{p}c>"

    def _text_of(self, attributes: str, *, inline: bool) -> CellText:
        stated = dict(_ATTRIBUTE.findall(attributes))
        kind = "inlineStr" if inline else stated.get("t", "n")
        text = self._kinds.text_of(stated.get("s", "0"), kind)
        return text if kind in _KINDS_WITHOUT_TEXT else partial(_unmarked, text)


def _unmarked(text: Callable[[str], str], value: str) -> str:
    if MARKED_UP.search(value):
        raise NotPlain
    return text(value)
