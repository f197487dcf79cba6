"""What a field's values call for in the mapping: transforms, a list of values, and what only a person can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from sync.api.fields import FIELD_BY_NAME, Field, Kind
from sync.mapping.suggest.headers import EXACT, plain_words
from sync.mapping.suggest.values import OTHER_ORDER, REGIONS, ColumnValues
from sync.mapping.suggest.words import VALUES, listed

_NEAR_VALUE = 85.0
_BOOLEANS = frozenset({"true", "yes", "y", "t", "1", "on", "false", "no", "n", "f", "0", "off"})
_NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Seen:
    """What a column's values say of a field.

    `fit`: the share of the values that the field would take; None where any text would do, or there are no values.
    `said`: that in words. `settings`: keys of the field's mapping besides `column`. `questions`: what a person must
    look at. `doubtful`: the settings may be wrong although the field is right.
    `open_order`: nothing shows whether a date's day or month comes first.
    """

    fit: float | None = None
    said: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    doubtful: bool = False
    open_order: bool = False


def seen_in(name: str, values: ColumnValues) -> Seen:
    """What the values say of the field of this name."""
    known = FIELD_BY_NAME.get(name)
    look = _OF_KIND.get(known.kind) if known else None
    if known is None or look is None or not values.filled:
        return Seen()
    return look(known, values)


def _email(_field: Field, values: ColumnValues) -> Seen:
    return Seen(values.emails, f"{values.emails:.0%} of the values are e-mail addresses")


def _phone(_field: Field, values: ColumnValues) -> Seen:
    share, region = values.phones()
    if region is None:
        return Seen(share, f"{share:.0%} of the values are phone numbers with their country", {"transform": ["phone"]})
    said = f"{share:.0%} of the values are phone numbers of {REGIONS[region]}, or carry their country"
    return Seen(share, said, {"transform": [{"phone": region}]})


def _date(_field: Field, values: ColumnValues) -> Seen:
    counts = values.date_formats()
    iso = counts.pop("ISO", 0)
    best = max(counts, key=counts.__getitem__, default="")
    share = (iso + counts.get(best, 0)) / len(values.distinct)
    said = f"{share:.0%} of the values are dates"
    reading: dict[str, Any] = {"formats": [best]} if best else {}
    order, questions = _order(counts, best)
    said += order
    open_order = bool(questions)
    if values.has_times:
        reading["timezone"] = "UTC"
        questions.append("Which time zone? The times say none: write yours in place of UTC, such as America/Chicago.")
    settings = {"transform": [{"date": reading} if reading else "date"]}
    return Seen(share, said, settings, tuple(questions), doubtful=bool(questions), open_order=open_order)


def _order(counts: Mapping[str, int], best: str) -> tuple[str, list[str]]:
    """What shows whether the day or the month is first, and the question where nothing shows it."""
    first, second = {"%d": ("day", "month"), "%m": ("month", "day")}.get(best[:2], ("", ""))
    day = next((form for form in OTHER_ORDER if best.startswith(form)), None)
    if day is None:
        return "", []
    swapped = OTHER_ORDER[day] + best.removeprefix(day)
    proofs = counts[best] - counts.get(swapped, 0)
    if proofs:
        return f", the {first} first: {proofs:,} of them cannot be read the other way", []
    question = (
        f"Is the {first} first? Every date can be read both ways. "
        f"If the {second} is first, write '{swapped}' in place of '{best}'."
    )
    return "", [question]


def _choice(known: Field, values: ColumnValues) -> Seen:
    found = values.choices
    if not found:
        return Seen(0.0, "too many different values for a list")
    if all(known.wire_value(text) for text in found):
        return Seen(1.0, "all values are the API's own")
    spelt: dict[str, str] = {}
    for text in found:
        spelt.setdefault(text.casefold(), text)
    # A mapping's values are looked up without regard to case, so each is listed once.
    meant = {text: _meant(known, text) for text in spelt.values()}
    names = ", ".join(name for name, _ in known.choices)
    matched = {text: name for text, (name, _) in meant.items() if name}
    asked = [
        f"Is {_shown(text)} {name}? It is only the nearest." if name else f"What is {_shown(text)}? One of {names}."
        for text, (name, sure) in meant.items()
        if not sure
    ]
    fit = len(matched) / len(meant)
    said = f"{len(matched)} of {len(meant)} different values have a likely meaning"
    return Seen(fit, said, {"values": matched} if matched else {}, tuple(asked), doubtful=True)


def _meant(known: Field, text: str) -> tuple[str | None, bool]:
    """The API's name for a found value (its own, else by the words for it, else the nearest) and whether it is sure."""
    if wire := known.wire_value(text):
        return next(name for name, number in known.choices if number == wire), True
    words = {plain_words(name): name for name, _ in known.choices}
    for name, spoken in VALUES.get(known.name, {}).items():
        words |= {plain_words(word): name for word in listed(spoken)}
    nearest = process.extractOne(plain_words(text), list(words), scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR_VALUE)
    return (words[nearest[0]], nearest[1] == EXACT) if nearest else (None, False)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")  # noqa: PLR2004


def _boolean(_field: Field, values: ColumnValues) -> Seen:
    found = values.choices
    fit = sum(1 for text in found if text.casefold() in _BOOLEANS) / len(found) if found else 0.0
    return Seen(fit, f"{fit:.0%} of the values are yes or no", {"transform": ["boolean"]})


def _file(_field: Field, values: ColumnValues) -> Seen:
    asked = ("In which folder are the files? Write it in place of files/.",)
    said = f"{values.files:.0%} of the values are names of files"
    return Seen(values.files, said, {"transform": [{"file": "files/"}]}, asked, doubtful=True)


def _link(_field: Field, values: ColumnValues) -> Seen:
    return Seen(values.links, f"{values.links:.0%} of the values are web addresses")


def _journey_status(_field: Field, values: ColumnValues) -> Seen:
    fit = sum(1 for text in values.sample if ": " in text) / len(values.sample)
    return Seen(fit, f"{fit:.0%} of the values are written `stage: status`")


_OF_KIND: dict[Kind, Callable[[Field, ColumnValues], Seen]] = {
    "email": _email,
    "phone": _phone,
    "date": _date,
    "choice": _choice,
    "boolean": _boolean,
    "file": _file,
    "link": _link,
    "journey-status": _journey_status,
}
