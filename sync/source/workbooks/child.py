"""Read a workbook in a process of its own, so that no file takes the program down: see `worker` for the other side."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NoReturn, cast

from pydantic import ByteSize, TypeAdapter, ValidationError

from sync.errors import SettingsError, SourceError
from sync.look import SheetLook
from sync.source.content import WorkbookFormat
from sync.source.workbooks.limits import CPU_S
from sync.source.workbooks.look_wire import look_from_wire
from sync.source.workbooks.reader import FaultyCell, MergedCells, Sheet, SheetRow

MEMORY_VARIABLE = "CANDIDATE_SYNC_MEMORY"
DEFAULT_MEMORY = "1GB"

_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from sync.source.workbooks.worker import main; main()"
)
_PASSED_ON = frozenset({"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"})
"""What of the environment the process gets: nothing that is secret."""


@contextmanager
def opened_in_child(path: Path, workbook_format: WorkbookFormat, *, cpu_s: int = CPU_S) -> Iterator[ChildReader]:
    """The workbook, for as long as it is read. Raises SourceError when it is damaged or costs more than it may."""
    memory = memory_limit()
    first = {"path": str(path.absolute()), "format": workbook_format, "memory": memory, "cpu_s": cpu_s}
    with subprocess.Popen(  # noqa: S603 - the command is all ours
        [sys.executable, "-I", "-S", "-c", _START, json.dumps(_module_path())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON},
        start_new_session=True,  # the terminal's Ctrl-C is for the program, which ends this process itself
    ) as process:
        try:
            yield ChildReader(path, process, first)
        finally:
            process.kill()
            with suppress(BrokenPipeError):
                cast("IO[bytes]", process.stdin).close()  # an order that nobody took is no trouble of the caller's


def memory_limit() -> int:
    """Bytes that reading a workbook may take. Raises SettingsError when the variable says no size."""
    said = os.environ.get(MEMORY_VARIABLE, DEFAULT_MEMORY)
    try:
        return int(TypeAdapter(ByteSize).validate_python(said))
    except ValidationError:
        raise SettingsError(f"{MEMORY_VARIABLE} must be a size such as 2GB, not {said!r}.") from None


def _module_path() -> list[str]:
    """Where the process finds the program's modules: where this one does, but never by the working directory's name."""
    own = str(Path(__file__).parents[3])
    return [own, *(entry for entry in sys.path if entry and entry != own)]


class ChildReader:
    """The workbook in the other process; a `WorkbookReader`. One sheet is read at a time."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes], first: dict[str, Any]) -> None:
        self._path = path
        self._process = process
        self._orders = cast("IO[bytes]", process.stdin)
        self._answers = cast("IO[bytes]", process.stdout)
        self._memory = first["memory"]
        self._awaited = 0
        self._sheets: tuple[Sheet, ...] | None = None
        self._merged: list[MergedCells] = []
        self._order(first)
        self.notes = tuple(self._answer()["notes"])

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets; see `WorkbookReader`. Asked for when needed: in some formats they cost a reading of the file."""
        if self._sheets is None:
            self._drain()
            self._order({"what": "sheets"})
            self._sheets = tuple(Sheet(**sheet) for sheet in self._answer()["sheets"])
        return self._sheets

    def rows(self, sheet: int, width: int | None = None) -> Iterator[SheetRow]:
        """The rows of the sheet; see `WorkbookReader`."""
        self._drain()
        self._order({"what": "rows", "sheet": sheet, "width": width})
        while rows := self._answer_with_more_ordered(width):
            for number, hidden, texts, faults in rows:
                yield SheetRow(number, hidden, texts, [FaultyCell(*fault) for fault in faults])

    def merged(self, sheet: int) -> Sequence[MergedCells]:  # noqa: ARG002 - one sheet is read at a time
        """The merged cells of the sheet whose rows were read last; see `WorkbookReader`."""
        return self._merged

    def look(self, sheet: int, rows: Collection[int], width: int) -> SheetLook | None:
        """How the sheet looks; see `StyledReader`. None where its format does not tell."""
        self._drain()
        self._order({"what": "look", "sheet": sheet, "rows": sorted(rows), "width": width})
        look = self._answer()["look"]
        return None if look is None else look_from_wire(look)

    def _answer_with_more_ordered(self, width: int | None) -> list[Any]:
        """The next rows; the ones after them are ordered at once, so that both processes work at the same time."""
        answer = self._answer()
        self.notes = tuple(answer["notes"])
        self._merged = [MergedCells(*cells) for cells in answer["merged"]]
        if answer["rows"]:
            self._order({"what": "more", "width": width})
        return list(answer["rows"])

    def _drain(self) -> None:
        """Pass over the answer that a sheet not read to its end has left, whatever it says of that sheet."""
        while self._awaited:
            if not self._answers.readline().endswith(b"\n"):
                self._gone()
            self._awaited -= 1

    def _order(self, order: dict[str, Any]) -> None:
        try:
            self._orders.write(json.dumps(order).encode() + b"\n")
            self._orders.flush()
        except BrokenPipeError:
            self._gone()
        self._awaited += 1

    def _answer(self) -> dict[str, Any]:
        line = self._answers.readline()
        if not line.endswith(b"\n"):
            self._gone()
        self._awaited -= 1
        answer: dict[str, Any] = json.loads(line)
        if "refused" in answer:
            raise SourceError(self._path, answer["refused"])
        if answer.get("ended") == "memory":
            self._too_big()
        return answer

    def _gone(self) -> NoReturn:
        """Say why the process has ended, as far as can be known."""
        code = self._process.wait()
        if code == -getattr(signal, "SIGXCPU", 0):
            raise SourceError(
                self._path,
                "takes longer to read than honest workbooks: it is damaged or made to do harm; save the table as .csv",
            )
        if code == -signal.SIGABRT:
            self._too_big()
        raise SourceError(
            self._path, "cannot be read: it is damaged in a way that ends the reader; save the table as .csv"
        )

    def _too_big(self) -> NoReturn:
        size = ByteSize(self._memory).human_readable(decimal=True)
        raise SourceError(
            self._path,
            f"needs more than {size} of memory to be read: save the table as .csv, or, if you trust the file, allow "
            f"more by the environment variable {MEMORY_VARIABLE}, such as 4GB",
        )
