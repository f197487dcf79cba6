"""Read rows of cells as nearly all programs write them by a regular expression, without parsing their XML.

What is well-formed reads as a parser would have it; not all that is not is found out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from operator import ge
from typing import NamedTuple

from sync.source.place import column_number
from sync.source.workbooks.cell_kinds import CellKinds, CellText
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.xml_pieces import MARKED_UP

_KINDS_WITHOUT_TEXT = frozenset({"n", "s"})
_MOST_HEADS = 1 << 12
"""So many are remembered at once; honest sheets have fewer, as a head is a style and a kind."""
_MANY_TIMES = 50
"""Compiling a pattern takes about as long as reading so many rows without it."""
_MOST_IN_A_PATTERN = 1_000
_HEAD = re.compile(r'"?((?: \w++="[^"<&]*+")*+) ?(?:/>|>(.+))')
_ATTRIBUTE = re.compile(r' (\w++)="([^"]*+)"')

_ROW = r'\s*+<{p}row(?: r="([1-9][0-9]{{0,6}}+)")?+((?: [\w.:]++="[^"<&]*+")*+)\s*+>'
_FORMULA = r"<{p}f[^<>]*+>(?:[^<]*+</{p}f>)?+"
_CELL = (
    r'<{p}c(?: r="([A-Z]{{1,3}}+)[0-9]++)?+'
    rf"([^<>]*+>(?:({_FORMULA})?+"
    r'(?:(<{p}v>)|<{p}is><{p}t(?: xml:space="preserve")?+>)(?=[^<]))?+)'
    r"(?:([^<]++)(?(4)</{p}v>|</{p}t></{p}is>)</{p}c>)?+"
)
_PARTS = 6
"""Of a cell: what stands before it, which is blank; its letters; its head, which goes up to its value; of that the
formula and the opening tag; its value."""


class NotPlain(Exception):
    """The row has something that only a parser understands, or a faulty cell."""


class _Shape(NamedTuple):
    """What rows have in common that differ in their values: how each becomes text, and its 0-based column."""

    texts: list[Callable[[str], str]]
    columns: list[int]


class PlainRows:
    """Reads rows of one sheet; `prefix` is that of the names in its XML, cells from column `width` on are left out."""

    def __init__(self, prefix: str, kinds: CellKinds, width: int | None) -> None:
        self._prefix = prefix
        self._row = re.compile(_ROW.format(p=prefix))
        self._cell = re.compile(_CELL.format(p=prefix))
        self._width = width
        self._columns = _Columns()
        self._texts = _TextByHead(f"<{prefix}v>", kinds)
        self._last: tuple[list[str | None], list[str]] = ([], [])
        self._times = 0
        self._repeated = re.compile("")
        self._repeated_shape = _Shape([], [])

    def row(self, piece: str) -> tuple[int | None, bool, list[str]]:
        """The stated number, whether it is hidden, and the texts of a row that lacks its end tag. Raises NotPlain."""
        start = self._row.match(piece)
        if not start:
            raise NotPlain
        number, attributes = start.groups()
        if " r=" in attributes:
            raise NotPlain
        hidden = ' hidden="1"' in attributes or ' hidden="true"' in attributes
        texts = self._cells(piece, start.end())[: self._width]
        while texts and not texts[-1]:
            texts.pop()
        return int(number) if number else None, hidden, texts

    def _cells(self, piece: str, start: int) -> list[str]:
        values: Sequence[str]
        if found := self._repeated.fullmatch(piece, start):
            shape, values = self._repeated_shape, found.groups()
        else:
            shape, values = self._cut(piece[start:])
        try:
            texts = [text(value) for text, value in zip(shape.texts, values, strict=True)]
        except CellFault:
            raise NotPlain from None
        if not texts or shape.columns[-1] == len(texts) - 1:
            return texts
        spread = [""] * (shape.columns[-1] + 1)
        for column, text in zip(shape.columns, texts, strict=True):
            spread[column] = text
        return spread

    def _cut(self, cells: str) -> tuple[_Shape, Sequence[str]]:
        """The shape and the values of cells. One that comes many times running gets a pattern, as it costs as much."""
        parts = self._cell.split(cells)
        if "".join(parts[::_PARTS]).strip():
            raise NotPlain
        letters, heads, formulas, _, values = (parts[place::_PARTS] for place in range(1, _PARTS))
        if any(formulas):
            heads = [head.replace(formula or "", "", 1) for head, formula in zip(heads, formulas, strict=True)]
        shape = _Shape([self._texts[head] for head in heads], self._places(letters))
        self._times = self._times + 1 if self._last == (letters, heads) else 0
        self._last = (letters, heads)
        if self._times == _MANY_TIMES and len(heads) <= _MOST_IN_A_PATTERN:
            self._repeated, self._repeated_shape = self._pattern(letters, heads), shape
        return shape, values

    def _places(self, letters: list[str | None]) -> list[int]:
        columns = [place if one is None else self._columns[one] for place, one in enumerate(letters)]
        if (None in letters and any(letters)) or any(map(ge, columns, columns[1:])):
            raise NotPlain
        return columns

    def _pattern(self, letters: list[str | None], heads: list[str]) -> re.Pattern[str]:
        """Matches all cells of a row of this shape; its groups are the values, "" for an empty cell."""
        p = self._prefix
        pattern = ""
        for named, head in zip(letters, heads, strict=True):
            attributes, opening = head.split(">", 1)
            pattern += rf"\s*+<{p}c" + (f' r="{named}[0-9]++' if named else "") + re.escape(attributes) + ">"
            if opening:
                end = f"</{p}v>" if opening == f"<{p}v>" else f"</{p}t></{p}is>"
                pattern += rf"(?:{_FORMULA.format(p=p)})?+" + re.escape(opening) + f"([^<]++){end}</{p}c>"
            else:
                pattern += "()"
        return re.compile(pattern + r"\s*+")


class _Columns(dict[str, int]):
    """The 0-based columns by their letters."""

    def __missing__(self, letters: str) -> int:
        column = self[letters] = column_number(letters)
        return column


class _TextByHead(dict[str, Callable[[str], str]]):
    """The functions that make texts of values, by the head of the cell without its formula. Raises NotPlain."""

    def __init__(self, value_tag: str, kinds: CellKinds) -> None:
        super().__init__()
        self._value_tag = value_tag
        self._kinds = kinds

    def __missing__(self, head: str) -> Callable[[str], str]:
        if len(self) >= _MOST_HEADS:
            self.clear()
        text = self[head] = self._made(head)
        return text

    def _made(self, head: str) -> Callable[[str], str]:
        found = _HEAD.fullmatch(head)
        if not found or " r=" in found[1]:
            raise NotPlain
        attributes, opening = found.groups()
        if opening is None:
            return _nothing
        stated = dict(_ATTRIBUTE.findall(attributes))
        kind = stated.get("t", "n") if opening == self._value_tag else "inlineStr"
        text = self._kinds.text_of(stated.get("s", "0"), kind)
        return text if kind in _KINDS_WITHOUT_TEXT else partial(_unmarked, text)


def _nothing(_: str) -> str:
    return ""


def _unmarked(text: CellText, value: str) -> str:
    if MARKED_UP.search(value):
        raise NotPlain
    return text(value)
