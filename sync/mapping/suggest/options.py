"""All that one column may be, by its header and by its values."""

from __future__ import annotations

from collections.abc import Iterator

from sync.mapping.suggest.guess import Certainty, Guess, Option
from sync.mapping.suggest.headers import EXACT, LIKELY, Likeness, likenesses, means_no_field, plain_words
from sync.mapping.suggest.seen import About, Seen
from sync.mapping.suggest.settings import seen_in
from sync.mapping.suggest.values import Column
from sync.mapping.suggest.words import ID, PREFERRED, listed

BY_VALUES_ALONE = 60.0
"""The score of a column that only its values speak for; less is no option."""

FITS = 0.8
_CONTRADICTS = 0.5
_MUCH_NEARER = 12.0
"""A header that comes so much nearer to the name of another field is not taken for this one."""

_WEIGHT_OF_VALUES = 25.0
_LEANS = 3.0


def options(place: int, column: Column, about: About) -> Iterator[Option]:
    """All that the column may be."""
    likely = likenesses(column.header)
    likely = [like for like in likely if like.score > likely[0].score - _MUCH_NEARER]
    for like in likely:
        seen = _id_seen(column) if like.field == ID else seen_in(like.field, column.values, about)
        fit = 0.0 if seen.fit is None else (seen.fit - _CONTRADICTS) * 2
        guess = Guess(
            like.field,
            column.header,
            _certainty(column, like, seen),
            _reason(column, like, seen),
            seen.settings,
            seen.questions,
        )
        useless = seen.useless or (seen.fit is not None and seen.fit < _CONTRADICTS and like.field != ID)
        score = like.score + fit * _WEIGHT_OF_VALUES + _leaning(like.field, column.header)
        yield Option(place, score, guess, useless=useless)
    if means_no_field(column.header):
        return
    for name in ("email", "phone"):
        seen = seen_in(name, column.values, about)
        if seen.fit is not None and seen.fit >= FITS and not any(like.field == name for like in likely):
            reason = f"only by its values: {seen.said}"
            guess = Guess(name, column.header, "low", reason, seen.settings, seen.questions)
            # Nearly any long number is somebody's in some country: that alone is no reason to send it.
            carries_country = name == "email" or seen.settings == {"transform": ["phone"]}
            yield Option(place, BY_VALUES_ALONE, guess, useless=not carries_country)


def _leaning(field: str, header: str) -> float:
    """What makes one of several columns likelier the candidate's own: the mobile number, the private address."""
    words = set(plain_words(header).split())
    nearer, farther = (not words.isdisjoint(listed(some)) for some in PREFERRED.get(field, ("", "")))
    return _LEANS * (nearer - farther)


def _id_seen(column: Column) -> Seen:
    values = column.values
    if not values.filled:
        return Seen()
    if values.all_different:
        said = (
            "all values are different" if not values.overflowed else "its first thousands of values are all different"
        )
        return Seen(values.codes, said)
    return Seen(
        FITS * values.codes,
        "some values occur twice; rows for one candidate are rejected unless you say duplicates: first, last or all",
    )


def _reason(column: Column, like: Likeness, seen: Seen) -> str:
    named = "by its header" if like.score >= EXACT - 1 else "by its header, which is near to the usual names"
    if like.vague and not _fits(seen):
        named += ", though that can mean other things"
    if column.values.unreadable and not column.values.filled:
        return f"{named}; no cell of the column can be read, such as a formula that was never computed"
    if not column.values.filled:
        return f"{named}; the column is empty"
    return f"{named}; {seen.said}" if seen.said else named


def _fits(seen: Seen) -> bool:
    return seen.fit is not None and seen.fit >= FITS


def _certainty(column: Column, like: Likeness, seen: Seen) -> Certainty:
    fits = _fits(seen)
    if seen.guessed or like.score < LIKELY or (seen.fit is not None and seen.fit < _CONTRADICTS):
        return "low"
    if like.vague and (not fits or like.field == ID):
        return "low"
    if like.score < EXACT - 1 or seen.doubtful or not column.values.filled or (seen.fit is not None and not fits):
        return "medium"
    return "high"
