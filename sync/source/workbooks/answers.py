"""The lines of JSON between the program and the process that reads a workbook for it, one answer for each request.

Lines and not pickles: a file that takes the process over gets no further than wrong cells.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from sync.codes import CODES
from sync.source.workbooks.reader import FaultyCell, MergedCells, Sheet, SheetRow

if TYPE_CHECKING:
    from sync.look import SheetLook

LONGEST = 16 << 20
"""Bytes of a line. A row of very many long cells has room; what is longer would cost the program too much."""
OUT_OF_MEMORY = 75
"""The exit code that says so: once no memory is left, nothing else can be relied on to be said."""

_WIDEST = 1 << 14
_ENCODING = ("utf-8", "surrogatepass")

T = TypeVar("T")


class Astray(Exception):
    """What came is no answer: the process is not the one that was started any more."""


def line_of(answer: dict[str, Any]) -> bytes:
    """The answer or request as a line."""
    text = json.dumps(answer, ensure_ascii=False, check_circular=False, separators=(",", ":"))
    return text.encode(*_ENCODING) + b"\n"


def answer_of(line: bytes) -> dict[str, Any]:
    """What the line says. Raises Astray when it is none."""
    return _checked(lambda: dict(json.loads(line.decode(*_ENCODING))))


def notes_of(answer: dict[str, Any]) -> tuple[str, ...]:
    """The reader's notes. Raises Astray."""
    return _checked(lambda: tuple(map(_text, answer["notes"])))


def sheets_of(values: list[Any]) -> tuple[Sheet, ...]:
    """The sheets. Raises Astray."""
    return _checked(lambda: tuple(Sheet(_text(name), bool(visible)) for name, visible in values))


def merged_of(values: list[Any]) -> tuple[MergedCells, ...]:
    """The merged cells. Raises Astray."""
    return _checked(lambda: tuple(MergedCells(*map(_number, four)) for four in values))


def look_of(pieces: list[dict[str, Any]]) -> SheetLook:
    """The look, of which the first piece says all but some rows. Raises Astray."""
    from sync.source.workbooks.look_wire import look_from_wire  # noqa: PLC0415 (openpyxl is slow to load)

    return _checked(
        lambda: look_from_wire(
            {**pieces[0], "rows": {number: row for piece in pieces for number, row in piece["rows"].items()}}
        )
    )


def rows_of(values: list[Any], width: int | None, above: int) -> list[SheetRow]:
    """The rows, all below the one numbered `above`. Raises Astray."""
    return _checked(lambda: _rows(values, _WIDEST if width is None else width, above))


def _checked(read: Callable[[], T]) -> T:
    try:
        return read()
    except (ValueError, TypeError, LookupError, AttributeError, SyntaxError, RecursionError):
        raise Astray from None


def _rows(values: list[Any], width: int, above: int) -> list[SheetRow]:
    rows: list[SheetRow] = []
    for number, hidden, texts, faults in values:
        if _number(number) <= above or type(texts) is not list or len(texts) > width:
            _refuse()
        "".join(texts)  # The quickest way to find a cell that is no text.
        rows.append(SheetRow(number, bool(hidden), texts, [_fault(fault, width) for fault in faults]))
        above = number
    return rows


def _fault(values: list[Any], width: int) -> FaultyCell:
    column, code, value, message = values
    if not 0 <= _number(column) < width or code not in CODES:
        _refuse()
    return FaultyCell(column, code, _text(value), _text(message))


def _number(value: object) -> int:
    return value if type(value) is int else _refuse()


def _text(value: object) -> str:
    return value if type(value) is str else _refuse()


def _refuse() -> NoReturn:
    raise ValueError
