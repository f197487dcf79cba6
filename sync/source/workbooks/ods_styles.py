"""What the styles of an .ods say of its cells and sheets: which numbers are General, which times are spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.source.workbooks import ods_names as ods
from sync.source.workbooks.xml_events import Element

_DEEPEST = 100
"""Styles above one another; those of a damaged file may go in a circle."""


@dataclass(slots=True)
class Styles:
    """Taken from the lists of styles of styles.xml and content.xml.

    `general`, `spans`: names of data styles. `hidden`: names of styles of sheets that are not displayed.
    """

    general: set[str] = field(default_factory=set)
    spans: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    _data: dict[str, str] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)

    def take(self, styles: Iterable[Element]) -> None:
        """Note the styles of one list."""
        for style in styles:
            name = style.get(ods.STYLE_ID, "")
            if style.tag == ods.STYLE:
                self._take_style(name, style)
            elif style.tag == ods.TEXT_STYLE or (style.tag == ods.NUMBER_STYLE and _is_general(style)):
                self.general.add(name)
            elif style.tag == ods.TIME_STYLE and style.get(ods.TRUNCATED) == "false":
                self.spans.add(name)

    def is_general(self, style: str) -> bool:
        """Whether numbers in cells of this style are shown without a format of their own."""
        data = self._data_style(style)
        return data is None or data in self.general

    def is_span(self, style: str) -> bool:
        """Whether times in cells of this style are spans, which may be longer than a day."""
        return self._data_style(style) in self.spans

    def _take_style(self, name: str, style: Element) -> None:
        family = style.get(ods.FAMILY)
        if family == "table":
            properties = style.find(ods.TABLE_PROPERTIES)
            if properties is not None and properties.get(ods.DISPLAY) == "false":
                self.hidden.add(name)
        elif family == "table-cell":
            if data := style.get(ods.DATA_STYLE):
                self._data[name] = data
            if parent := style.get(ods.PARENT):
                self._parents[name] = parent

    def _data_style(self, style: str) -> str | None:
        for _ in range(_DEEPEST):
            if style in self._data:
                return self._data[style]
            if style not in self._parents:
                break
            style = self._parents[style]
        return None


def _is_general(style: Element) -> bool:
    """Whether it is just a number, its decimals left open."""
    parts = [part for part in style if part.tag != ods.STYLE_MAP]
    if len(parts) != len(style) or [part.tag for part in parts] != [ods.NUMBER]:
        return False
    [number] = parts
    plain = number.get(ods.DECIMALS) is None and number.get(ods.GROUPING) != "true"
    return plain and number.get(ods.INTEGER_DIGITS, "1") in {"0", "1"}
