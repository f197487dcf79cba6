"""How near a header comes to the names of a field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from sync.api.fields import FIELDS
from sync.mapping.suggest.words import ASIDES, FILLERS, HEADERS, NO_FIELD, SOMEONE_ELSE, VAGUE, listed

EXACT = 100.0
LIKELY = 88.0
POSSIBLE = 78.0
"""Shares of common letters, in percent."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SHORTEST_NEAR = 4
"""Shorter headers are names of a field only as they are."""

_NONE = "none"
"""Stands for no field at all among the names of the fields."""

_SPELT_OUT = (("e-mail", "email"), ("e mail", "email"), ("#", " number "), ("№", " number "), ("n°", " number "))
_UNSUGGESTED = frozenset({"candidate_attribute_data"})
_FILLERS = frozenset(listed(FILLERS))
_SOMEONE_ELSE = frozenset(listed(SOMEONE_ELSE))
_VAGUE = frozenset(listed(VAGUE))
_ASIDES = frozenset(listed(ASIDES))
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
    """A field that a header may mean; `score` in percent. `vague`: the header may mean something else as well."""

    field: str
    score: float
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """A header's words in a way in which they may be a field's name; `less`: what makes this way less sure."""

    words: str
    less: float = 0.0
    vague: bool = False


def plain_words(text: str) -> str:
    """The words in lower case, without accents and punctuation: `E-mail Addr. (Work)` is `email address work`."""
    return _words(_CAMEL.sub(" ", text))


def likenesses(header: str) -> list[Likeness]:
    """The fields that the header may mean, nearest first; the id of the path is among them as `words.ID`."""
    best: dict[str, Likeness] = {}
    nearest_exact = EXACT - 1 if speaks_of_someone_else(header) else 0.0
    for form in _forms(header):
        found = process.extract(
            form.words, list(_names()), scorer=fuzz.token_sort_ratio, score_cutoff=POSSIBLE, limit=None
        )
        for name, score, _ in found:
            sure = score - form.less
            if (len(form.words) < _SHORTEST_NEAR and score < EXACT) or sure < nearest_exact:
                continue
            for field in _names()[name]:
                if field not in best or sure > best[field].score:
                    best[field] = Likeness(field, sure, form.vague)
    least = best.pop(_NONE, Likeness(_NONE, 0.0)).score
    return sorted((like for like in best.values() if like.score > least), key=lambda like: -like.score)


def means_no_field(header: str) -> bool:
    """Whether the header is known to mean something that the API has no field for, or not the candidate's own."""
    return speaks_of_someone_else(header) or _NONE in _names().get(plain_words(header), ())


def speaks_of_someone_else(header: str) -> bool:
    """Whether a manager, an emergency contact or the like is meant, and not the candidate."""
    return not _SOMEONE_ELSE.isdisjoint(plain_words(header).split())


def _words(text: str) -> str:
    lowered = text.casefold()
    for written, meant in _SPELT_OUT:
        lowered = lowered.replace(written, meant)
    unaccented = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    return " ".join(_SHORT_FORMS.get(word, word) for word in _WORD.findall(unaccented))


def _forms(header: str) -> list[_Form]:
    """The header's words as they are, and less what may be left out."""
    spoken = plain_words(header)
    beside = plain_words(_ASIDE.sub(" ", header))
    known = all(plain_words(aside) in _ASIDES for aside in _ASIDE.findall(header))
    forms = [
        _Form(spoken, vague=spoken in _VAGUE),
        _Form(_words(header), vague=spoken in _VAGUE),
        _Form(beside, 1.0, vague=beside in _VAGUE or not known),
        _Form(_without_fillers(spoken), 1.0, vague=spoken in _VAGUE),
    ]
    return [form for form in forms if form.words]


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
    for name in listed(NO_FIELD):
        names.setdefault(plain_words(name), []).append(_NONE)
    return {name: tuple(fields) for name, fields in names.items()}
