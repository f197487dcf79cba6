"""The `date` transform: ISO 8601 always, listed formats besides, and what leaves is ISO 8601 with an offset or a date.

Where clocks are put forward, a time that no clock showed is refused; where they are put back, a time that they showed
twice is ambiguous. The midnight of a date without a time is the day's first moment in either case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from sync.mapping.refusal import CellRefused

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?P<time>[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(?P<offset> ?[+-]\d{2}(:?\d{2})?|Z)?)?",
    re.ASCII | re.IGNORECASE,
)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_DIRECTIVE = re.compile(r"%(.)", re.DOTALL)
_CLOCK = frozenset("HIMSfpcXz")
_KEPT = 20_000
_PROBE = datetime(2026, 11, 23, 15, 4, 5, tzinfo=UTC)

Reading = date | datetime
"""A date alone, or a date and time, with or without an offset."""


_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)
_DIRECTIVE_OF = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "m": "%m", "mmm": "%b", "mmmm": "%B", "dd": "%d", "d": "%d"}
"""What spreadsheets write for the parts of a date, as a directive."""


def format_problem(text: str) -> str | None:
    """Say why strptime cannot read full dates by this format, or None when it can."""
    if "%" not in text:
        meant = _LETTERS.sub(lambda run: _DIRECTIVE_OF.get(run[0].lower(), run[0]), text)
        return f"the format '{text}' has no directive such as %d" + (
            f"; did you mean '{meant}'?" if meant != text else ""
        )
    if "Z" in _DIRECTIVE.findall(text):
        return f"the format '{text}' reads a zone's name, which says no offset for certain; use %z or `timezone`"
    try:
        read = datetime.strptime(_PROBE.strftime(text), text)
    except (ValueError, re.error) as error:
        return f"'{text}' is not a date format: {error}"
    if read.date() != _PROBE.date():
        return f"the format '{text}' does not say the day, the month and the year"
    if read.hour not in {0, _PROBE.hour}:
        return f"the format '{text}' has a clock of 12 hours without %p"
    return None


@lru_cache(maxsize=_KEPT)
def convert_date(text: str, formats: tuple[str, ...], zone: tzinfo | None) -> str:
    """Turn a text into `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS±HH:MM`. Raises CellRefused."""
    reading = _read(text, formats)
    if not isinstance(reading, datetime):
        return reading.isoformat() if zone is None else _midnight(reading, zone)
    if reading.tzinfo is None:
        if zone is None:
            raise CellRefused(
                "invalid-date",
                "has a time but no offset from UTC",
                "Add `timezone` to the mapping's date transform, or an offset such as -06:00 to the value.",
            )
        reading = _placed(reading, zone)
    return _with_offset(reading)


def _read(text: str, formats: tuple[str, ...]) -> Reading:
    if match := _ISO.fullmatch(text):
        return _iso(text, match)
    readings = {reading for reading in (_by_format(text, known) for known in formats) if reading is not None}
    if len(readings) > 1:
        both = " or ".join(sorted(reading.isoformat() for reading in readings))
        raise CellRefused("ambiguous-date", f"fits more than one of the formats: {both}")
    if readings:
        return readings.pop()
    if _COMPACT.fullmatch(text):
        return _checked(lambda: datetime.strptime(text, "%Y%m%d").date())
    raise CellRefused(
        "invalid-date",
        f"does not fit any of the formats {', '.join(formats)}" if formats else "is not a date such as 2026-01-31",
    )


def _checked(read: Callable[[], Reading]) -> Reading:
    try:
        return read()
    except ValueError as error:
        raise CellRefused("invalid-date", f"is not a date that exists: {error}") from error


def _iso(text: str, match: re.Match[str]) -> Reading:
    if match["time"] is None:
        return _checked(lambda: date.fromisoformat(text))
    if match["offset"]:
        text = text.replace(" ", "T", 1).replace(" ", "")
    return _checked(lambda: datetime.fromisoformat(text.upper()).replace(microsecond=0))


def _by_format(text: str, known: str) -> Reading | None:
    try:
        read = datetime.strptime(text, known)
    except (ValueError, OverflowError):
        return None
    return read.replace(microsecond=0) if _CLOCK.intersection(_DIRECTIVE.findall(known)) else read.date()


def _midnight(day: date, zone: tzinfo) -> str:
    try:
        first = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).astimezone(zone)
    except OverflowError as error:
        raise CellRefused("invalid-date", "is too far away to have a midnight") from error
    return _with_offset(first)


def _placed(clock: datetime, zone: tzinfo) -> datetime:
    """Give a clock's reading the offset of its place, where it has exactly one."""
    first, second = clock.replace(tzinfo=zone, fold=0), clock.replace(tzinfo=zone, fold=1)
    try:
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == clock
    except OverflowError as error:
        raise CellRefused("invalid-date", "is too far away to have an offset from UTC") from error
    if not exists:
        raise CellRefused("invalid-date", f"is a time that no clock showed in {zone}: they were put forward then")
    if first.utcoffset() != second.utcoffset():
        raise CellRefused(
            "ambiguous-date",
            f"is a time that clocks showed twice in {zone}: they were put back then",
            "Write the time with its offset, such as 2026-11-01T01:30:00-06:00.",
        )
    return first


def _with_offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None or offset % timedelta(minutes=1):
        raise CellRefused("invalid-date", "has an offset from UTC that is not in whole minutes")
    return moment.isoformat()
