"""Compares workbooks, cell by cell, with the CSV files that Excel itself made of their sheets."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string

from sync.errors import SourceError
from sync.source.workbooks.reader import WorkbookReader
from sync.source.workbooks.xlsx import opened_xlsx
from sync.source.workbooks.xlsx_workbook import read_workbook
from sync.source.workbooks.xml_parts import opened_parts

OPENED: dict[str, Callable[[Path], AbstractContextManager[WorkbookReader]]] = {
    ".xlsx": opened_xlsx,
    ".xlsm": opened_xlsx,
}
"""What reads the workbooks of an ending; those of others are not compared."""

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?|\d\d:\d\d:\d\d")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_EXPONENT = re.compile(r"-?\d(\.\d+)?E[+-]\d+")

Texts = dict[tuple[int, int], str]
"""Texts that are not empty, by row from 1 and column from 0."""


class Stored(NamedTuple):
    """A cell's format, and whether a formula made its value."""

    number_format: str
    formula: bool


class Difference(NamedTuple):
    """A cell that Excel shows otherwise."""

    cell: str
    excel: str
    ours: str


@dataclass
class Comparison:
    """Non-empty cells of Excel's files: the same, different, and set aside by reason. `lone`: ours alone has text."""

    same: int = 0
    different: list[Difference] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    lone: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """The same ones among those compared."""
        return 100 * self.same / ((self.same + len(self.different)) or 1)


def _is_date(_: str, ours: str, stored: Stored) -> bool:
    return is_date_format(stored.number_format) and bool(_ISO.fullmatch(ours))


def _has_exponent(excel: str, ours: str, stored: Stored) -> bool:
    if stored.number_format.lower() != "general" or not (_EXPONENT.fullmatch(excel) and _NUMBER.fullmatch(ours)):
        return False
    return abs(float(excel) - float(ours)) <= abs(float(ours)) * 1e-5


def _too_narrow(excel: str, *_: object) -> bool:
    return set(excel) == {"#"}


def _lost_on_a_mac(excel: str, ours: str, _: Stored) -> bool:
    return len(excel) == len(ours) and re.sub(r"[^\x00-\x7f]", "_", ours) == re.sub(r"[^\x00-\x7f]", "_", excel)


def _computed_anew(excel: str, ours: str, stored: Stored) -> bool:
    if ours.startswith("="):  # never computed, until Excel did
        return stored.formula
    plain = stored.number_format.lower() in {"general", "@"}
    return stored.formula and plain and not (_NUMBER.fullmatch(excel) and _NUMBER.fullmatch(ours))


REASONS: dict[str, Callable[[str, str, Stored], bool]] = {
    "dates, which arrive as ISO 8601": _is_date,
    "General numbers that Excel shows with an exponent": _has_exponent,
    "##### of a column too narrow, or of a negative date": _too_narrow,
    "characters that Excel for Mac wrote as _": _lost_on_a_mac,
    "formulas of text, or without a value, that Excel computed when it opened the file": _computed_anew,
}
"""Why a cell may be other than in Excel's file without being wrong; every other one is a difference."""


def compare(oracle: Path) -> Comparison:
    """All workbooks of the folder that are of the endings above."""
    result = Comparison()
    for workbook in sorted((oracle / "workbooks").iterdir()):
        if opened := OPENED.get(workbook.suffix):
            try:
                with opened(workbook) as reader:
                    _compare_workbook(workbook, reader, oracle / "expected", result)
            except SourceError as error:
                result.refused.append(str(error))
    return result


def _compare_workbook(workbook: Path, reader: WorkbookReader, expected: Path, result: Comparison) -> None:
    stored = _StoredCells(workbook)
    for place, sheet in enumerate(reader.sheets):
        file = expected / f"{workbook.name}.{place}.csv"
        excel = _excel_texts(file) if file.exists() else {}
        ours = _our_texts(reader, place)
        if not excel:
            result.lone += len(ours)
            continue
        excel = _moved(excel, ours)
        result.lone += len(ours.keys() - excel.keys())
        for where, shown in excel.items():
            read = ours.get(where, "")
            if shown == read:
                result.same += 1
            elif reason := _reason(shown, read, stored.at(place, *where)):
                result.aside[reason] += 1
            else:
                result.different.append(Difference(f"{workbook.name} {sheet.name}!{where}", shown, read))


def _reason(shown: str, read: str, stored: Stored) -> str | None:
    return next((reason for reason, holds in REASONS.items() if holds(shown, read, stored)), None)


def _excel_texts(file: Path) -> Texts:
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    lines = csv.reader(io.StringIO(text, newline=""))
    cells = {(row, column): _lines(cell) for row, line in enumerate(lines, 1) for column, cell in enumerate(line)}
    return {where: cell for where, cell in cells.items() if cell}


def _our_texts(reader: WorkbookReader, place: int) -> Texts:
    texts: Texts = {}
    for row in reader.rows(place):
        texts |= {(row.number, column): _lines(text) for column, text in enumerate(row.texts) if text}
        # An error is told by what stands in its cell.
        texts |= {(row.number, fault.column): fault.value for fault in row.faults}
    return texts


def _lines(text: str) -> str:
    """The text with line ends of one kind: Excel for Mac writes others than the workbook has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _moved(excel: Texts, ours: Texts) -> Texts:
    """Excel's texts where the sheet has them: it leaves out what is empty above and left of the first."""
    if not ours:
        return excel
    down, right = (min(where[axis] for where in ours) - min(where[axis] for where in excel) for axis in (0, 1))
    return {(row + down, column + right): text for (row, column), text in excel.items()}


class _StoredCells:
    """What the file says of single cells beside their values; read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells: dict[int, dict[tuple[int, int], Stored]] = {}

    def at(self, place: int, row: int, column: int) -> Stored:
        if place not in self._cells:
            self._cells[place] = dict(self._read(place))
        return self._cells[place].get((row, column), Stored("General", formula=False))

    def _read(self, place: int) -> Iterator[tuple[tuple[int, int], Stored]]:
        with opened_parts(self._path) as parts:
            workbook = read_workbook(self._path, parts)
            part = workbook.parts[place]
            for cell in parts.tree(part).iterfind("{*}sheetData/{*}row/{*}c[@r]") if part else ():
                letters, row = coordinate_from_string(cell.get("r", ""))
                style = int(cell.get("s", "0"))
                code = workbook.formats[style] if style < len(workbook.formats) else "General"
                yield (row, column_index_from_string(letters) - 1), Stored(code, cell.find("{*}f") is not None)
