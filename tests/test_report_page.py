"""report.html: one page that needs nothing else, and escapes everything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import html

from sync.model import RowOutcome, Tick
from sync.report import ReportedRun, write_report
from sync.report.charts import outcome_bar, throughput
from sync.report.page import MOST_ROWS
from tests.report_values import error, failed, rejected, run, summary, updated

TICKS = (Tick(0.0, 8, 2, 0), Tick(1.0, 4, 0, 1))


def _page(folder: Path, reported: ReportedRun) -> str:
    return write_report(folder, reported, None).page.read_text(encoding="utf-8")


def _text(page: str) -> str:
    return _content(_of_html(html.document_fromstring(page)).body)


def _of_html(element: object) -> html.HtmlMixin:
    assert isinstance(element, html.HtmlMixin)
    return element


def _content(element: object) -> str:
    text = _of_html(element).text_content()
    assert isinstance(text, str)
    return " ".join(text.split())


def _found(page: str, path: str) -> Sequence[object]:
    found = html.document_fromstring(page).xpath(path)
    assert isinstance(found, list)
    return found


def test_page_needs_nothing_else(tmp_path: Path) -> None:
    page = _page(tmp_path, run(failed(2), ticks=TICKS))
    assert not re.search(r"<script|<link|<img|@import|url\(|\ssrc=", page)
    assert set(_found(page, "//@href")) == {"results.csv", "summary.json"}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(rejected(2, candidate="<script>alert(1)</script>"), id="candidate"),
        pytest.param(rejected(2, error(message="<script>")), id="message"),
        pytest.param(rejected(2, error(column="<script>")), id="column"),
        pytest.param(rejected(2, error(tip="<script>")), id="tip"),
    ],
)
def test_values_are_escaped(tmp_path: Path, row: RowOutcome) -> None:
    page = _page(tmp_path, run(row))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("part", ["notes", "reason"])
def test_what_is_told_of_the_run_is_shown(tmp_path: Path, part: str) -> None:
    changes = {"notes": ("12 hidden rows <b>",), "reason": "12 hidden rows <b>"}
    assert "12 hidden rows &lt;b&gt;" in _page(tmp_path, run(updated(2), **{part: changes[part]}))


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        pytest.param({"rows_read": 1240, "updated": 1051}, "1,051 of 1,240 rows updated", id="run"),
        pytest.param({"status": "checked", "rows_read": 1, "unprocessed": 1}, "1 of 1 row ready to send", id="check"),
        pytest.param({"rows_read": 0}, "No rows", id="empty file"),
        pytest.param({"status": "running", "finished_at": None}, "not when this was written", id="running"),
    ],
)
def test_headline(tmp_path: Path, changes: dict[str, object], headline: str) -> None:
    assert headline in _text(_page(tmp_path, ReportedRun(summary(**changes), lambda: iter(()))))


def test_row_tells_where_what_and_what_to_do(tmp_path: Path) -> None:
    text = _text(_page(tmp_path, run(rejected(2))))
    assert "2 c-1 rejected E-mail C2: 'ann@example' is not an e-mail address Correct it." in text


def test_rows_beyond_the_cap_are_counted(tmp_path: Path) -> None:
    page = _page(tmp_path, run(*(rejected(row) for row in range(2, MOST_ROWS + 5))))
    assert page.count('data-label="Candidate"') == MOST_ROWS
    assert "The first 1,000 rows; 3 more are in results.csv" in _text(page)


def test_pictures_have_titles(tmp_path: Path) -> None:
    page = _page(tmp_path, run(updated(2), failed(3), ticks=TICKS))
    titles = {_content(title) for title in _found(page, "//*[@role='img']/title")}
    assert titles == {
        "Outcomes of 2 rows: 1 updated, 1 failed",
        "Rows settled a second over 1 min 2 s, 10 at most",
    }


def test_single_failure_among_a_million_is_seen() -> None:
    blocks = outcome_bar(summary(rows_read=1_000_000, updated=999_999, failed=1))
    assert blocks[-1].outcome == "failed"
    assert blocks[-1].width > 0.7
    assert sum(block.width for block in blocks) == pytest.approx(100)


def test_throughput_is_a_rate() -> None:
    chart = throughput((Tick(0.0, 8, 2, 0), Tick(5.0, 4, 0, 1)))
    assert chart is not None
    assert [(block.outcome, block.number) for block in chart.blocks] == [
        ("failed", 0.4),
        ("updated", 1.6),
        ("unknown", 0.2),
        ("updated", 0.8),
    ]
    assert chart.highest == 2


def test_pause_is_empty() -> None:
    chart = throughput((Tick(0.0, 1, 0, 0), Tick(1.0, 1, 0, 0), Tick(8.0, 1, 0, 0)))
    assert chart is not None
    assert [round(block.x) for block in chart.blocks] == [0, 11, 89]
    assert {round(block.width) for block in chart.blocks} == {11}


def test_long_runs_have_few_bars() -> None:
    chart = throughput([Tick(second, 5, 0, 0) for second in range(10_000)])
    assert chart is not None
    assert len(chart.blocks) <= 60
    assert {block.number for block in chart.blocks} == {5.0}
    assert [label.text for label in chart.times] == ["0 h", "1 h", "2 h"]


def test_no_ticks_no_chart() -> None:
    assert throughput(()) is None
