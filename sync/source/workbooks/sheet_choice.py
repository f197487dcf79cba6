"""Choose the workbook's sheet: the one named, else the one visible sheet that has the mapped columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from sync.errors import SourceError
from sync.sheet_name import excel_sheet_name
from sync.source.header import LIKENESS, SEARCHED_ROWS, HeaderRow, Wanted, find_header, missing_columns
from sync.source.spec import SourceSpec
from sync.source.workbooks.reader import Sheet, SheetRow, WorkbookReader


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """The sheet to read: its place in the workbook, its name, its header, what the user should know."""

    place: int
    name: str
    header: HeaderRow
    notes: tuple[str, ...]


def choose_sheet(path: Path, reader: WorkbookReader, spec: SourceSpec, wanted: Wanted) -> SheetChoice:
    """The sheet that the mapping names, else the one visible sheet that has the wanted columns.

    When nothing is wanted, the first visible sheet with a header. Raises SourceError when there is no such sheet or
    several, MissingColumns when its header lacks some.
    """
    places = _visible(reader) if spec.sheet is None else [_named(path, reader, spec.sheet)]
    sheets = [reader.sheets[place] for place in places]
    looked_at = [
        SheetChoice(place, sheet.name, header, _notes(sheet, sheets))
        for place, sheet in zip(places, sheets, strict=True)
        if (header := find_header(_top(reader, place), spec.header, wanted))
    ]
    if not looked_at:
        raise _no_header(path, sheets, spec.header)
    fitting = [choice for choice in looked_at if not choice.header.missing]
    if not fitting:
        best = looked_at[0]
        for choice in looked_at[1:]:
            best = choice if choice.header.beats(best.header) else best
        raise missing_columns(path, best.name, best.header, wanted, given=spec.header is not None)
    if len(fitting) > 1 and wanted:
        names = ", ".join(repr(choice.name) for choice in fitting)
        raise SourceError(path, f"several sheets have the mapped columns ({names}): say source.sheet in the mapping")
    return fitting[0]


def _visible(reader: WorkbookReader) -> list[int]:
    return [place for place, sheet in enumerate(reader.sheets) if sheet.visible]


def _named(path: Path, reader: WorkbookReader, wanted: str) -> int:
    """The sheet of this name, hidden or not, else the visible tab of this number.

    A name that is none in Excel is looked for as a failed.xlsx has it, too.
    """
    names = [sheet.name for sheet in reader.sheets]
    folded = [name.casefold() for name in names]
    for name in (wanted.strip(), excel_sheet_name(wanted.strip())):
        if name.casefold() in folded:
            return folded.index(name.casefold())
    tabs = _visible(reader)
    if wanted.strip().isdecimal() and 1 <= int(wanted) <= len(tabs):
        return tabs[int(wanted) - 1]
    nearest = process.extractOne(wanted, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=LIKENESS)
    tip = f"; the nearest is {nearest[0]!r}" if nearest else ""
    raise SourceError(path, f"has no sheet {wanted!r}, only {', '.join(map(repr, names))}{tip}: correct source.sheet")


def _top(reader: WorkbookReader, place: int) -> Iterator[tuple[int, list[str]]]:
    """The sheet's rows as find_header takes them."""
    for row in reader.rows(place):
        yield row.number, shown_texts(row)


def shown_texts(row: SheetRow) -> list[str]:
    """The texts of a row's cells; a faulty cell shows what stands in it."""
    texts = dict(enumerate(row.texts)) | {fault.column: fault.value for fault in row.faults}
    return [texts.get(column, "") for column in range(max(texts, default=-1) + 1)]


def _notes(sheet: Sheet, sheets: list[Sheet]) -> tuple[str, ...]:
    if not sheet.visible:
        return (f"sheet {sheet.name!r} is hidden in the workbook",)
    return (f"sheet {sheet.name!r} of {len(sheets)} visible sheets was read",) if len(sheets) > 1 else ()


def _no_header(path: Path, sheets: list[Sheet], header: int | None) -> SourceError:
    names = ", ".join(repr(sheet.name) for sheet in sheets) or "no visible sheet"
    where = f"row {header} is" if header else f"the first {SEARCHED_ROWS} rows are"
    return SourceError(path, f"has no header: {where} blank in {names}; correct source.sheet or source.header")
