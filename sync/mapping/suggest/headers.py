"""How near a header comes to the names of a field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from sync.api.fields import FIELDS
from sync.mapping.suggest.words import FILLERS, HEADERS, listed

EXACT = 100.0
LIKELY = 88.0
POSSIBLE = 78.0
"""Shares of common letters, in percent."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_SPELT_OUT = (("e-mail", "email"), ("e mail", "email"), ("#", " number "), ("№", " number "), ("n°", " number "))
_UNSUGGESTED = frozenset({"candidate_attribute_data"})
_FILLERS = frozenset(listed(FILLERS))
_SHORT_FORMS = {
    "addr": "address",
    "nr": "number",
    "no": "number",
    "num": "number",
    "nbr": "number",
    "ph": "phone",
    "mob": "mobile",
    "dt": "date",
    "cand": "candidate",
    "ids": "id",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A field that a header may mean; `score` in percent."""

    field: str
    score: float


def plain_words(text: str) -> str:
    """The words in lower case, without accents and punctuation: `E-mail Addr. (Work)` is `email address work`."""
    lowered = _CAMEL.sub(" ", text).casefold()
    for written, meant in _SPELT_OUT:
        lowered = lowered.replace(written, meant)
    unaccented = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    return " ".join(_SHORT_FORMS.get(word, word) for word in _WORD.findall(unaccented))


def likenesses(header: str) -> list[Likeness]:
    """The fields that the header may mean, nearest first; the id of the path is among them as `words.ID`."""
    spoken = plain_words(header)
    if not spoken:
        return []
    forms = {spoken, _without_fillers(spoken)} - {""}
    best: dict[str, float] = {}
    for form in forms:
        found = process.extract(form, list(_names()), scorer=fuzz.token_sort_ratio, score_cutoff=POSSIBLE, limit=None)
        for name, score, _ in found:
            # Without its fillers a header is a little less sure to mean the name.
            sure = score if form == spoken else score - 1
            for field in _names()[name]:
                best[field] = max(best.get(field, 0.0), sure if len(form) > 3 or score == EXACT else 0.0)  # noqa: PLR2004
    return sorted((Likeness(field, score) for field, score in best.items() if score), key=lambda like: -like.score)


def _without_fillers(words: str) -> str:
    return " ".join(word for word in words.split() if word not in _FILLERS)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """By name, as `plain_words` leaves it, the fields that are called so."""
    names: dict[str, list[str]] = {}
    for field in FIELDS:
        if field.name not in _UNSUGGESTED:
            names.setdefault(plain_words(field.name), []).append(field.name)
    for field_name, spoken in HEADERS.items():
        for name in listed(spoken):
            fields = names.setdefault(plain_words(name), [])
            if field_name not in fields:
                fields.append(field_name)
    return {name: tuple(fields) for name, fields in names.items()}
