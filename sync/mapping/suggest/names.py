"""Fields that depend on others: first and last name, the whole name, a journey's stage and step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sync.mapping.suggest.guess import Guess, Option
from sync.mapping.suggest.headers import plain_words
from sync.mapping.suggest.values import Column

_PART_OR_WHOLE = frozenset({"nombre", "nombres", "nome", "nom"})
"""What means a part of the name beside another part, and the whole name alone."""


def whole_names(chosen: Mapping[str, Option]) -> tuple[dict[str, Option], dict[int, str]]:
    """First and last name go together or not at all, and not beside the whole name; by place, why one was dropped."""
    others = dict(chosen)
    first, last, whole = (others.pop(name, None) for name in ("first_name", "last_name", "name"))
    dropped: dict[int, str] = {}
    if whole and bool(first) != bool(last) and plain_words(whole.guess.column) in {"name", "naam", "nome", "nombre"}:
        # A bare "Name" beside a "Vorname" is the other half.
        half = "last_name" if first else "first_name"
        other = replace(whole, guess=replace(whole.guess, field=half, certainty="medium"))
        first, last, whole = (first, other, None) if first else (other, last, None)
    if first and last:
        if whole:
            dropped[whole.place] = "the API takes either first and last name, which are mapped, or the whole name"
        return {**others, "first_name": first, "last_name": last}, dropped
    lone = first or last
    if lone and not whole and plain_words(lone.guess.column) in _PART_OR_WHOLE:
        whole, lone = replace(lone, guess=replace(lone.guess, field="name", certainty="medium")), None
    if lone:
        dropped[lone.place] = "the API takes a first and a last name only together"
    return {**others, "name": whole} if whole else others, dropped


def with_journey_status(usable: Mapping[int, Column], chosen: Mapping[str, Option]) -> dict[str, Option]:
    """`stage: step` from two columns, where the file names journeys and both columns."""
    places = {plain_words(column.header): place for place, column in usable.items()}
    stage, step = places.get("stage"), places.get("step")
    if stage is None or step is None or "candidate_journey" not in chosen:
        return dict(chosen)
    taken_by = {name for name, option in chosen.items() if option.place in {stage, step}}
    headers = [usable[place].header for place in (stage, step)]
    if not taken_by <= {"status", "ex_step"} or any(char in header for header in headers for char in "{}"):
        return dict(chosen)
    template = {"template": f"{{{headers[0]}}}: {{{headers[1]}}}"}
    guess = Guess("candidate_journey_status", "", "medium", "a journey's stage and step, by their headers", template)
    others = {name: option for name, option in chosen.items() if name not in taken_by}
    return {**others, guess.field: Option(stage, 0.0, guess, (step,))}
