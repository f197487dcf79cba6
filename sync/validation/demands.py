"""What each kind of field demands of a value, as one table: the code, the condition and the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz

from sync.api.fields import FIELD_BY_NAME, MAX_ATTRIBUTE_LENGTH, Field, Kind
from sync.headers import normalise_header
from sync.mapped import Target
from sync.validation.emails import email_problem
from sync.validation.phones import has_country, is_valid_phone


@dataclass(frozen=True, slots=True)
class Demand:
    """One condition on a wire value. `reason` goes on after the quoted value: "is not a date"."""

    code: str
    holds: Callable[[str], bool]
    reason: Callable[[str], str]
    tip: Callable[[str], str] = lambda _: ""


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)
_TOTALS = re.compile(r"(?:(?:grand |sub[- ]?)?totals?|summe|gesamt|somme|totale|totaal)(?:[ :].*)?", re.IGNORECASE)
_COMMENT = re.compile(r"#+\s.*", re.DOTALL)
_SENTENCE = 6
"""So many words are no id."""
_CAN_BE_CUT = frozenset({"text", "attributes"})
_JOURNEY_STATUS = re.compile(r"\S(.*\S)?: \S.*", re.DOTALL)


def demands_on(target: Target) -> tuple[Demand, ...]:
    """All that is demanded of the values of one target."""
    field = FIELD_BY_NAME[target.field]
    of_kind = () if target.proven else _OF_KIND.get(field.kind, lambda _: ())(field)
    return (*of_kind, *_length(field))


def candidate_demands(columns: Collection[str]) -> tuple[Demand, ...]:
    """What is demanded of the {id} of the path. `.` and `..` would turn the path into another one.

    `columns`: the names of the columns that it is from. Exports that were put one below the other hold them once more,
    and some end with a line of totals.
    """
    names = {normalise_header(name) for name in columns}
    return (
        Demand("missing-id", bool, lambda _: "is blank, so there is no candidate to update"),
        Demand(
            "invalid-id",
            lambda text: text not in {".", ".."},
            lambda _: "cannot be a candidate's id: it would address something else",
        ),
        Demand(
            "invalid-id",
            lambda text: text.isprintable() or not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text),
            lambda _: "cannot be a candidate's id: it holds a control character, such as a line break",
        ),
        Demand(
            "invalid-id",
            lambda text: normalise_header(text) not in names,
            lambda _: "is the column's own name: the header stands here once more",
            lambda _: "Delete the row.",
        ),
        Demand(
            "invalid-id",
            lambda text: not _COMMENT.fullmatch(text),
            lambda _: "is no candidate's id: this looks like a comment",
            lambda _: "Delete the row.",
        ),
        Demand(
            "invalid-id",
            lambda text: not _TOTALS.fullmatch(text),
            lambda _: "is no candidate's id: this looks like a line of totals",
            lambda _: "Delete the row.",
        ),
        Demand(
            "invalid-id",
            lambda text: len(text.split()) < _SENTENCE,
            lambda _: "is no candidate's id: this looks like a note below or between the rows",
            lambda _: "Delete the row.",
        ),
    )


def _length(field: Field) -> Iterator[Demand]:
    limit = MAX_ATTRIBUTE_LENGTH if field.kind == "attributes" else field.max_length
    owner = "an attribute" if field.kind == "attributes" else field.name
    if limit is not None:
        yield Demand(
            "too-long",
            lambda text: len(text) <= limit,
            lambda text: f"has {len(text)} characters; {owner} takes at most {limit}",
            # Cut short, an address or a number would be another one.
            lambda _: "" if field.kind in _CAN_BE_CUT else "Correct the value.",
        )


def _email(_field: Field) -> Iterator[Demand]:
    yield Demand(
        "invalid-email",
        lambda text: email_problem(text) is None,
        lambda text: f"is not an e-mail address: {email_problem(text)}",
    )


def _phone(_field: Field) -> Iterator[Demand]:
    yield Demand("phone-without-country", has_country, lambda _: "has no country: it does not begin with +")
    yield Demand(
        "invalid-phone",
        lambda text: not has_country(text) or is_valid_phone(text),
        lambda _: "is not a valid phone number of its country",
    )


def _choice(field: Field) -> Iterator[Demand]:
    wire_values = frozenset(wire for _, wire in field.choices)
    names = [name for name, _ in field.choices]
    yield Demand(
        "unknown-value",
        wire_values.__contains__,
        lambda _: f"is no value of {field.name}",
        lambda text: f"Use {', '.join(_nearest_first(text, names))}; or list the value under `values` in the mapping.",
    )


def _nearest_first(text: str, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: -fuzz.ratio(text.casefold(), name.casefold()))


def _boolean(field: Field) -> Iterator[Demand]:
    yield Demand(
        "unknown-value",
        frozenset({"true", "false"}).__contains__,
        lambda _: f"is neither true nor false, as {field.name} must be",
        lambda _: "Use true or false, or add the transform `boolean` to the mapping.",
    )


def _date(_field: Field) -> Iterator[Demand]:
    yield Demand(
        "invalid-date",
        _is_iso,
        lambda _: "is not an ISO 8601 date such as 2026-01-31, or 2026-01-31T09:00:00-06:00",
        lambda _: "Write it so, or add the transform `date` to the mapping.",
    )


def _is_iso(text: str) -> bool:
    try:
        if _ISO_DATE.fullmatch(text):
            date.fromisoformat(text)
            return True
        if _ISO_MOMENT.fullmatch(text):
            datetime.fromisoformat(text)
            return True
    except ValueError:
        return False
    return False


def _journey_status(_field: Field) -> Iterator[Demand]:
    yield Demand(
        "invalid-value",
        lambda text: _JOURNEY_STATUS.fullmatch(text) is not None,
        lambda _: "is not of the form `stage name: status name`",
        lambda _: "Write the journey's stage, a colon, a space and the status.",
    )


_OF_KIND: dict[Kind, Callable[[Field], Iterator[Demand]]] = {
    "email": _email,
    "phone": _phone,
    "choice": _choice,
    "boolean": _boolean,
    "date": _date,
    "journey-status": _journey_status,
}
