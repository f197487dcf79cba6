"""Show a cell's number as its format does: General without exponents, dates as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from math import isfinite

from openpyxl.styles.numbers import STRIP_RE, is_date_format, is_timedelta_format

from sync.source.workbooks.formatted import general, shown_by

_GENERAL = frozenset({"", "general", "@"})
_DATE_LETTERS = re.compile(r"[dy]", re.IGNORECASE)

_FIRST_LOSSY = 1e15
"""The first number of 16 digits; Excel keeps 15 and writes zeros for the rest."""

_DIGITS_KEPT = 15
_JUST_DIGITS = re.compile(r"(?:0|-?[1-9][0-9]*+)(?:\.[0-9]*[1-9])?")

_DAY = 86_400
_REMEMBERED_FORMATS = 1024
_REMEMBERED_DAYS = 1 << 14
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
_LAST_DAY = date(9999, 12, 31)
_NO_LEAP_DAY = 60
"""Excel's 29 February 1900, a day that never was."""


class CellFault(Exception):
    """A cell whose value cannot be told: a published code, what stands in the cell, and what to do."""

    def __init__(self, code: str, value: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.value = value
        self.message = message


NumberText = Callable[[str], str]
"""What a person sees of a number, which is given as the file writes it. Raises CellFault."""


def number_text(raw: str, number_format: str, *, date_1904: bool) -> str:
    """What a person sees of the number `raw` (as the file writes it) in this format.

    Raises CellFault: number-too-long from 16 digits on, invalid-cell for what is no number or no date.
    """
    return shown_in(number_format, date_1904=date_1904)(raw)


@lru_cache(_REMEMBERED_FORMATS)
def shown_in(number_format: str, *, date_1904: bool) -> NumberText:
    """The function that shows numbers in this format; see `number_text`."""
    if number_format.strip().lower() in _GENERAL:
        return _general
    if is_date_format(number_format) and not is_timedelta_format(number_format):
        clock_only = not _DATE_LETTERS.search(STRIP_RE.sub("", number_format))
        return partial(_serial_date, clock_only=clock_only, date_1904=date_1904)
    return partial(_formatted, shown_by(number_format))


def _value(raw: str) -> float:
    try:
        # Python reads more as a number than a workbook may hold: 1_000, and the digits of other scripts.
        value = float(raw) if raw.isascii() and "_" not in raw else float("nan")
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise CellFault("invalid-cell", raw, f"{raw!r} is stored as a number but is none: type the value in again")
    return value


def _general(raw: str) -> str:
    return general(raw if len(raw) <= _DIGITS_KEPT and _JUST_DIGITS.fullmatch(raw) else _all_digits(raw))


def iso_date(raw: str) -> str:
    """A date that the file writes as ISO 8601, in this product's form. Raises CellFault when it is none."""
    try:
        if ":" in raw and "-" not in raw.partition(":")[0]:
            return time.fromisoformat(raw).strftime("%H:%M:%S")
        moment = datetime.fromisoformat(raw)
    except ValueError as error:
        raise CellFault("invalid-cell", raw, f"{raw!r} is stored as a date but is none: type it in again") from error
    return _without_midnight(moment.replace(tzinfo=None))


def _all_digits(raw: str) -> str:
    """The number's digits, at most 15, as many as there are, and never an exponent."""
    value = _value(raw)
    if abs(value) >= _FIRST_LOSSY:
        digits = format(Decimal(raw), "f") if abs(value) < _FIRST_LOSSY**2 else raw
        raise CellFault(
            "number-too-long",
            digits,
            f"{digits!r} has more than 15 digits, and a spreadsheet keeps 15 of a number: format the column as text "
            "and enter it again",
        )
    if value == 0:
        return "0"
    text = format(value, ".15g")
    return format(Decimal(text), "f") if "e" in text else text


def _formatted(shown: Callable[[str], str | None], raw: str) -> str:
    digits = raw if len(raw) <= _DIGITS_KEPT and _JUST_DIGITS.fullmatch(raw) else _all_digits(raw)
    text = shown(digits)
    if text is None:
        raise CellFault("invalid-cell", digits, f"{digits!r} cannot be shown in its format: Excel shows #####")
    return text


def _serial_date(raw: str, *, clock_only: bool, date_1904: bool) -> str:
    """Days since the epoch as a date; a time alone where there is no day and the format shows none."""
    serial = _value(raw)
    seconds = round(serial * _DAY) if abs(serial) < _FIRST_LOSSY else -1
    day, second = divmod(seconds, _DAY)
    if clock_only and 0 <= serial < 1:
        return _clock(second)
    shown = _day(day, date_1904)
    if shown is None:
        given = format(serial, ".15g")
        raise CellFault("invalid-cell", given, f"{given!r} is formatted as a date but is none: type the date in again")
    return f"{shown}T{_clock(second)}" if second else shown


def _clock(second: int) -> str:
    return f"{_TWO_DIGITS[second // 3600]}:{_TWO_DIGITS[second // 60 % 60]}:{_TWO_DIGITS[second % 60]}"


@lru_cache(_REMEMBERED_DAYS)
def _day(day: int, date_1904: bool) -> str | None:
    """The date of a day since the epoch; None where there is none."""
    start = date(1904, 1, 1) if date_1904 else date(1899, 12, 31) if day < _NO_LEAP_DAY else date(1899, 12, 30)
    is_date = (day >= 0) if date_1904 else (day >= 1 and day != _NO_LEAP_DAY)
    if not is_date or day > (_LAST_DAY - start).days:
        return None
    return (start + timedelta(days=day)).isoformat()


def _without_midnight(moment: datetime) -> str:
    if moment.time() == time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds")
