"""The country that the words of a header speak of: it settles nothing, but says what is likelier where nothing does."""

from __future__ import annotations

from collections.abc import Sequence

from sync.mapping.suggest.headers import plain_words
from sync.mapping.suggest.words import COUNTRIES, listed

_FEW = 2
"""Words that show it; one alone may be borrowed, or mean something else."""


def country_of(headers: Sequence[str]) -> str | None:
    """The country (ISO 3166) whose words most of these headers hold; None where too few do, or as many of two."""
    texts = [f" {plain_words(header)} " for header in headers]
    counts = {
        country: sum(1 for text in texts if any(f" {word} " in text for word in listed(words)))
        for country, words in COUNTRIES.items()
    }
    first, second = sorted(counts, key=lambda country: -counts[country])[:2]
    return first if counts[first] >= _FEW and counts[first] > counts[second] else None
