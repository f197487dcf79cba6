"""The process that reads one workbook: orders come in and answers go out, as JSON by the line.

Not pickled: a file that takes this process over must not get further than wrong cells.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import IO, Any

from sync.errors import SourceError
from sync.source.workbooks.formats import reader_of
from sync.source.workbooks.limits import allow_cpu, limit_memory
from sync.source.workbooks.reader import SheetRow, StyledReader, WorkbookReader

FEW, MANY = 64, 1_000
"""Rows of the first answer, with which a header is found, and of the ones after it."""

_TABLE_CELLS = 50_000
"""Cells of one answer, about; wide sheets get fewer rows."""


def main() -> None:
    """Open the workbook that the first line names, and answer one order after the other until there are no more."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not get among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    first = json.loads(sys.stdin.buffer.readline())
    limit_memory(first["memory"])
    allow_cpu(first["cpu_s"])
    if first["format"] != "xls":
        # openpyxl loads it where it is there, for nothing that is needed here, which takes longer than all the rest.
        sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        _serve(first, answers)
    except SourceError as refused:
        _answer(answers, {"refused": refused.reason})
    except MemoryError:
        _answer(answers, {"ended": "memory"})
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more


def _serve(first: dict[str, Any], answers: IO[bytes]) -> None:
    with reader_of(first["format"])(Path(first["path"])) as reader:
        _answer(answers, {"notes": reader.notes})
        sheet, rows, size = 0, _no_rows(), FEW
        answer: dict[str, Any]
        for line in sys.stdin.buffer:
            order = json.loads(line)
            allow_cpu(first["cpu_s"])
            try:
                if order["what"] == "sheets":
                    answer = {"sheets": [asdict(one) for one in reader.sheets], "notes": reader.notes}
                elif order["what"] == "look":
                    answer = {"look": _look(reader, order)}
                else:
                    if order["what"] == "rows":
                        sheet, rows, size = order["sheet"], reader.rows(order["sheet"], order["width"]), FEW
                    some = list(islice(rows, size))
                    merged = [] if some else list(reader.merged(sheet))
                    answer = {"rows": some, "merged": merged, "notes": reader.notes}
                    size = max(1, min(MANY, _TABLE_CELLS // max(1, order["width"] or 1)))
            except SourceError as refused:
                answer = {"refused": refused.reason}  # of this sheet; another one may be sound
            _answer(answers, answer)


def _look(reader: WorkbookReader, order: dict[str, Any]) -> dict[str, Any] | None:
    if not isinstance(reader, StyledReader):
        return None
    from sync.source.workbooks.look_wire import look_to_wire  # noqa: PLC0415 - of many workbooks nobody asks for the look

    look = reader.look(order["sheet"], frozenset(order["rows"]), order["width"])
    return None if look is None else look_to_wire(look)


def _no_rows() -> Iterator[SheetRow]:
    return iter(())


def _answer(answers: IO[bytes], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, separators=(",", ":")).encode())
    answers.write(b"\n")
    answers.flush()
