"""What stands in a column: how many cells are filled, the different values, and what these look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_KEPT = 5_000
_MOST_LOOKED_AT = 400
"""Distinct values that the costlier questions look at."""

MOST_CHOICES = 40
"""More different values than these are no enumeration."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_CODE = re.compile(r"[\w./:-]+")
_FILE = re.compile(r"[^\n]+\.(pdf|docx?|png|jpe?g|txt|pages|html)", re.IGNORECASE)

_PLACEHOLDERS = frozenset({"n/a", "n.a.", "-", "--", "\u2013", "\u2014", "none", "null", "(blank)", "tbd"})
"""What people write instead of leaving a cell blank."""

_LONGEST_NOTHING = 20
"""Longer cells are no placeholder, even with blanks around it."""


@dataclass
class ColumnValues:
    """What stands in a column's cells, of which `cells` were seen, `cells_without` a value and `filled` with one.

    `distinct`: the different values, white space around them off; when they get too many, `overflowed`, the first ones.
    `all_different`: no value occurs twice among those that were compared. `placeholders`: what stands there instead of
    a blank, such as `N/A`; it counts as blank. `unreadable`: cells whose value nobody can tell; they are blank, too.
    """

    cells: int = 0
    cells_without: int = 0
    filled: int = 0
    distinct: dict[str, None] = field(default_factory=dict)
    overflowed: bool = False
    all_different: bool = True
    placeholders: dict[str, None] = field(default_factory=dict)
    unreadable: int = 0

    def add(self, texts: Sequence[str]) -> None:
        """Take note of some more cells."""
        self.cells += len(texts)
        times = Counter(texts)
        for text in [text for text in times if len(text) <= _LONGEST_NOTHING or text.isspace()]:
            kept = text.strip()
            if not kept or kept.casefold() in _PLACEHOLDERS:
                self.cells_without += times.pop(text)
                self.placeholders.update({kept: None} if kept else {})
        self.filled = self.cells - self.cells_without
        if self.overflowed:
            return
        self.distinct.update(dict.fromkeys(text.strip() for text in times))
        self.all_different = len(self.distinct) == self.filled
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
    def spellings(self) -> list[str]:
        """The choices, those that differ in case alone only once, as a mapping's values are looked up."""
        spelt: dict[str, str] = {}
        for text in self.choices:
            spelt.setdefault(text.casefold(), text)
        return list(spelt.values())

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of the sample that the pattern matches whole; 0 when there are no values."""
        sample = self.sample
        return sum(1 for text in sample if pattern.fullmatch(text)) / len(sample) if sample else 0.0

    @property
    def emails(self) -> float:
        """The share that looks like an e-mail address."""
        return self.share(_EMAIL)

    @property
    def addresses(self) -> list[str]:
        """The e-mail addresses of the sample."""
        return [text for text in self.sample if _EMAIL.fullmatch(text)]

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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its header's text and its values."""

    header: str
    values: ColumnValues
