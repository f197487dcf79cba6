"""Renders report.html: the whole run on one page that needs no other file and no script."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from sync.model import OUTCOMES, RowOutcome, RunSummary
from sync.report.advice import next_steps
from sync.report.charts import outcome_bar, throughput
from sync.report.files import write_private
from sync.report.reported import ReportedRun, ReportFiles
from sync.report.words import STATUS_WORDS, duration_of, outcome_words, rate_of, rows_of, source_words, time_of

MOST_ROWS = 1_000
ATTENTION = frozenset({"rejected", "failed", "unknown"})

_PAGES = Environment(
    loader=PackageLoader("sync.report"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters.update(rows=rows_of, duration=duration_of, time=time_of, rate=rate_of, source=source_words)


def write_page(run: ReportedRun, attention: Sequence[RowOutcome], files: ReportFiles) -> None:
    """Write the page of the report `files`.

    `attention` are the first rejected, failed and unknown rows, at most MOST_ROWS of them.
    """
    summary = run.summary
    to_mend = summary.rejected + summary.failed
    text = _PAGES.get_template("report.html.j2").render(
        run=run,
        summary=summary,
        status=STATUS_WORDS[summary.status],
        headline=_headline(summary),
        outcomes=[(name, getattr(summary, name), outcome_words(summary.status, name)) for name in OUTCOMES],
        bar=outcome_bar(summary),
        speed=throughput(run.ticks),
        steps=next_steps(summary, files, run.invocation),
        attention=attention,
        more=to_mend + summary.unknown - len(attention),
        failed=files.failed.name if files.failed else None,
        source_gone=bool(to_mend and not files.failed and not files.unwritten),
    )
    write_private(files.page, text)


def _headline(summary: RunSummary) -> str:
    if not summary.rows_read:
        return "No rows"
    if summary.status == "checked":
        return f"{summary.unprocessed:,} of {rows_of(summary.rows_read)} ready to send"
    return f"{summary.updated:,} of {rows_of(summary.rows_read)} updated"
