"""What a column's values look like: addresses, phone numbers and of which country, dates in which order, a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC

import phonenumbers

from sync.mapping.dates import convert_date
from sync.mapping.refusal import CellRefused

_MOST_KEPT = 5_000
_MOST_LOOKED_AT = 400
"""Distinct values that the costlier questions look at."""

MOST_CHOICES = 40
"""More different values than these are no enumeration."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_CODE = re.compile(r"[\w./:-]+")
_PHONE_LIKE = re.compile(r"[+(\d][\d\s().+/x-]{6,24}")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]\d{4}")
_FILE = re.compile(r"[^\n]+\.(pdf|docx?|png|jpe?g|txt|pages|html)", re.IGNORECASE)

_PLACEHOLDERS = frozenset({"n/a", "n.a.", "-", "--", "\u2013", "\u2014", "none", "null", "(blank)", "tbd"})
"""What people write instead of leaving a cell blank."""

REGIONS: dict[str, str] = {
    "US": "the United States",
    "GB": "the United Kingdom",
    "DE": "Germany",
    "FR": "France",
    "ES": "Spain",
    "IT": "Italy",
    "PT": "Portugal",
    "NL": "the Netherlands",
    "BE": "Belgium",
    "AT": "Austria",
    "CH": "Switzerland",
    "IE": "Ireland",
    "CA": "Canada",
    "MX": "Mexico",
    "BR": "Brazil",
    "AU": "Australia",
    "IN": "India",
    "PL": "Poland",
    "SE": "Sweden",
}
"""Countries whose numbers are looked for, the commoner first: on a tie the first is meant."""

_DAYS_FIRST = ("%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%d-%m-%Y", "%d/%m/%y")
_MONTHS_FIRST = ("%m.%d.%Y", "%m.%d.%y", "%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
OTHER_ORDER = dict(zip(_DAYS_FIRST, _MONTHS_FIRST, strict=True)) | dict(zip(_MONTHS_FIRST, _DAYS_FIRST, strict=True))
_OTHER_DATES = ("%Y/%m/%d", "%Y.%m.%d", "%d %b %Y", "%d-%b-%Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", ", %H:%M")

DATE_FORMATS = tuple(
    day + clock for day in (*_DAYS_FIRST[:2], *_MONTHS_FIRST, *_DAYS_FIRST[2:], *_OTHER_DATES) for clock in _TIMES
)


@dataclass
class ColumnValues:
    """The different values of a column that are not blank, as far as they are kept, and how many cells were filled.

    `placeholders`: what stands there instead of a blank, such as `N/A`; not among the values.
    """

    filled: int = 0
    distinct: dict[str, None] = field(default_factory=dict)
    overflowed: bool = False
    placeholders: dict[str, None] = field(default_factory=dict)

    def add(self, texts: Iterable[str]) -> None:
        """Take note of some cells; blank ones do not count."""
        kept = [text.strip() for text in texts if text and not text.isspace()]
        instead = [text for text in kept if text.casefold() in _PLACEHOLDERS]
        if instead:
            self.placeholders.update(dict.fromkeys(instead))
            kept = [text for text in kept if text.casefold() not in _PLACEHOLDERS]
        self.filled += len(kept)
        if self.overflowed:
            return
        self.distinct.update(dict.fromkeys(kept))
        if len(self.distinct) > _MOST_KEPT:
            self.overflowed = True
            self.distinct = dict(list(self.distinct.items())[:_MOST_KEPT])

    @property
    def sample(self) -> list[str]:
        """Some of the different values."""
        return list(self.distinct)[:_MOST_LOOKED_AT]

    @property
    def choices(self) -> list[str]:
        """The different values of what may be an enumeration, else nothing."""
        return [] if self.overflowed or len(self.distinct) > MOST_CHOICES else list(self.distinct)

    @property
    def all_different(self) -> bool:
        """Whether no value occurs twice, as far as can be seen."""
        return self.filled > 0 and (self.overflowed or len(self.distinct) == self.filled)

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of the sample that the pattern matches whole; 0 when there are no values."""
        sample = self.sample
        return sum(1 for text in sample if pattern.fullmatch(text)) / len(sample) if sample else 0.0

    @property
    def emails(self) -> float:
        """The share that looks like an e-mail address."""
        return self.share(_EMAIL)

    @property
    def links(self) -> float:
        """The share that is a web address."""
        return self.share(_LINK)

    @property
    def codes(self) -> float:
        """The share that could be an id: one word of letters, digits and the like."""
        return self.share(_CODE)

    @property
    def files(self) -> float:
        """The share that is a file's name of a kind that the API takes."""
        return self.share(_FILE)

    def phones(self) -> tuple[float, str | None]:
        """The share that are phone numbers of one country, and that country; None where all carry their own."""
        looked_at = [text for text in self.sample if _PHONE_LIKE.fullmatch(text)]
        if not looked_at or len(looked_at) < len(self.sample) / 2:
            return 0.0, None
        local = [text for text in looked_at if not text.startswith("+")]
        abroad = sum(1 for text in looked_at if text.startswith("+") and _is_phone(text, None))
        counts = {region: sum(1 for text in local if _is_phone(text, region)) for region in REGIONS} if local else {}
        if sum(1 for text in local if _AMERICAN.fullmatch(text)) > len(local) / 2:
            # Other countries' numbers are of so many lengths that nearly any ten digits are one of them.
            counts = {"US": counts.get("US", 0)}
        region = max(counts, key=counts.__getitem__, default=None)
        found = abroad + (counts[region] if region else 0)
        return found / len(self.sample), region if region and counts[region] else None

    def date_formats(self) -> dict[str, int]:
        """By format, how many of the different values it reads; `ISO` stands for ISO 8601."""
        values = list(self.distinct)
        first = values[:_MOST_LOOKED_AT]
        tried = [form for form in DATE_FORMATS if any(_reads(text, (form,)) for text in first[:20])]
        counts = {form: sum(1 for text in values if _reads(text, (form,)) and not _reads(text, ())) for form in tried}
        counts["ISO"] = sum(1 for text in values if _reads(text, ()))
        return {form: count for form, count in counts.items() if count}

    @property
    def has_times(self) -> bool:
        """Whether times of day stand among the values."""
        return any(_CLOCK.search(text) for text in self.sample)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its header's text and its values."""

    header: str
    values: ColumnValues


def _is_phone(text: str, region: str | None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def _reads(text: str, formats: tuple[str, ...]) -> bool:
    """Whether the mapping's own `date` transform reads the text by these formats or as ISO 8601."""
    try:
        convert_date(text, formats, UTC)
    except CellRefused:
        return False
    return True
