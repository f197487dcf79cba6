"""Finds the columns that a mapping wants in a file's header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sync.headers import normalise_header
from sync.mapping.load import mapping_error
from sync.mapping.mapping import Mapping
from sync.mapping.nearest import did_you_mean
from sync.mapping.problems import Problem


def column_places(mapping: Mapping, header: Sequence[str]) -> dict[str, int]:
    """Header positions by normalised text. Raises MappingError unless each column that is wanted is there once."""
    places: dict[str, list[int]] = {}
    for position, text in enumerate(header):
        places.setdefault(normalise_header(text), []).append(position)
    if problems := list(_problems(mapping, header, places)):
        raise mapping_error(mapping.path, problems)
    return {name: found[0] for name, found in places.items()}


def _problems(mapping: Mapping, header: Sequence[str], places: dict[str, list[int]]) -> Iterator[Problem]:
    present = [text.strip() for text in header if text.strip()]
    for wanted in mapping.wanted:
        found = [name for name in wanted.names if normalise_header(name) in places]
        if not found:
            hint = max((did_you_mean(name, present) for name in wanted.names), key=lambda text: "mean" in text)
            names = " or ".join(f"'{name}'" for name in wanted.names)
            yield wanted.line, f"column {names} is not in the file{hint}"
        for name in found:
            if len(places[normalise_header(name)]) > 1:
                yield wanted.line, f"column '{name}' is in the file more than once; give one of them another name"


def positions_of(names: Sequence[str], place_of: dict[str, int]) -> tuple[int, ...]:
    """The positions of those of the names that the header has, in their order."""
    folded = (normalise_header(name) for name in names)
    return tuple(dict.fromkeys(place_of[name] for name in folded if name in place_of))
