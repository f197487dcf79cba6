"""The summary as a few plain lines for a terminal or a log; no value of a cell is in it."""

from __future__ import annotations

from collections.abc import Iterator

from sync.model import OUTCOMES, RunSummary
from sync.report.advice import next_steps
from sync.report.reported import Invocation, ReportFiles
from sync.report.words import STATUS_WORDS, duration_of, outcome_words, rows_of, source_words

_MOST_ERRORS = 5


def summary_text(summary: RunSummary, files: ReportFiles | None, invocation: Invocation) -> str:
    """Rows, outcomes, the most frequent errors, where the report lies and what to do next, with a final newline."""
    return "\n".join(_lines(summary, files, invocation)) + "\n"


def _lines(summary: RunSummary, files: ReportFiles | None, invocation: Invocation) -> Iterator[str]:
    yield f"Run {summary.run_id}: {STATUS_WORDS[summary.status]}"
    yield f"{rows_of(summary.rows_read)} of {source_words(summary.source)} in {duration_of(summary.duration_s)}"
    for outcome in OUTCOMES:
        if number := getattr(summary, outcome):
            yield f"{number:>11,} {outcome:<12} {outcome_words(summary.status, outcome)}"
    if summary.errors:
        yield "Most frequent errors:" if len(summary.errors) > _MOST_ERRORS else "Errors:"
    for error in summary.errors[:_MOST_ERRORS]:
        yield f"{error.rows:>11,} {error.code}: {error.title}"
    if len(summary.errors) > _MOST_ERRORS:
        more = len(summary.errors) - _MOST_ERRORS
        yield f"{'':>11} and {more} more {'kind' if more == 1 else 'kinds'}"
    if files:
        yield f"Report: {files.page}"
    yield "Next:"
    for step in next_steps(summary, files, invocation):
        yield f"  {step.text}"
        if step.command:
            yield f"    {step.command}"
