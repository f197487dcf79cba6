"""Read how a sheet of an .xlsx looks: its columns, its view, and the cells of just the rows that are asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree
from openpyxl.styles.colors import Color
from openpyxl.utils import range_boundaries

from sync.look import RowLook, SheetLook
from sync.source.workbooks.thinned import thinned
from sync.source.workbooks.xlsx_row_looks import RowLooks
from sync.source.workbooks.xlsx_styles import Styles, sound_theme
from sync.source.workbooks.xml_events import Element, discard
from sync.source.workbooks.xml_parts import Parts

_AFTER_MERGED = ("phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins")
_READ = ("tabColor", "sheetView", "sheetFormatPr", "cols", "row", "mergeCell", "mergeCells", *_AFTER_MERGED)
_MOST_MERGED = 10_000
_ZOOM = range(10, 401)

Area = tuple[int, int, int, int]


@dataclass(slots=True)
class _Found:
    """What the elements of the sheet have said so far."""

    looks: RowLooks
    rows: dict[int, RowLook] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    view: Mapping[str, str] = field(default_factory=dict)
    pane: Mapping[str, str] = field(default_factory=dict)
    format: Mapping[str, str] = field(default_factory=dict)
    tab: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


def sheet_look(parts: Parts, part: str, rows: Collection[int], width: int) -> SheetLook:
    """The look of the sheet in `part`: of its first `width` columns, and of the rows numbered in `rows`.

    Raises ValueError, and what the parser of XML does, where the sheet or its styles are damaged.
    """
    found = _Found(RowLooks(width))
    kept: list[int] = []
    numbers = iter(kept)
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in _READ],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    with closing(parts.stream(part)) as stream:
        for piece in thinned(stream, rows, kept):
            parser.feed(piece)
            for _, element in parser.read_events():
                _take(cast("Element", element), found, numbers)
            if found.complete:
                break
    return _finished(found, parts)


def _take(element: Element, found: _Found, numbers: Iterator[int]) -> None:
    name = etree.QName(element).localname
    if name == "row":
        found.rows[next(numbers)] = found.looks.row(element)
        discard(element)
    elif name == "mergeCell":
        if len(found.merged) < _MOST_MERGED:
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            found.merged.append((int(left or 0), int(top or 0), int(right or 0), int(bottom or 0)))
        discard(element)
    elif name == "cols":
        for column in element:
            found.looks.take_column(column)
    elif name == "sheetView":
        pane = element.find("{*}pane")
        found.view, found.pane = _attributes(element), {} if pane is None else _attributes(pane)
    elif name == "sheetFormatPr":
        found.format = _attributes(element)
    elif name == "tabColor":
        found.tab = _attributes(element)
    else:
        found.complete = True


def _attributes(element: Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _finished(found: _Found, parts: Parts) -> SheetLook:
    related = _related(parts)
    styles = Styles(parts.tree(related["styles"]) if "styles" in related else etree.Element("none"))
    frozen = found.pane if found.pane.get("state", "").startswith("frozen") else {}
    zoom = int(found.view.get("zoomScale", "100"))
    return SheetLook(
        styles=found.looks.looks(styles),
        columns=tuple(found.looks.columns),
        rows=found.rows,
        merged=tuple(found.merged),
        frozen=(int(float(frozen.get("ySplit", "0"))), int(float(frozen.get("xSplit", "0")))),
        grid=found.view.get("showGridLines", "1") in {"1", "true"},
        zoom=zoom if zoom in _ZOOM else None,
        tab=_colour(found.tab),
        default_width=_size(found.format.get("defaultColWidth")),
        default_height=_size(found.format.get("defaultRowHeight")),
        font=styles.font,
        theme=sound_theme(parts.tree(related["theme"])) if "theme" in related else None,
    )


def _colour(attributes: Mapping[str, Any]) -> Color | None:
    known = {name: attributes[name] for name in ("rgb", "indexed", "theme", "tint") if name in attributes}
    return Color(**known) if known else None


def _size(text: str | None) -> float | None:
    return float(text) if text else None


def _related(parts: Parts) -> dict[str, str]:
    """The workbook's styles and theme, by kind, where it has them."""
    return {kind.rpartition("/")[2]: part for kind, part in parts.related(parts.main()).values() if part in parts}
