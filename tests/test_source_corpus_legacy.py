"""Other projects' .xls, .xlsb and .ods: the cells that Excel's .xlsx of the same has, or a refusal in one line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from sync.errors import SourceError
from sync.source.content import content_of
from sync.source.local_file import refuse_unreadable
from sync.source.workbooks.formats import reader_of
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus

_UNREADABLE = re.compile(r"password|pass_protected|empty_file|too_small|OOM_alloc3|issue_385|issue_594|50833")
"""Protected, empty, no workbook, cut off, a row beyond the last; any other file of these folders is read."""

Cells = dict[tuple[str, int, int], str]


def _cells(path: Path) -> Cells:
    """Texts, and codes of faults, by sheet, row and column. Raises SourceError."""
    refuse_unreadable(path)
    content = content_of(path)
    if content == "text":
        raise SourceError(path, "is text")
    cells: Cells = {}
    with reader_of(content)(path) as reader:
        for place, sheet in enumerate(reader.sheets):
            for row in reader.rows(place):
                lines = {column: text.replace("\r\n", "\n") for column, text in enumerate(row.texts) if text}
                lines |= {fault.column: fault.code for fault in row.faults}
                cells |= {(sheet.name, row.number, column): text for column, text in lines.items()}
    return cells


@pytest.mark.parametrize("ending", ["xls", "xlsb", "ods"])
@pytest.mark.parametrize("folder", ["calamine", "python-calamine", "readxl", "excel-oracle"])
def test_every_readable_file_is_read(folder: str, ending: str) -> None:
    refused: list[str] = []
    for path in sorted((CORPUS / folder).rglob(f"*.{ending}")):
        try:
            _cells(path)
        except SourceError:
            refused.append(path.name)
    assert [name for name in refused if not _UNREADABLE.search(name)] == []


def test_every_hostile_file_is_cells_or_a_refusal_in_one_line() -> None:
    reasons: list[str] = []
    for path in sorted((CORPUS / "poi-hostile").rglob("*.xls*")):
        if path.suffix in {".xls", ".xlsb"}:
            try:
                _cells(path)
            except SourceError as error:
                reasons.append(str(error))
    assert len(reasons) > 10
    assert [reason for reason in reasons if "\n" in reason] == []


@pytest.mark.parametrize(("ending", "share"), [("xls", 0.998), ("xlsb", 1)])
def test_the_same_workbook_in_two_formats_has_the_same_cells(ending: str, share: float) -> None:
    counts: Counter[bool] = Counter()
    for path in (CORPUS / "excel-oracle" / "workbooks").glob(f"*.{ending}"):
        twin = next((twin for more in ("xlsx", "xlsm") if (twin := path.with_suffix(f".{more}")).exists()), None)
        if twin is not None:
            ours, theirs = _cells(path), _cells(twin)
            counts.update(ours.get(where) == theirs.get(where) for where in ours.keys() | theirs.keys())
    assert counts[True] > 1_500
    assert counts[True] >= share * counts.total()
