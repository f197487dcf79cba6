"""The frozen values of the guessing: what a column may be, and what the columns of a file are taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any, Literal

Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Guess:
    """A field (or `words.ID`) and the column it is from, "" where `settings` name it.

    `reserves`: columns that are read where this one is blank. `settings`: the other keys of its mapping. `questions`:
    what a person must look at.
    """

    field: str
    column: str
    certainty: Certainty
    reason: str
    settings: Mapping[str, Any] = with_default(default_factory=dict)
    questions: tuple[str, ...] = ()
    reserves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A column, by its place, that may be a field; `score`: the greater, the likelier. `others`: columns it also takes.

    `useless`: mapped so, nearly every row would be rejected, or numbers be sent that may be none of a phone.
    """

    place: int
    score: float
    guess: Guess
    others: tuple[int, ...] = ()
    useless: bool = False


@dataclass(frozen=True, slots=True)
class Guesses:
    """The candidate's id, and the fields in the order of their columns.

    `held`: fields that a person must settle before they are of use. `attributes`: where no column is a field, those
    that may be attributes, each with its key. `unmapped`: the other columns, each with why or "". `blanks`: what people
    have written into the mapped columns instead of nothing.
    """

    candidate: Guess
    fields: tuple[Guess, ...]
    held: tuple[Guess, ...]
    attributes: tuple[tuple[str, str], ...]
    unmapped: tuple[tuple[str, str], ...]
    blanks: tuple[str, ...] = ()
