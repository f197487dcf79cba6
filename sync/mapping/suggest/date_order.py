"""In which order a column's dates are written: by the values themselves, else by the file's other columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import islice
from typing import Literal

from sync.mapping.dates import convert_date
from sync.mapping.refusal import CellRefused

First = Literal["day", "month"]

_DAYS_FIRST = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y")
_MONTHS_FIRST = ("%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y", "%m/%d/%y", "%m.%d.%y", "%m-%d-%y")
_OTHER = ("%Y/%m/%d", "%Y.%m.%d", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d. %B %Y")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", ", %H:%M")
_SWAPPED = dict(zip(_DAYS_FIRST, _MONTHS_FIRST, strict=True)) | dict(zip(_MONTHS_FIRST, _DAYS_FIRST, strict=True))
_FORMATS = tuple(day + clock for day in (*_MONTHS_FIRST, *_DAYS_FIRST, *_OTHER) for clock in _CLOCKS)
_DIGITS = re.compile(r"\d+")
_SHAPES_TRIED = 50
_NUMBERS = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}\b")
"""How a date begins whose order of day and month is a question."""

_CLOCK_AT_END = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]\.?m\.?)?$", re.IGNORECASE)
"""A time of day; one with an offset from UTC does not end in it."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """How a column's values read as dates.

    `share`: those that do. `written`: the format of those that are not ISO 8601, "" when all are. `first`: what comes
    first in it, where that is a question; `proofs`: how many values can only be read so; `against`: how many only the
    other way; `swapped`: the format of the other way. `clocks`: there are times without an offset.
    """

    share: float
    written: str = ""
    first: First | None = None
    proofs: int = 0
    against: int = 0
    swapped: str = ""
    clocks: bool = False

    @property
    def decided(self) -> bool:
        """Whether the values show that the day or the month comes first, and none shows the contrary."""
        return self.proofs > 0 and not self.against


def read_dates(values: Sequence[str], likelier: First | None = None) -> DateReading:
    """How the different values of a column read as dates; `likelier`: what comes first where they do not show it."""
    other = [text for text in values if not _reads(text, ())]
    clocks = any(_CLOCK_AT_END.search(text) for text in values)
    iso = len(values) - len(other)
    read = {form: {text for text in other if _reads(text, (form,))} for form in _likely_formats(other)}
    if not any(read.values()):
        return DateReading(iso / len(values) if values else 0.0, clocks=clocks)
    written = max(
        read, key=lambda form: (len(read[form]), _first(form) == (likelier or _usual(form)), -_FORMATS.index(form))
    )
    share = (iso + len(read[written])) / len(values)
    swapped = _swap(written)
    if not swapped:
        return DateReading(share, written, clocks=clocks)
    mine, others = read[written], {text for text in other if _reads(text, (swapped,))}
    return DateReading(share, written, _first(written), len(mine - others), len(others - mine), swapped, clocks)


def habit_of(columns: Iterable[Sequence[str]]) -> First | None:
    """What comes first in the dates of a file, where the values of some of its columns show it and agree."""
    numbers = ([text for text in values if _NUMBERS.match(text)] for values in columns)
    shown = {reading.first for values in numbers if (reading := read_dates(values)).decided}
    return shown.pop() if len(shown) == 1 else None


def _likely_formats(values: Sequence[str]) -> list[str]:
    """The formats that read some value, where one is tried of each pattern of digits."""
    shapes = {_DIGITS.sub(lambda run: "9" * len(run[0]), text): text for text in values}
    tried = [text for text in islice(shapes.values(), _SHAPES_TRIED) if len(text) <= 40]  # noqa: PLR2004
    found = {form for form in _FORMATS if any(_reads(text, (form,)) for text in tried)}
    return [form for form in _FORMATS if form in found or _swap(form) in found]


def _swap(form: str) -> str:
    """The format that takes the day for the month; "" where that is no question."""
    day = next((day for day in _SWAPPED if form.startswith(day)), None)
    return _SWAPPED[day] + form.removeprefix(day) if day else ""


def _first(form: str) -> First:
    return "month" if form.startswith("%m") else "day"


def _usual(form: str) -> First:
    """What people put first who write dates so: with points, the day."""
    return "day" if "." in form else "month"


def _reads(text: str, formats: tuple[str, ...]) -> bool:
    """Whether the mapping's own `date` transform reads the text by these formats or as ISO 8601."""
    try:
        convert_date(text, formats, UTC)
    except CellRefused:
        return False
    return True
