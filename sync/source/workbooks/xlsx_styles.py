"""The styles that cells of an .xlsx refer to by number: fonts, fills, borders, alignments, colours by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from lxml import etree
from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles.fills import Fill, PatternFill

from sync.look import CellLook
from sync.source.workbooks.xml_events import Element

_Kind = TypeVar("_Kind")
_LARGEST_THEME = 1 << 20
_BROKEN = (TypeError, ValueError, IndexError, KeyError, AttributeError)
"""What openpyxl raises on a style that is not as the standard says."""


class Styles:
    """The style table of one workbook; what is broken in it looks plain."""

    def __init__(self, root: Element) -> None:
        _name_own_colours(root)
        self._formats = root.findall("{*}cellXfs/{*}xf")
        self._fonts = _table(root, "fonts/{*}font", Font.from_tree, Font)
        self._fills: Callable[[int], Fill] = _table(root, "fills/{*}fill", Fill.from_tree, PatternFill)
        self._borders = _table(root, "borders/{*}border", Border.from_tree, Border)

    @property
    def font(self) -> Font:
        """The workbook's default font."""
        return self._fonts(0)

    def look(self, style: int, side: str) -> CellLook:
        """How cells of this style look. `side`: where a value stands that the style gives no place."""
        if not 0 <= style < len(self._formats):
            return CellLook(alignment=_aligned(None, side))
        chosen = self._formats[style]
        return CellLook(
            self._fonts(_number(chosen, "fontId")),
            self._fills(_number(chosen, "fillId")),
            self._borders(_number(chosen, "borderId")),
            _aligned(chosen.find("{*}alignment"), side),
        )


def _table(root: Element, path: str, read: Callable[[Any], Any], plain: Callable[[], _Kind]) -> Callable[[int], _Kind]:
    """What gives the table's entry of a number, read when it is first asked for."""
    elements = root.findall(f"{{*}}{path}")

    @lru_cache(1024)
    def entry(number: int) -> _Kind:
        try:
            found: _Kind = read(elements[number]) or plain()
        except _BROKEN:
            return plain()
        return found

    return entry


def _number(element: Element, name: str) -> int:
    text = element.get(name, "0")
    return int(text) if text.isdecimal() else 0


def _aligned(element: Any, side: str) -> Alignment:  # noqa: ANN401 (openpyxl reads any tree)
    try:
        found = Alignment() if element is None else Alignment.from_tree(element)
    except _BROKEN:
        found = None
    alignment = found or Alignment()
    if side and alignment.horizontal in {None, "general"}:
        alignment.horizontal = side  # type: ignore[assignment]  # it is one of the literals
    return alignment


def _name_own_colours(root: Element) -> None:
    """Put the colours of the workbook's own palette, which the copy does not have, in place of their numbers."""
    own = [colour.get("rgb", "FF000000") for colour in root.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")]
    if not own:
        return
    for element in root.iter("{*}color", "{*}fgColor", "{*}bgColor"):
        place = element.get("indexed", "")
        if place.isdecimal() and int(place) < len(own):
            del element.attrib["indexed"]
            element.set("rgb", own[int(place)])


def sound_theme(root: Element) -> bytes | None:
    """The theme as bytes, or None where it is large, or refers to something that the copy would not have."""
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    refers = any("relationships" in str(name) for element in root.iter() for name in element.attrib)
    return None if refers or len(text) > _LARGEST_THEME else text
