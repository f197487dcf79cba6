"""Prints what a job came to on standard output: for people, or as JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import typer

from sync.cli.output import say, table
from sync.jobs.finishing import JobResult
from sync.jobs.listing import ListedRun
from sync.model import OUTCOMES, Payload, RunSummary
from sync.report import summary_json, summary_text


def conclude(result: JobResult, *, as_json: bool, quiet: bool, before: str = "") -> None:
    """Print the summary and exit with the job's code; the reason of an early end goes to standard error."""
    if as_json:
        say(summary_json(result.summary))
    elif not quiet:
        say(before + summary_text(result.summary, result.files, result.invocation))
    if result.reason:
        sys.stderr.write(f"candidate-sync: {result.reason}\n")
    raise typer.Exit(result.exit_code)


def payload_lines(payloads: Sequence[Payload]) -> str:
    """The first rows as they would be sent."""
    lines = [_payload_line(payload) for payload in payloads]
    return "The first rows as they would be sent:\n" + "\n".join(lines) + "\n\n" if lines else ""


def _payload_line(payload: Payload) -> str:
    body = {**payload.body, **{name: f"<{path.name}>" for name, path in payload.files.items()}}
    return f"  row {payload.row}  PUT /candidates/{payload.candidate}  {json.dumps(body, ensure_ascii=False)}"


_NUMBERS = ("rows_read", *OUTCOMES)
_RUN_COLUMNS = ("run", "job", "status", "rows", *OUTCOMES, "started", "source")


def runs_table(listed: Sequence[ListedRun]) -> str:
    """All runs, a line each."""
    return table(_RUN_COLUMNS, [_run_line(one.verb, one.summary) for one in listed])


def _run_line(verb: str, summary: RunSummary) -> tuple[str, ...]:
    numbers = (f"{getattr(summary, name):,}" for name in _NUMBERS)
    return (summary.run_id, verb, summary.status, *numbers, summary.started_at, summary.source)


def runs_json(listed: Sequence[ListedRun]) -> str:
    """All runs as a JSON list of summaries."""
    return json.dumps([{"job": one.verb, **json.loads(summary_json(one.summary))} for one in listed], indent=2)
