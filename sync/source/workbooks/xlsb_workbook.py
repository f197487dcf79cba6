"""What an .xlsb says beyond its sheets: their names and states, number formats, shared texts, the date system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.source.workbooks.built_in_formats import BUILT_IN, GENERAL, own_format
from sync.source.workbooks.reader import Sheet
from sync.source.workbooks.xlsb_records import part_records, wide_text
from sync.source.workbooks.xml_parts import Parts

_SHEET, _PROPERTIES, _TEXT = 156, 153, 19
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618


@dataclass(frozen=True, slots=True)
class Workbook:
    """`parts`: by sheet, its part of the zip; None for a chart or a macro sheet, which have no rows.

    `formats`: number format by cell style. `strings`: the shared texts, by their index.
    """

    sheets: tuple[Sheet, ...]
    parts: tuple[str | None, ...]
    formats: tuple[str, ...]
    strings: list[str]
    date_1904: bool


def read_workbook(path: Path, parts: Parts) -> Workbook:
    """Read everything that cells refer to.

    Raises SourceError when the zip holds no workbook; ValueError, KeyError and IndexError on damage.
    """
    main = parts.main()
    if main not in parts:
        raise SourceError(path, "is a damaged workbook (its main part is missing): get the file again")
    related = parts.related(main)
    by_kind = {kind.rpartition("/")[2]: part for kind, part in related.values() if part in parts}
    sheets: list[Sheet] = []
    places: list[str | None] = []
    date_1904 = False
    for kind, data in part_records(parts, main):
        if kind == _PROPERTIES:
            date_1904 = bool(data[0] & 1)
        elif kind == _SHEET:
            relation, at = wide_text(data, 8)
            name, _ = wide_text(data, at)
            sheets.append(Sheet(name, visible=not int.from_bytes(data[:4], "little")))
            type_, part = related.get(relation, ("", ""))
            places.append(part if type_.endswith("/worksheet") else None)
    if not sheets:
        raise SourceError(path, "has no sheets: give a .csv file or an .xlsx workbook")
    return Workbook(
        sheets=tuple(sheets),
        parts=tuple(places),
        formats=_formats(parts, by_kind["styles"]) if "styles" in by_kind else (),
        strings=_strings(parts, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else [],
        date_1904=date_1904,
    )


def _formats(parts: Parts, part: str) -> tuple[str, ...]:
    codes = dict(BUILT_IN)
    styles: list[int] = []
    of_cells = False
    for kind, data in part_records(parts, part):
        if kind == _FORMAT:
            codes[int.from_bytes(data[:2], "little")] = own_format(wide_text(data, 2)[0])
        elif kind in {_STYLES_BEGIN, _STYLES_END}:
            of_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and of_cells:
            styles.append(int.from_bytes(data[2:4], "little"))
    return tuple(codes.get(style, GENERAL) for style in styles)


def _strings(parts: Parts, part: str) -> list[str]:
    return [wide_text(data, 1)[0] for kind, data in part_records(parts, part) if kind == _TEXT]
