"""The nearest right name for a wrong one, as a hint in messages."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Prefix

_ALIKE = 60
"""Least likeness, of 100, at which a name is worth suggesting."""
_FEW = 8
"""So many names can be listed in full where none is alike."""


def did_you_mean(name: str, right: Iterable[str]) -> str:
    """Name the nearest right one for a message: `; did you mean 'x'?`; where none is alike and they are few, all."""
    # Of equally near names, the one that begins alike is the likelier.
    names = sorted(right, key=lambda known: -Prefix.similarity(known.casefold(), name.casefold()))
    found = process.extractOne(name, names, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_ALIKE)
    if found:
        return f"; did you mean '{found[0]}'?"
    if 0 < len(names) <= _FEW:
        return f"; possible: {', '.join(names)}"
    return f"; the nearest is {nearest(name, names, 1)[0]}" if names else ""


def nearest(name: str, right: Iterable[str], count: int = 3) -> list[str]:
    """Return the names most alike, best first, however far they are."""
    found = process.extract(name, list(right), scorer=fuzz.ratio, processor=str.casefold, limit=count)
    return [choice for choice, _, _ in found]
