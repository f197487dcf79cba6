"""What a column's values say of a field, and what the file says that helps to tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.mapping.suggest.date_order import First


@dataclass(frozen=True, slots=True)
class Seen:
    """What a column's values say of a field.

    `fit`: the share of the values that the field would take; None where any text would do, or there are no values.
    `said`: that in words. `settings`: keys of the field's mapping besides `column`. `questions`: what a person must
    look at. `doubtful`: the settings may be wrong although the field is right. `guessed`: nothing in the file shows
    that they are right. `useless`: with these settings every row would be rejected.
    """

    fit: float | None = None
    said: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    doubtful: bool = False
    guessed: bool = False
    useless: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What the file as a whole says: what comes first in its dates, and in which folder files of some names are.

    `countries`: of which it is likelier than of others; they settle nothing. `days_first`: its headers are in a
    language in which dates begin with the day.
    """

    habit: First | None = None
    countries: tuple[str, ...] = ()
    days_first: bool = False
    folder_of: Callable[[Collection[str]], str | None] = lambda _names: None
