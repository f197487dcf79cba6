"""The options that several commands share, each with its environment variable."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from sync.errors import SettingsError
from sync.settings import DEFAULT_PATIENCE_S, DEFAULT_REPORT_DIR, DEFAULT_STATE, MaxErrors, Options, parse_duration

T = TypeVar("T")


class LogFormat(StrEnum):
    """How progress is told where there is no terminal."""

    text = "text"
    json = "json"


def _variable(option: str) -> str:
    return f"CANDIDATE_SYNC_{option.upper().replace('-', '_')}"


File = Annotated[
    str,
    typer.Argument(
        help="The spreadsheet (.csv, .tsv, .txt, .xlsx, .xlsm, .xls, .xlsb or .ods): a path, an https://, s3://, "
        "gs://, az:// or sftp:// address, or - for standard input; packed as .gz or .zip or not.",
        show_default=False,
    ),
]
MappingFile = Annotated[
    Path,
    typer.Option("-m", "--mapping", help="The mapping (YAML).", envvar=_variable("mapping"), show_default=False),
]
Rate = Annotated[
    float | None,
    typer.Option(
        min=0.01,
        max=1_000_000,
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
OnlyChanged = Annotated[
    bool,
    typer.Option(
        "--only-changed", help="Skip rows that equal what was last applied.", envvar=_variable("only-changed")
    ),
]
Wait = Annotated[
    str,
    typer.Option(
        metavar="DURATION", help="Wait so long for another run on the same ledger, e.g. 10m.", envvar=_variable("wait")
    ),
]
Patience = Annotated[
    str,
    typer.Option(
        metavar="DURATION", help="Wait so long for an API that is down, e.g. 30m.", envvar=_variable("patience")
    ),
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
NO_WAIT = "0s"
PATIENCE = f"{DEFAULT_PATIENCE_S / 60:g}m"


def job_options(
    *,
    rate: float | None = None,
    concurrency: int | None = None,
    max_errors: str | None = None,
    limit: int | None = None,
    state: Path = STATE,
    report_dir: Path = REPORT_DIR,
    only_changed: bool = False,
    wait: str = NO_WAIT,
    patience: str = PATIENCE,
) -> Options:
    """The options as jobs take them. Raises SettingsError for one of a wrong form, by its name."""
    return Options(
        rate=rate,
        concurrency=concurrency,
        max_errors=parsed("--max-errors", max_errors, MaxErrors.parse) if max_errors is not None else None,
        limit=limit,
        state=state,
        report_dir=report_dir,
        only_changed=only_changed,
        wait=parsed("--wait", wait, parse_duration),
        patience=parsed("--patience", patience, parse_duration),
    )


def parsed(option: str, text: str, parse: Callable[[str], T]) -> T:
    """An option's text as its value. Raises SettingsError that names the option."""
    try:
        return parse(text)
    except SettingsError as error:
        raise SettingsError(f"{option}: {error}") from None
