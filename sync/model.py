"""The frozen values that stages exchange."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

import pandas as pd

if TYPE_CHECKING:  # openpyxl, in which looks are kept, takes a quarter of a second to load
    from sync.look import SheetLook


OutcomeName = Literal["updated", "unchanged", "rejected", "failed", "unknown", "unprocessed"]
OUTCOMES: tuple[OutcomeName, ...] = ("updated", "unchanged", "rejected", "failed", "unknown", "unprocessed")

RunStatus = Literal[
    "running",
    "checked",
    "succeeded",
    "completed_with_errors",
    "aborted",
    "stopped_by_guard",
    "interrupted",
    "killed",
]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What a reader found wrong with cells of one row; it matters only where those columns are mapped.

    `columns` are positions in the header, 0-based; None means the row as a whole, whatever is mapped.
    """

    row: int
    code: str
    columns: tuple[int, ...] | None
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some thousand consecutive source rows.

    `frame`: every cell as text (`str`, blank is ""), columns 0..n-1 by position in the header, index the row
    numbers as the spreadsheet shows them (ascending, with gaps where lines are blank).
    """

    frame: pd.DataFrame
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the bytes of a delimited text become cells, so that rows can be written back in the same form.

    `encoding`: a codec that neither writes nor takes off a byte order mark (utf-8, utf-16-le, cp1252 …); `marked`:
    the mark stands in front. `stated`: the first line is `sep=` and the delimiter, and no row of the table.
    `escape`: stands before a quote inside a cell; None where such a quote is doubled. `quotes_all`: cells are quoted
    whether they need it or not. `spaced`: spaces behind a delimiter are no part of the next cell. `line_end`: CR, LF
    or both; `mixed_ends`: others end a line as well.
    """

    encoding: str = "utf-8"
    marked: bool = False
    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None
    quotes_all: bool = False
    spaced: bool = False
    line_end: str = "\r\n"
    mixed_ends: bool = False
    stated: bool = False


class Source(Protocol):
    """An opened source file: one table with a header. `chunks` may be called again and reads from the start.

    `above`: the records above the header as they are, blank ones empty, a `sep=` line left out.
    """

    path: Path
    kind: Literal["csv", "xlsx"]
    sheet: str | None
    header: tuple[str, ...]
    header_row: int
    above: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]

    @property
    def dialect(self) -> Dialect | None:
        """The form of a delimited text; None in a workbook."""
        ...

    def reads_as(self, path: Path, dialect: Dialect) -> bool:
        """Whether a file beside this one, such as that of its failed rows, is read with the same mapping as written.

        Only asked for delimited text.
        """
        ...

    def chunks(self, size: int) -> Iterator[Chunk]:
        """The data rows below the header, at most `size` rows a chunk."""
        ...

    def cell_name(self, row: int, column: int) -> str:
        """The spreadsheet's name of a cell, e.g. `Candidates!D14`, or `D14` in a CSV. `column` is 0-based."""
        ...


@runtime_checkable
class Styled(Protocol):
    """A source whose look can be read, so that rows of it can be written back in the same look."""

    def look(self, rows: Collection[int]) -> SheetLook | None:
        """How the sheet looks at the header, above it, and in `rows`; None where its format does not tell.

        Raises SourceError when what describes it is damaged.
        """
        ...


@dataclass(frozen=True, slots=True)
class RowError:
    """One thing wrong with one row, in plain words. `column` is the header's text, "" for the row as a whole."""

    row: int
    code: str
    column: str
    cell: str
    message: str
    tip: str


@dataclass(frozen=True, slots=True)
class Payload:
    """What is sent for a row.

    `body` holds wire values by field (text, booleans, the attributes' object; "" clears a field); `files` holds
    what goes along by field, read when it is sent.
    """

    row: int
    candidate: str
    body: Mapping[str, Any]
    files: Mapping[str, Path] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of all fields that the payload touches."""
        return (*self.body, *self.files)


RequestKind = Literal["put", "get"]
Applied = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that is about to leave: the row's attempt of this number, from 1, reads included."""

    row: int
    attempt: int
    kind: RequestKind


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an attempt: whether its update was applied, and the HTTP status if an answer came.

    `left` is false for a request that never left: no connection, no token, or the run was stopped just before.
    """

    row: int
    attempt: int
    applied: Applied
    http_status: int | None
    left: bool = True


@dataclass(frozen=True, slots=True)
class Cleared:
    """A read has shown that none of the row's updates up to this attempt was applied."""

    row: int
    attempt: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A row's outcome, at `second` of the pushing (None when no request gave it), with the errors that explain it."""

    row: int
    outcome: OutcomeName
    http_status: int | None
    second: float | None
    errors: tuple[RowError, ...]


Change = Sent | Answered | Cleared | Settled
"""What the ledger records of a run that is pushing."""


@dataclass(frozen=True, slots=True)
class History:
    """What earlier sittings of the run have sent for a row: `attempts` in all, and whether one is in doubt."""

    attempts: int
    in_doubt: bool


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """The one outcome of a source row, as the report shows it."""

    row: int
    candidate: str
    outcome: OutcomeName
    errors: tuple[RowError, ...]
    http_status: int | None
    attempts: int


@dataclass(frozen=True, slots=True)
class ErrorCount:
    """How many rows of a run have an error of this code; `example` is a message with its cell, for people only."""

    code: str
    title: str
    rows: int
    example: str
    tip: str


@dataclass(frozen=True, slots=True)
class Tick:
    """What one interval of the pushing brought: seconds since the start, and rows settled by outcome."""

    second: float
    updated: int
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run in numbers; its fields are those of `summary.json`, in this order. Times are ISO 8601 in UTC."""

    run_id: str
    status: RunStatus
    mapping: str
    source: str
    target: str
    started_at: str
    finished_at: str | None
    duration_s: float
    rows_read: int
    updated: int
    unchanged: int
    rejected: int
    failed: int
    unknown: int
    unprocessed: int
    requests: int
    retries: int
    throttled: int
    rate_limit: float | None
    achieved_rate: float | None
    errors: tuple[ErrorCount, ...]
