"""Which column is which field: what the header says and what the values say, weighed for all columns together."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sync.headers import normalise_header
from sync.mapping.suggest.headers import EXACT, LIKELY, likenesses, plain_words
from sync.mapping.suggest.settings import Seen, seen_in
from sync.mapping.suggest.values import Column
from sync.mapping.suggest.words import ID, listed

Certainty = Literal["high", "medium", "low"]

_FEWEST = 2
"""Columns of a mapping: the candidate's id and something to send."""

_FITS = 0.8
_CONTRADICTS = 0.5
_BY_VALUES_ALONE = 60.0
_WEIGHT_OF_VALUES = 25.0
_VAGUE = frozenset(
    listed(
        """
        title, group, number, candidate, agency, offer, start, beginn, debut, reference, ref, job, reason, motif,
        motivo, grund, site, office, branch, stage, phase, step, etape, etapa, fase, referent, schritt, paso, sms,
        whatsapp, portable, handy, first, last, address, adresse, direccion, referrer, sede, luogo, lieu, ort
        """
    )
)
"""Headers that may mean something else as well."""

_GIVEN_OR_WHOLE = frozenset({"nombre", "nombres", "nome"})
_FAMILY_OR_WHOLE = frozenset({"nom"})


@dataclass(frozen=True, slots=True)
class Guess:
    """A field (or the candidate's id) and the column it is from."""

    field: str
    column: str
    certainty: Certainty
    reason: str
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guesses:
    """The candidate's id, the fields in the order of their columns, and the columns that are in neither, with why.

    `attributes`: where no column is a field, the columns that may be attributes, each with its key. `blanks`: what
    people have written into the mapped columns instead of nothing.
    """

    candidate: Guess
    fields: tuple[Guess, ...]
    attributes: tuple[tuple[str, str], ...]
    unmapped: tuple[tuple[str, str], ...]
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Option:
    """A column that may be a field; `score`: the greater, the likelier. `others`: further columns that it takes."""

    place: int
    score: float
    guess: Guess
    others: tuple[int, ...] = ()


def guess(columns: Sequence[Column]) -> Guesses | None:
    """Guess what the columns are; None when there is nothing that a mapping could send."""
    times = Counter(normalise_header(column.header) for column in columns)
    usable = {
        place: column
        for place, column in enumerate(columns)
        if column.header.strip() and times[normalise_header(column.header)] == 1
    }
    if len(usable) < _FEWEST:
        return None
    chosen = _assigned([option for place, column in usable.items() for option in _options(place, column)])
    chosen, dropped = _whole_names(chosen)
    candidate = chosen.pop(ID, None) or _any_id(usable, chosen)
    if status := _journey_status(usable, chosen):
        chosen[status.guess.field] = status
    fields = sorted(chosen.values(), key=lambda option: option.place)
    used = {candidate.place, *(place for option in fields for place in (option.place, *option.others))}
    attributes: dict[str, int] = {}
    if not fields:
        attributes = _attributes(usable, candidate.place)
        used.update(attributes.values())
    return Guesses(
        candidate.guess,
        tuple(option.guess for option in fields),
        tuple((key, usable[place].header) for key, place in attributes.items()),
        tuple(_left_over(columns, times, used, dropped)),
        tuple(dict.fromkeys(text for place in sorted(used) for text in columns[place].values.placeholders)),
    )


def _options(place: int, column: Column) -> Iterator[_Option]:
    """All that the column may be, by its header and by its values."""
    likely = likenesses(column.header)
    for like in likely:
        seen = seen_in(like.field, column.values) if like.field != ID else _id_seen(column)
        fit = 0.0 if seen.fit is None else (seen.fit - _CONTRADICTS) * 2
        score = like.score + fit * _WEIGHT_OF_VALUES
        reason = _reason(column, like.score, seen)
        certainty = _certainty(column, like.score, seen)
        yield _Option(place, score, Guess(like.field, column.header, certainty, reason, seen.settings, seen.questions))
    for name in ("email", "phone"):
        seen = seen_in(name, column.values)
        if seen.fit is not None and seen.fit >= _FITS and not any(like.field == name for like in likely):
            found = Guess(name, column.header, "low", f"by its values: {seen.said}", seen.settings, seen.questions)
            yield _Option(place, _BY_VALUES_ALONE, found)


def _id_seen(column: Column) -> Seen:
    values = column.values
    if not values.filled:
        return Seen()
    said = "all values are different" if values.all_different else "some values occur twice"
    return Seen((1.0 if values.all_different else _FITS) * values.codes, said)


def _reason(column: Column, score: float, seen: Seen) -> str:
    named = "by its header" if score >= EXACT - 1 else "by its header, which is near to the usual names"
    if not column.values.filled:
        return f"{named}; the column is empty"
    return f"{named}; {seen.said}" if seen.said else named


def _certainty(column: Column, score: float, seen: Seen) -> Certainty:
    contradicted = seen.fit is not None and seen.fit < _CONTRADICTS
    if contradicted or score < LIKELY or (plain_words(column.header) in _VAGUE and seen.fit is None):
        return "low"
    if score >= EXACT - 1 and not seen.doubtful and column.values.filled and (seen.fit is None or seen.fit >= _FITS):
        return "high"
    return "low" if seen.open_order else "medium"


def _assigned(options: list[_Option]) -> dict[str, _Option]:
    """By field, the column that is likeliest it; each column is at most one field."""
    chosen: dict[str, _Option] = {}
    taken: set[int] = set()
    for option in sorted(options, key=lambda one: (-one.score, one.place)):
        if option.score >= _BY_VALUES_ALONE and option.place not in taken and option.guess.field not in chosen:
            chosen[option.guess.field] = option
            taken.add(option.place)
    return chosen


def _whole_names(chosen: dict[str, _Option]) -> tuple[dict[str, _Option], dict[int, str]]:
    """First and last name go together or not at all, and not beside the whole name; by place, why one was dropped."""
    chosen = dict(chosen)
    dropped: dict[int, str] = {}
    first, last, whole = (chosen.pop(name, None) for name in ("first_name", "last_name", "name"))
    if whole and not (first and last) and (first or last):
        # A bare "Name" beside a "Vorname" is the other half.
        half = "last_name" if first else "first_name"
        other = replace(whole, guess=replace(whole.guess, field=half, certainty="medium"))
        first, last, whole = (first, other, None) if first else (other, last, None)
    if first and last:
        kept = {"first_name": first, "last_name": last}
    else:
        lone = first or last
        if lone and not whole and plain_words(lone.guess.column) in _GIVEN_OR_WHOLE | _FAMILY_OR_WHOLE:
            whole, lone = replace(lone, guess=replace(lone.guess, field="name", certainty="medium")), None
        kept = {"name": whole} if whole else {}
        if lone:
            dropped[lone.place] = "the API takes a first and a last name only together"
    if whole and "name" not in kept:
        dropped[whole.place] = "first and last name are mapped, and the API takes either these or the whole name"
    return {**chosen, **{name: option for name, option in kept.items() if option}}, dropped


def _any_id(usable: Mapping[int, Column], chosen: dict[str, _Option]) -> _Option:
    """The column that is likeliest an id though its header does not say so; takes it from a field if need be."""

    def merit(place: int) -> tuple[bool, bool, float, int]:
        values = usable[place].values
        is_field = any(option.place == place for option in chosen.values())
        return not is_field, values.all_different, values.codes, -place

    place = max(usable, key=merit)
    for name in [name for name, option in chosen.items() if option.place == place]:
        del chosen[name]
    reason = "no header speaks of an id; this column is the likeliest"
    asked = ("Which column holds the candidate's id in Paradox or in your applicant tracking system?",)
    return _Option(place, 0.0, Guess(ID, usable[place].header, "low", reason, {}, asked))


def _journey_status(usable: Mapping[int, Column], chosen: dict[str, _Option]) -> _Option | None:
    """`stage: step` from two columns, where the file names journeys and both columns."""
    places = {plain_words(column.header): place for place, column in usable.items()}
    stage, step = places.get("stage"), places.get("step")
    if stage is None or step is None or "candidate_journey" not in chosen:
        return None
    ours = {stage, step}
    if any(option.place in ours and name not in {"status", "ex_step"} for name, option in chosen.items()):
        return None
    headers = [usable[place].header for place in (stage, step)]
    if any(char in header for header in headers for char in "{}"):
        return None
    for name in ("status", "ex_step"):
        if name in chosen and chosen[name].place in ours:
            del chosen[name]
    template = {"template": f"{{{headers[0]}}}: {{{headers[1]}}}"}
    reason = "a journey's stage and step, by their headers"
    return _Option(stage, 0.0, Guess("candidate_journey_status", "", "medium", reason, template), (step,))


def _attributes(usable: Mapping[int, Column], candidate: int) -> dict[str, int]:
    """By key, the columns besides the id: what is no field can only be an attribute."""
    keys: dict[str, int] = {}
    for place, column in usable.items():
        if place != candidate:
            key = "_".join(plain_words(column.header).split()) or "column"
            keys[key if key not in keys else f"{key}_{place + 1}"] = place
    return keys


def _left_over(
    columns: Sequence[Column], times: Mapping[str, int], used: set[int], dropped: Mapping[int, str]
) -> Iterator[tuple[str, str]]:
    for place, column in enumerate(columns):
        header = normalise_header(column.header)
        if place in used or not header or header.startswith("sync_"):
            continue
        repeated = "the header occurs more than once: rename one to map it" if times[header] > 1 else ""
        yield column.header, repeated or dropped.get(place, "")
