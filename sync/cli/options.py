"""The options that several commands share, each with its environment variable."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sync.errors import SettingsError
from sync.settings import DEFAULT_REPORT_DIR, DEFAULT_STATE, MaxErrors, Options


class LogFormat(StrEnum):
    """How progress is told where there is no terminal."""

    text = "text"
    json = "json"


def _variable(option: str) -> str:
    return f"CANDIDATE_SYNC_{option.upper().replace('-', '_')}"


File = Annotated[Path, typer.Argument(help="The spreadsheet: .csv, .tsv, .txt, .xlsx or .xlsm.", show_default=False)]
MappingFile = Annotated[
    Path,
    typer.Option("-m", "--mapping", help="The mapping (YAML).", envvar=_variable("mapping"), show_default=False),
]
Rate = Annotated[
    float | None,
    typer.Option(
        min=0.01,
        help="Requests a second, at most, reads and retries included. [default: the mapping's, else 10]",
        envvar=_variable("rate"),
        show_default=False,
    ),
]
Concurrency = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        help="Requests in flight, at most. [default: the mapping's, else 16]",
        envvar=_variable("concurrency"),
        show_default=False,
    ),
]
MaxErrorsOption = Annotated[
    str | None,
    typer.Option(
        metavar="N|N%",
        help="Stop when more than this many of the rows sent have failed or are unknown; a share counts from the "
        "50th sent row on. [default: the mapping's, else 20%]",
        envvar=_variable("max-errors"),
        show_default=False,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, help="The first N data rows only.", envvar=_variable("limit"), show_default=False),
]
State = Annotated[Path, typer.Option(help="The ledger.", envvar=_variable("state"))]
ReportDir = Annotated[Path, typer.Option(help="Where reports go.", envvar=_variable("report-dir"))]
Json = Annotated[
    bool, typer.Option("--json", help="Print the summary as JSON, and nothing else.", envvar=_variable("json"))
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print errors only.", envvar=_variable("quiet"))]
LogFormatOption = Annotated[
    LogFormat, typer.Option("--log-format", help="How progress is logged.", envvar=_variable("log-format"))
]
Yes = Annotated[bool, typer.Option("--yes", help="Answer yes to what would be asked on a terminal.")]

STATE: Path = DEFAULT_STATE
REPORT_DIR: Path = DEFAULT_REPORT_DIR


def job_options(
    *,
    rate: float | None = None,
    concurrency: int | None = None,
    max_errors: str | None = None,
    limit: int | None = None,
    state: Path = STATE,
    report_dir: Path = REPORT_DIR,
) -> Options:
    """The options as jobs take them. Raises SettingsError for a wrong --max-errors."""
    try:
        parsed = MaxErrors.parse(max_errors) if max_errors is not None else None
    except SettingsError as error:
        raise SettingsError(f"--max-errors: {error}") from None
    return Options(
        rate=rate, concurrency=concurrency, max_errors=parsed, limit=limit, state=state, report_dir=report_dir
    )
