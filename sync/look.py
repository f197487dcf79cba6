"""The frozen values that say how a sheet looks, so that its rows can be written back as their owner knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import Fill, PatternFill


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks, its number format aside."""

    font: Font = field(default_factory=Font)
    fill: Fill = field(default_factory=PatternFill)
    border: Border = field(default_factory=Border)
    alignment: Alignment = field(default_factory=Alignment)


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column's width in characters of the default font; None where it has the sheet's own."""

    width: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class RowLook:
    """A row's height in points, None where it fits the text, and of each cell the place of its look in `styles`."""

    cells: tuple[int, ...]
    height: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet without its values: columns from the left, those rows by number that were asked for.

    `merged`: first column, first row, last column, last row of each merged area, 1-based. `frozen`: rows and columns
    that stay in view. `theme`: the XML in which colours are named that cells refer to. `font`: the one that widths
    are counted in.
    """

    styles: tuple[CellLook, ...]
    columns: tuple[ColumnLook, ...]
    rows: Mapping[int, RowLook]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    frozen: tuple[int, int] = (0, 0)
    grid: bool = True
    zoom: int | None = None
    tab: Color | None = None
    default_width: float | None = None
    default_height: float | None = None
    font: Font | None = None
    theme: bytes | None = None
