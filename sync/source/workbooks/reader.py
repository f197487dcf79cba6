"""What every workbook format is read through: its sheets, and the rows of one of them as a person sees them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:  # openpyxl, in which looks are kept, takes a quarter of a second to load
    from sync.look import SheetLook


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tab of the workbook."""

    name: str
    visible: bool


class FaultyCell(NamedTuple):
    """A cell whose value cannot be told: its 0-based column, a published code, what stands in it, what to do."""

    column: int
    code: str
    value: str
    message: str


class MergedCells(NamedTuple):
    """A range shown as one cell, with the value of its first. Rows from 1, columns from 0, the last ones included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class SheetRow(NamedTuple):
    """A row as the spreadsheet numbers it.

    `texts`: its cells by column, as far as there are any; a faulty cell is "" among them and stands in `faults`.
    """

    number: int
    hidden: bool
    texts: list[str]
    faults: list[FaultyCell]

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen in the row."""
        return not self.faults and not "".join(self.texts).strip()


class WorkbookReader(Protocol):
    """An open workbook. `notes` says what its format does not tell, and so cannot be shown as Excel shows it."""

    notes: tuple[str, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets, in the order of their tabs."""
        ...

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows that the sheet of this 0-based place stores, from the top; none where it is a chart.

        Cells at and beyond column `width` are passed over. Raises SourceError when the sheet is damaged.
        """
        ...

    def merged(self, sheet: int) -> Sequence[MergedCells]:
        """The sheet's merged cells of more than one row, as far as they are known: once its rows were read."""
        ...


@runtime_checkable
class StyledReader(Protocol):
    """A WorkbookReader of a format whose looks can be read."""

    def look(self, sheet: int, rows: Collection[int], width: int) -> SheetLook | None:
        """How the sheet of this 0-based place looks: its first `width` columns, and the rows numbered in `rows`.

        Raises SourceError when what describes it is damaged.
        """
        ...


OpenedWorkbook = Callable[[Path], AbstractContextManager[WorkbookReader]]
"""Opens a workbook of some format for as long as it is read."""
