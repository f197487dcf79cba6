"""The process that reads one workbook: answers each line that comes in by one, until no more come."""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any, NoReturn

from sync.errors import SourceError
from sync.source.content import content_of, ending_note
from sync.source.workbooks.answers import LONGEST, OUT_OF_MEMORY, line_of
from sync.source.workbooks.formats import reader_of
from sync.source.workbooks.look_wire import look_to_wire
from sync.source.workbooks.ration import confine, ration
from sync.source.workbooks.reader import MergedCells, SheetRow, StyledReader, WorkbookReader

_FIRST, _MOST = 64, 2_000
"""Rows of the first answer, in which a header is found, and of any other."""
_ENOUGH = 1 << 20
"""Characters and cells of one answer, about."""

Request = dict[str, Any]


def main() -> NoReturn:
    """Open the workbook that the first line names, and answer."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    first = json.loads(sys.stdin.buffer.readline())
    confine(first["memory"])
    ration(first["processor_s"])
    try:
        _serve(Path(first["path"]), first["processor_s"], answers)
    except SourceError as error:
        _send(answers, {"refused": error.reason})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - a reader's defect is told, not shown as a traceback
        _send(answers, {"failed": _where(error)})
    os._exit(0)


def _serve(path: Path, processor_s: float, answers: IO[bytes]) -> None:
    content = content_of(path)
    if content == "text":
        raise SourceError(path, "was changed while it was looked at: start again")
    if content == "xls":
        del sys.modules["numpy"]  # It was hidden, and this reader needs it.
    note = ending_note(path, content)
    results: Iterator[Any] = iter(())
    with reader_of(content)(path) as reader:
        gc.freeze()  # What is there by now lives as long as the process, and need not be searched again and again.
        _send(answers, {"notes": [*([note] if note else ()), *reader.notes]})
        for line in sys.stdin.buffer:
            ration(processor_s)
            request = json.loads(line)
            if "do" in request:
                results = OPERATIONS[request["do"]](reader, request)
            try:
                answer = {"result": next(results, None)}
            except SourceError as refused:
                answer = {"refused": refused.reason}  # of this sheet; another one may be sound
            _send(answers, answer)


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    line = line_of(answer)
    if len(line) > LONGEST:
        line = line_of({"refused": "has a row with more text in it than a spreadsheet should: save the table as .csv"})
    try:
        answers.write(line)
        answers.flush()
    except OSError:
        os._exit(0)  # Nobody listens any more.


def _where(error: Exception) -> str:
    """The kind of a defect and its place; its message may hold what stands in cells."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}, line {frame.lineno}"


def _sheets(reader: WorkbookReader, _: Request) -> Iterator[list[tuple[str, bool]]]:
    yield [(sheet.name, sheet.visible) for sheet in reader.sheets]


def _merged(reader: WorkbookReader, request: Request) -> Iterator[list[MergedCells]]:
    yield list(reader.merged(request["sheet"]))


def _rows(reader: WorkbookReader, request: Request) -> Iterator[list[SheetRow]]:
    """Some rows at a time; those above a damage come before it is told."""
    rows: list[SheetRow] = []
    amount, most = 0, _FIRST
    try:
        for row in reader.rows(request["sheet"], request["width"]):
            rows.append(row)
            amount += len(row.texts) + sum(map(len, row.texts))
            if len(rows) == most or amount > _ENOUGH:
                yield rows
                rows, amount, most = [], 0, _MOST
    except MemoryError:
        raise
    except Exception:
        if rows:
            yield rows
        raise
    if rows:
        yield rows


def _look(reader: WorkbookReader, request: Request) -> Iterator[dict[str, Any]]:
    """The sheet's look, if its format tells of it; with many rows in several pieces."""
    if not isinstance(reader, StyledReader):
        return
    look = reader.look(request["sheet"], frozenset(request["rows"]), request["width"])
    if look is None:
        return
    wire = look_to_wire(look)
    rows = iter(wire.pop("rows").items())
    yield {**wire, "rows": dict(islice(rows, _MOST))}
    while more := dict(islice(rows, _MOST)):
        yield {"rows": more}


OPERATIONS: dict[str, Callable[[WorkbookReader, Request], Iterator[Any]]] = {
    "sheets": _sheets,
    "rows": _rows,
    "merged": _merged,
    "look": _look,
}
"""What can be asked of a workbook: each yields its results one by one, and behind the last one comes None."""
