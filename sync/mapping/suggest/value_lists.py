"""Columns of a few different values: which of the API's values, of yes and no, or of the languages each of them is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from sync.api.fields import Field
from sync.mapping.arguments import Words
from sync.mapping.suggest.headers import EXACT, plain_words
from sync.mapping.suggest.seen import About, Seen
from sync.mapping.suggest.value_words import LANGUAGES, VALUES, YES_NO
from sync.mapping.suggest.values import ColumnValues
from sync.mapping.suggest.words import listed

_NEAR_VALUE = 85.0
_LONGEST_SHOWN = 40
_MANY_DIGITS = 6
_LANGUAGE_CODE = re.compile(r"[a-z]{2}([-_][a-z]{2})?", re.IGNORECASE)
_USUAL_BOOLEANS = frozenset((*Words().true, *Words().false))
_BOOLEANS = {
    meaning: frozenset((*usual, *listed(YES_NO[meaning])))
    for meaning, usual in ((True, Words().true), (False, Words().false))
}


def choice_seen(known: Field, values: ColumnValues, _about: About) -> Seen:
    """A column of one of the API's lists."""
    found = values.choices
    if not found:
        return Seen(0.0, "too many different values for a list")
    if all(known.wire_value(text) for text in found):
        if all(text.isdigit() for text in found):
            meant = ", ".join(f"{number} {name}" for name, number in known.choices)
            asked = (f"Are these Paradox's own numbers ({meant}), and not those of another system?",)
            return Seen(1.0, "all values are numbers that the API knows", questions=asked, guessed=True)
        return Seen(1.0, "all values are the API's own")
    names = ", ".join(name for name, _ in known.choices)
    return _listed(values, {text: _meant(known, text) for text in values.spellings}, f"One of {names}.")


def _listed(values: ColumnValues, meant: Mapping[str, tuple[str | None, bool]], possible: str) -> Seen:
    """A `values` list of what surely has a meaning; the others are asked about, as `Unapproved` is near `Approved`."""
    matched = {text: name for text, (name, sure) in meant.items() if name and sure}
    near = {text: name for text, (name, sure) in meant.items() if name and not sure}
    asked = [
        f"Is '{text}' {name}? It is only the nearest: if so, add it under values."
        for text, name in near.items()
        if _fit_to_show(text)
    ]
    unknown = [text for text in meant if text not in matched and text not in near]
    if unknown:
        # Values that all differ, and of which none is known, may be names or notes of people: they are not shown.
        is_list = matched or values.filled > len(meant)
        shown = [text for text in unknown if is_list and _fit_to_show(text)]
        asked += [f"What is '{text}'? {possible}" for text in shown]
        if len(shown) < len(unknown):
            asked.append(f"{len(unknown) - len(shown):,} more values, not shown here, have no meaning yet.")
    if unknown or near:
        asked.append("Rows with a value that is not in the list are rejected: add it under values.")
    said = f"{len(matched)} of {len(meant)} different values have a likely meaning"
    settings = {"values": matched} if matched else {}
    return Seen(len(matched) / len(meant), said, settings, tuple(asked), doubtful=True, useless=not matched)


def _meant(known: Field, text: str) -> tuple[str | None, bool]:
    """The API's name for a found value (its own, else by the words for it, else the nearest) and whether it is sure."""
    if wire := known.wire_value(text):
        return next(name for name, number in known.choices if number == wire), True
    words = {plain_words(name): name for name, _ in known.choices}
    return _by_words(text, words, VALUES.get(known.name, {}))


def _by_words(text: str, words: dict[str, str], spoken: Mapping[str, str]) -> tuple[str | None, bool]:
    words = words | {plain_words(word): name for name, said in spoken.items() for word in listed(said)}
    nearest = process.extractOne(plain_words(text), list(words), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR_VALUE)
    return (words[nearest[0]], nearest[1] == EXACT) if nearest else (None, False)


def _fit_to_show(text: str) -> bool:
    """Whether a value may stand in a comment: short, and by its look no address, number or sentence of a person's."""
    return len(text) <= _LONGEST_SHOWN and "@" not in text and sum(map(str.isdigit, text)) < _MANY_DIGITS


def language_seen(_field: Field, values: ColumnValues, _about: About) -> Seen:
    """A column of languages, by code or by name."""
    found = values.choices
    if not found or all(_LANGUAGE_CODE.fullmatch(text) for text in found):
        return Seen()
    meant = {
        text: (text.lower(), True) if _LANGUAGE_CODE.fullmatch(text) else _by_words(text, {}, LANGUAGES)
        for text in values.spellings
    }
    return _listed(values, meant, "A code such as en or es.")


def boolean_seen(_field: Field, values: ColumnValues, _about: About) -> Seen:
    """A column of yes and no."""
    found = values.choices
    known = {text: word for text in found if (word := _yes_or_no(text)) is not None}
    fit = len(known) / len(found) if found else 0.0
    said = f"{fit:.0%} of the values are yes or no"
    if all(text.casefold() in _USUAL_BOOLEANS for text in known):
        return Seen(fit, said, {"transform": ["boolean"]})
    words = {name: [text for text, word in known.items() if word is (name == "true")] for name in ("true", "false")}
    return Seen(fit, said, {"transform": [{"boolean": {name: found for name, found in words.items() if found}}]})


def _yes_or_no(text: str) -> bool | None:
    word = text.casefold()
    return next((meaning for meaning, words in _BOOLEANS.items() if word in words), None)
