"""A sheet's look as JSON, for its way out of the process that reads workbooks: styles travel as their own XML."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lxml import etree
from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Fill, PatternFill

from sync.look import CellLook, ColumnLook, RowLook, SheetLook


def look_to_wire(look: SheetLook) -> dict[str, Any]:
    """The look as values that JSON knows; see `look_from_wire`."""
    return {
        "styles": [
            [_text(style.font, "font"), _text(style.fill, None), _text(style.border, "border"), _text(style.alignment)]
            for style in look.styles
        ],
        "columns": [[column.width, column.hidden] for column in look.columns],
        "rows": {number: [row.cells, row.height, row.hidden] for number, row in look.rows.items()},
        "merged": look.merged,
        "frozen": look.frozen,
        "grid": look.grid,
        "zoom": look.zoom,
        "tab": look.tab and _text(look.tab, "tabColor"),
        "default_width": look.default_width,
        "default_height": look.default_height,
        "font": look.font and _text(look.font, "font"),
        "theme": look.theme and base64.b64encode(look.theme).decode(),
    }


def look_from_wire(wire: Mapping[str, Any]) -> SheetLook:
    """The look again, as it was before `look_to_wire`."""
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}  # rows by the thousand look alike, and share what says so
    look = SheetLook(
        styles=tuple(
            CellLook(
                Font.from_tree(_tree(font)),
                Fill.from_tree(_tree(fill)) or PatternFill(),
                Border.from_tree(_tree(border)) or Border(),
                Alignment.from_tree(_tree(alignment)) or Alignment(),
            )
            for font, fill, border, alignment in wire["styles"]
        ),
        columns=tuple(ColumnLook(*column) for column in wire["columns"]),
        rows={
            int(number): RowLook(alike.setdefault(tuple(cells), tuple(cells)), *other)
            for number, (cells, *other) in wire["rows"].items()
        },
        merged=tuple((left, top, right, bottom) for left, top, right, bottom in wire["merged"]),
        frozen=(wire["frozen"][0], wire["frozen"][1]),
        tab=wire["tab"] and Color.from_tree(_tree(wire["tab"])),
        font=wire["font"] and Font.from_tree(_tree(wire["font"])),
        theme=wire["theme"] and base64.b64decode(wire["theme"]),
    )
    return replace(look, **{name: wire[name] for name in ("grid", "zoom", "default_width", "default_height")})


def _text(style: Any, tag: str | None = "alignment") -> str:  # noqa: ANN401 - openpyxl's styles share no type that says so
    return etree.tostring(style.to_tree(tag), encoding="unicode")


def _tree(text: str) -> Any:  # noqa: ANN401
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
