"""The countries that a file speaks of: it settles nothing, but says what is likelier where nothing does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sync.mapping.suggest.headers import plain_words
from sync.mapping.suggest.phone_region import REGIONS
from sync.mapping.suggest.words import COUNTRIES, listed

_FEW = 2
"""Words that show it; one alone may be borrowed, or mean something else."""
_OTHERWISE = {"uk": "GB"}
"""Endings of addresses that are not the country's code (ISO 3166)."""


def countries_of(headers: Sequence[str]) -> tuple[str, ...]:
    """The countries (ISO 3166) whose words most of these headers hold; none where too few do, or as many of others."""
    texts = [f" {plain_words(header)} " for header in headers]
    counts = {
        countries: sum(1 for text in texts if any(f" {word} " in text for word in listed(words)))
        for countries, words in COUNTRIES.items()
    }
    first, second = sorted(counts, key=lambda countries: -counts[countries])[:2]
    return tuple(first.split()) if counts[first] >= _FEW and counts[first] > counts[second] else ()


def country_of_addresses(addresses: Iterable[str]) -> tuple[str, ...]:
    """The country in which most of these e-mail addresses end, if they end in one."""
    endings = Counter(address.rpartition(".")[2].casefold() for address in addresses)
    ending, times = endings.most_common(1)[0] if endings else ("", 0)
    country = _OTHERWISE.get(ending, ending.upper())
    return (country,) if country in REGIONS and times > endings.total() / 2 else ()
