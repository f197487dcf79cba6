"""What an .xlsx says beyond its sheets: their names and states, number formats, shared texts, the date system."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.source.workbooks.built_in_formats import BUILT_IN, GENERAL, own_format
from sync.source.workbooks.reader import Sheet
from sync.source.workbooks.shared_texts import SharedTexts
from sync.source.workbooks.xlsx_words import TRUE
from sync.source.workbooks.xml_events import Element
from sync.source.workbooks.xml_parts import Parts

_USUAL_MAIN = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Workbook:
    """`parts`: by sheet, its part of the zip; None for a chart, which has no cells, "" where it is not told.

    `formats`: number format by cell style.
    """

    sheets: tuple[Sheet, ...]
    parts: tuple[str | None, ...]
    formats: tuple[str, ...]
    strings: SharedTexts
    date_1904: bool


def read_workbook(path: Path, parts: Parts) -> Workbook:
    """Read everything that cells refer to. Raises SourceError when the zip holds no workbook."""
    main = parts.main(_USUAL_MAIN)
    if main not in parts:
        raise SourceError(path, "is a damaged workbook (its main part is missing): get the file again")
    root = parts.tree(main)
    sheets = root.findall("{*}sheets/{*}sheet")
    if not sheets:
        raise SourceError(path, "has no sheets: give a .csv file or an .xlsx workbook")
    related = parts.related(main)
    by_kind = {kind.rpartition("/")[2]: part for kind, part in related.values() if part in parts}
    properties = root.find("{*}workbookPr")
    return Workbook(
        sheets=tuple(_sheet(element) for element in sheets),
        parts=tuple(_part(element, related) for element in sheets),
        formats=_formats(parts.tree(by_kind["styles"])) if "styles" in by_kind else (),
        strings=SharedTexts(parts, by_kind.get("sharedStrings")),
        date_1904=properties is not None and properties.get("date1904") in TRUE,
    )


def _sheet(element: Element) -> Sheet:
    return Sheet(element.get("name", ""), visible=element.get("state", "visible") == "visible")


def _part(sheet: Element, related: dict[str, tuple[str, str]]) -> str | None:
    relation = next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
    kind, part = related.get(relation, ("/worksheet", ""))
    return part if kind.endswith("/worksheet") else None


def _formats(styles: Element) -> tuple[str, ...]:
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for element in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[element.get("numFmtId", "")] = own_format(element.get("formatCode", GENERAL))
    return tuple(codes.get(xf.get("numFmtId", "0"), GENERAL) for xf in styles.iterfind("{*}cellXfs/{*}xf"))
