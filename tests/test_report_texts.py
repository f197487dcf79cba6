"""Any text comes back from failed.xlsx as it was, whatever the cell looks like; a file that does not is not given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Font

from sync.look import CellLook, ColumnLook, RowLook, SheetLook
from sync.model import Source
from sync.report import FailedForm, write_report
from tests.report_values import TableSource, error, rejected, run
from tests.source_files import opened, rows_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["_x000D_", "_x005F_", "'", "'=1", "=1+1", "a\r\nb", "\r", "\n", " ", "\ufeff", "\ufffe", "\x00", "1E5", "00123"]
)


@dataclass
class StyledSource(TableSource):
    """A source whose cells all look alike, the header aside."""

    def look(self, rows: Collection[int]) -> SheetLook:
        bold, wrapped = CellLook(Font(b=True)), CellLook(alignment=Alignment(wrap_text=True))
        cells = RowLook((1,) * len(self.header))
        looks = dict.fromkeys(rows, cells) | {self.header_row: RowLook((0,) * len(self.header), 20.0)}
        return SheetLook((bold, wrapped), (ColumnLook(12.0),) * len(self.header), looks)


def written(folder: Path, source: TableSource, form: FailedForm) -> Path:
    files = write_report(folder, run(*(rejected(row) for row in source.rows), failed_form=form), source)
    assert files.failed is not None
    return files.failed


def reopened(path: Path) -> Source:
    return opened(path, (("ID",),))


@pytest.mark.parametrize("kind", [TableSource, StyledSource])
@settings(deadline=None, max_examples=8)
@given(table=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=60))
@example(table=[("x" * 32_768, "é" * 70_000, "_x0041_" * 6_000)])
def test_texts_come_back(kind: type[TableSource], table: list[tuple[str, ...]]) -> None:
    source = kind(dict(enumerate(table, start=2)), header=("ID", "b", "c"), kind="xlsx")
    with TemporaryDirectory() as folder:
        read = rows_of(reopened(written(Path(folder), source, FailedForm(reread=reopened))))
    assert [tuple(cells[:3]) for cells in read.values()] == table


@pytest.mark.parametrize("kind", [TableSource, StyledSource])
def test_very_wide_rows_come_back(tmp_path: Path, kind: type[TableSource]) -> None:
    header = ("ID", *(f"c{place}" for place in range(1, 2_000)))
    row = tuple(str(place) for place in range(2_000))
    path = written(tmp_path, kind({2: row}, header=header, kind="xlsx"), FailedForm(reread=reopened))
    assert rows_of(reopened(path))[2][:2_000] == list(row)


@settings(deadline=None, max_examples=12)
@given(title=st.lists(st.lists(TEXTS, max_size=4).map(tuple), max_size=4).map(tuple), header=TEXTS)
def test_titles_and_headers_come_back(title: tuple[tuple[str, ...], ...], header: str) -> None:
    source = TableSource({9: ("1", "2")}, header=("ID", header), header_row=len(title) + 1, above=title, kind="xlsx")
    with TemporaryDirectory() as folder:
        read = reopened(written(Path(folder), source, FailedForm()))
    assert (read.header_row, read.header[:2]) == (len(title) + 1, ("ID", header))
    assert [_filled(texts) for texts in read.above] == [_filled(texts) for texts in title]


def _filled(texts: tuple[str, ...]) -> dict[int, str]:
    return {place: text for place, text in enumerate(texts) if text}


def test_a_file_that_would_not_load_again_is_not_given(tmp_path: Path) -> None:
    def as_another(path: Path) -> Source:
        return TableSource({2: ("1", "other", *"sync_")}, header=(*reopened(path).header,), kind="xlsx")

    source = TableSource({2: ("1", "this")}, header=("ID", "b"), kind="xlsx")
    files = write_report(tmp_path, run(rejected(2), failed_form=FailedForm(reread=as_another)), source)
    said = "failed.xlsx was not written, as its row 2 would not load again as it is"
    assert (files.failed, files.unwritten.startswith(said), said in files.page.read_text()) == (None, True, True)
    assert not (tmp_path / "failed.xlsx").exists()


def test_the_words_of_the_report_are_cut_to_what_a_cell_holds(tmp_path: Path) -> None:
    source = TableSource({2: ("1", "x")}, header=("ID", "b"), kind="xlsx")
    report = run(rejected(2, error(message="m" * 40_000)), failed_form=FailedForm(reread=reopened))
    files = write_report(tmp_path, report, source)
    assert files.failed is not None
    assert len(rows_of(reopened(files.failed))[2][-2]) == 32_767
