"""What to do next after a run, for the terminal and the page alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sync.codes import describe
from sync.model import RunStatus, RunSummary
from sync.report.reported import Invocation, ReportFiles
from sync.report.words import rows_of

_EARLY_ENDS: dict[RunStatus, str] = {
    "aborted": "Put right what stopped the run, then go on with it; rows that are done are not sent again.",
    "interrupted": "Go on where the run stopped; rows that are done are not sent again.",
    "killed": "Go on where the run was killed; it first finds out what became of the requests in flight.",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the command that does it, "" where there is none."""

    text: str
    command: str = ""


def next_steps(summary: RunSummary, files: ReportFiles | None, invocation: Invocation) -> tuple[Step, ...]:
    """What the run's user does next, most urgent first; never empty. `files` is the report, once it is written."""
    if summary.status == "running":
        command = invocation.command("report", summary.run_id)
        return (Step("The run goes on; write its report again later.", command),)
    if not summary.target and summary.status != "checked":
        return (Step("The check did not come to the file's end: check again."),)
    after = _after_check if summary.status == "checked" else _after_run
    steps = after(summary, files, invocation)
    nothing = "every row was updated or unchanged" if summary.rows_read else "the file has no rows below its header"
    return tuple(steps) or (Step(f"Nothing: {nothing}."),)


def _after_check(summary: RunSummary, files: ReportFiles | None, invocation: Invocation) -> Iterator[Step]:
    if summary.rejected:
        shown = f", shown in {files.failed.name}," if files and files.failed else ""
        yield Step(
            f"Mend the {rows_of(summary.rejected)} that would be rejected{shown} or the mapping, and check again."
        )
    if summary.unprocessed:
        command = invocation.command("run", summary.source, with_mapping=True)
        verb = "is" if summary.unprocessed == 1 else "are"
        again = " Let standard input bring the same file again." if summary.source == "-" else ""
        yield Step(f"Send the {rows_of(summary.unprocessed)} that {verb} ready.{again}", command)


def _after_run(summary: RunSummary, files: ReportFiles | None, invocation: Invocation) -> Iterator[Step]:
    if text := _EARLY_ENDS.get(summary.status):
        yield Step(text, invocation.command("resume", summary.run_id))
    if summary.status == "stopped_by_guard":
        yield Step(
            "See why the guard stopped the run; if the run is right as it is, the reason says how to let it pass.",
            invocation.command("resume", summary.run_id),
        )
    ended_early = summary.status in _EARLY_ENDS  # the run itself goes on with these rows first
    if not ended_early and (retry := " ".join(_reasons_to_retry(summary))):
        yield Step(f"{retry} A retry sends just those rows again.", invocation.command("retry", summary.run_id))
    if files and files.failed:
        rows = rows_of(summary.rejected + summary.failed)
        yield Step(
            f"Mend the {rows} in {files.failed.name}: each says what is wrong with it. "
            "Then send the file as it is, with the same mapping.",
            invocation.command("run", str(files.failed), with_mapping=True),
        )
    elif files and files.unwritten:
        yield Step(files.unwritten)
    elif summary.rejected + summary.failed:
        text = "Put the source file back as it was and write the report again, to get the rows that are to be mended."
        yield Step(text, invocation.command("report", summary.run_id))


def _reasons_to_retry(summary: RunSummary) -> Iterator[str]:
    if summary.unknown:
        yield f"Look up the {rows_of(summary.unknown)} of unknown outcome in Paradox: their change may be there or not."
    if summary.failed and any(describe(error.code).passing for error in summary.errors):
        yield "Some failures may have passed by now."
