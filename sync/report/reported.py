"""What a report is made from, and which files came of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sync.model import RowOutcome, RunSummary, Source, Tick


@dataclass(frozen=True, slots=True)
class FailedForm:
    """Where the mapping looks for the table, so that the failed rows load again with the same mapping.

    Set only what the mapping names: `header_row` and `sheet_number` (both 1-based). The defaults are right for a
    mapping that leaves them to the reader.

    `choices`: by place of a column in the source, the values that the mapping takes there. `reread` opens a file as
    the mapping would; None where nothing can be read back.
    """

    header_row: int = 1
    sheet_number: int = 1
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    reread: Callable[[Path], Source] | None = None


@dataclass(frozen=True, slots=True)
class Invocation:
    """How the commands that the report suggests name the run's mapping, ledger and target.

    "" is the default ledger or the default target: a run against another one must not go on against the real API.
    """

    mapping: str = "MAPPING"
    state: str = ""
    target: str = ""

    def command(self, verb: str, argument: str, *, with_mapping: bool = False) -> str:
        """Build a command line that can be pasted into a shell."""
        words = ["candidate-sync", verb, argument]
        if with_mapping:
            words += ["-m", self.mapping]
        if self.state:
            words += ["--state", self.state]
        line = shlex.join(words)
        sends = verb in {"run", "resume", "retry"}
        return f"PARADOX_API_URL={shlex.quote(self.target)} {line}" if self.target and sends else line


@dataclass(frozen=True, slots=True)
class ReportedRun:
    """A run as the report needs it.

    `rows` yields every row's outcome in row order and can be called again. `ticks` is the throughput over time.
    `notes` is what the reader and the job said (encoding, delimiter, hidden rows, warnings). `reason` says why a
    run ended early, "" where it did not.
    """

    summary: RunSummary
    rows: Callable[[], Iterator[RowOutcome]]
    ticks: tuple[Tick, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    failed_form: FailedForm = field(default_factory=FailedForm)
    invocation: Invocation = field(default_factory=Invocation)


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """The files a report consists of.

    `failed` is None when no row failed, when the source has gone, or when the file cannot be written so that it loads
    again: then `unwritten` says why.
    """

    summary: Path
    results: Path
    page: Path
    failed: Path | None
    unwritten: str = ""
