"""Which column is which field: what the header says and what the values say, weighed for all columns together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sync.headers import normalise_header
from sync.mapping.suggest.guess import Guess, Guesses, Option
from sync.mapping.suggest.headers import LIKELY, plain_words
from sync.mapping.suggest.names import whole_names, with_journey_status
from sync.mapping.suggest.options import BY_VALUES_ALONE, options
from sync.mapping.suggest.seen import About
from sync.mapping.suggest.values import Column
from sync.mapping.suggest.words import ID

_NAME_PARTS = frozenset({"first_name", "last_name"})
_WITH_RESERVES = frozenset({"email", "phone"})
_OWN_COLUMNS = "sync_"
"""What the names of the columns begin with that this product adds to failed rows."""


def guess(columns: Sequence[Column], about: About) -> Guesses | None:
    """Guess what the columns are; None when there is nothing that a mapping could send."""
    times = Counter(normalise_header(column.header) for column in columns)
    usable = {place: column for place, column in enumerate(columns) if _is_usable(column.header, times)}
    possible = [option for place, column in usable.items() for option in options(place, column, about)]
    chosen = _assigned(possible)
    candidate = chosen.pop(ID, None) or _any_id(usable, chosen)
    if candidate is None:
        return None
    chosen, dropped = whole_names({name: one for name, one in chosen.items() if one.place != candidate.place})
    chosen = with_journey_status(usable, chosen)
    held = tuple(one for one in _by_place(chosen) if one.useless)
    fields = tuple(one for one in _by_place(chosen) if not one.useless)
    if not fields and len(usable) == len(held) + 1:
        # There is nothing else to send, and a mapping without a field is none.
        fields, held = tuple(replace(one, guess=replace(one.guess, certainty="low")) for one in held), ()
    used = {candidate.place, *(place for one in fields for place in (one.place, *one.others))}
    fields = tuple(_with_reserves(one, possible, columns, used) for one in fields)
    used.update(place for one in fields for place in one.others)
    attributes = {} if fields else _attributes(usable, {candidate.place, *dropped, *(one.place for one in held)})
    if not fields and not attributes:
        return None
    used.update(attributes.values())
    reasons = {**_seconds(possible, chosen), **dropped}
    left = set(range(len(columns))) - used - {one.place for one in held}
    return Guesses(
        candidate.guess,
        tuple(one.guess for one in fields),
        tuple(one.guess for one in held),
        tuple((key, usable[place].header) for key, place in attributes.items()),
        tuple(_left_over(columns, times, left, reasons)),
        tuple(dict.fromkeys(text for place in sorted(used) for text in columns[place].values.placeholders)),
    )


def _is_usable(header: str, times: Mapping[str, int]) -> bool:
    """Whether a mapping can name the column: its header is not blank, the only one of its kind, and the user's own."""
    name = normalise_header(header)
    return bool(name) and times[name] == 1 and not name.startswith(_OWN_COLUMNS)


def _by_place(chosen: Mapping[str, Option]) -> list[Option]:
    return sorted(chosen.values(), key=lambda option: option.place)


def _assigned(possible: Sequence[Option]) -> dict[str, Option]:
    """By field, the column that is likeliest it; each column is at most one field."""
    chosen: dict[str, Option] = {}
    taken: set[int] = set()
    for option in sorted(possible, key=lambda one: (-one.score, one.place)):
        if option.score >= BY_VALUES_ALONE and option.place not in taken and option.guess.field not in chosen:
            chosen[option.guess.field] = option
            taken.add(option.place)
    return chosen


def _any_id(usable: Mapping[int, Column], chosen: Mapping[str, Option]) -> Option | None:
    """The column that is likeliest an id though its header does not say so, if need be one that is a field."""
    fields = {option.place: name for name, option in chosen.items()}
    places = [place for place in usable if fields.get(place) not in _NAME_PARTS]

    def merit(place: int) -> tuple[bool, bool, float, int]:
        values = usable[place].values
        return place not in fields, values.filled > 0 and values.all_different, values.codes, -place

    place = max(places, key=merit, default=None)
    if place is None:
        return None
    reason = "no header speaks of an id; this column is the likeliest"
    asked = ("Which column holds the candidate's id in Paradox or in your applicant tracking system? Write it here.",)
    return Option(place, 0.0, Guess(ID, usable[place].header, "low", reason, {}, asked))


def _with_reserves(option: Option, possible: Sequence[Option], columns: Sequence[Column], used: set[int]) -> Option:
    """An address or a number with the columns of the same meaning that fill in where its own is blank.

    Where it is never blank, they are asked about.
    """
    values = columns[option.place].values
    if option.guess.field not in _WITH_RESERVES or option.guess.certainty == "low":
        return option
    others = tuple(
        other.place
        for other in possible
        if other.guess.field == option.guess.field
        and other.place not in used
        and other.score >= LIKELY
        and other.guess.certainty != "low"
        and other.guess.settings == option.guess.settings
        and columns[other.place].values.filled
    )
    if not others:
        return option
    names = tuple(columns[place].header for place in others)
    if values.filled == values.cells:
        asked = f"Is it rather {' or '.join(names)}? Each of them would do."
        return replace(
            option, guess=replace(option.guess, certainty="medium", questions=(*option.guess.questions, asked))
        )
    asked = f"Where {option.guess.column} is blank, {' or '.join(names)} is taken: leave out what you do not want."
    found = replace(option.guess, certainty="medium", reserves=names, questions=(*option.guess.questions, asked))
    return replace(option, guess=found, others=(*option.others, *others))


def _attributes(usable: Mapping[int, Column], used: set[int]) -> dict[str, int]:
    """By key, the columns besides these: what is no field can only be an attribute."""
    keys: dict[str, int] = {}
    for place, column in usable.items():
        if place not in used:
            key = attribute_key(column.header)
            keys[key if key not in keys else f"{key}_{place + 1}"] = place
    return keys


def attribute_key(header: str) -> str:
    """The key of an attribute that holds the column: `Shirt size` is `shirt_size`."""
    return "_".join(plain_words(header).split()) or "column"


def _seconds(possible: Sequence[Option], chosen: Mapping[str, Option]) -> dict[int, str]:
    """By place, that a column could be a field which another column is."""
    columns = {name: option.guess.column for name, option in chosen.items() if option.guess.column}
    return {
        option.place: f"could be {option.guess.field} too, which is taken from {columns[option.guess.field]}"
        for option in sorted(possible, key=lambda one: one.score)
        if option.score >= LIKELY and option.guess.field in columns
    }


def _left_over(
    columns: Sequence[Column], times: Mapping[str, int], left: set[int], reasons: Mapping[int, str]
) -> Iterator[tuple[str, str]]:
    for place in sorted(left):
        header = normalise_header(columns[place].header)
        if header and not header.startswith(_OWN_COLUMNS):
            repeated = "the header occurs more than once: rename one to map it" if times[header] > 1 else ""
            yield columns[place].header, repeated or reasons.get(place, "")
