"""What a field's values call for in the mapping: transforms, a list of values, and what only a person can say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sync.api.fields import FIELD_BY_NAME, Field, Kind
from sync.mapping.suggest.date_order import DateReading, First, read_dates
from sync.mapping.suggest.phone_region import REGIONS, read_phones
from sync.mapping.suggest.seen import About, Seen
from sync.mapping.suggest.value_lists import boolean_seen, choice_seen, language_seen
from sync.mapping.suggest.values import ColumnValues

_PHONES_LOOKED_AT = 120
"""Numbers that are tried as numbers of each country, at some 25 microseconds each."""


_IN_WHICH_FOLDER = "In which folder are the files? Write it in place of files/."


def seen_in(name: str, values: ColumnValues, about: About) -> Seen:
    """What the values say of the field of this name."""
    known = FIELD_BY_NAME.get(name)
    look = (_OF_NAME.get(name) or _OF_KIND.get(known.kind)) if known else None
    if known is None or look is None or not (values.filled or known.kind == "file"):
        return Seen()
    return look(known, values, about)


def _email(_field: Field, values: ColumnValues, _about: About) -> Seen:
    return Seen(values.emails, f"{values.emails:.0%} of the values are e-mail addresses")


def _phone(_field: Field, values: ColumnValues, about: About) -> Seen:
    read = read_phones(values.sample[:_PHONES_LOOKED_AT], about.countries)
    if read.region is None:
        said = f"{read.share:.0%} of the values are phone numbers with their country"
        return Seen(read.share, said, {"transform": ["phone"]})
    said = f"{read.share:.0%} of the values are phone numbers of {REGIONS[read.region]}, or carry their country"
    asked: tuple[str, ...] = ()
    if read.rivals:
        others = " or ".join(f"{REGIONS[rival]} ({rival})" for rival in read.rivals[:3])
        asked = (f"Are the numbers without + of {REGIONS[read.region]}? They could also be of {others}.",)
    return Seen(read.share, said, {"transform": [{"phone": read.region}]}, asked, guessed=bool(asked))


def _date(_field: Field, values: ColumnValues, about: About) -> Seen:
    read = read_dates(list(values.distinct), about.habit or ("day" if about.days_first else None))
    said = f"{read.share:.0%} of the values are dates"
    order, questions = _order(read, about.habit)
    guessed = bool(questions) and not (order and read.first == about.habit)
    said += order
    reading: dict[str, Any] = {"formats": [read.written]} if read.written else {}
    if read.clocks:
        reading["timezone"] = "UTC"
        guessed = True
        questions.append("Which time zone? The times say none: write yours in place of UTC, such as America/Chicago.")
    settings = {"transform": [{"date": reading} if reading else "date"]}
    return Seen(
        read.share,
        said,
        settings,
        tuple(questions),
        doubtful=not read.decided and bool(read.first),
        guessed=guessed,
    )


def _order(read: DateReading, habit: First | None) -> tuple[str, list[str]]:
    """What shows whether the day or the month is first, and the question where nothing shows it."""
    if read.first is None:
        return "", []
    first, second = ("day", "month") if read.first == "day" else ("month", "day")
    instead = f"If the {second} is first, write '{read.swapped}' in place of '{read.written}'."
    if read.against:
        both = f"{read.proofs:,} dates have the {first} first for certain, {read.against:,} the {second}"
        return "", [f"Which is right? {both}. {instead}"]
    if read.proofs:
        return f", the {first} first: {read.proofs:,} of them cannot be read the other way", []
    if habit == read.first:
        asked = f"Is the {first} first here, too? Every date of this column can be read both ways. {instead}"
        return f", the {first} first as in other columns of this file", [asked]
    return "", [f"Is the {first} first? Every date can be read both ways. {instead}"]


def _file(_field: Field, values: ColumnValues, about: About) -> Seen:
    if not values.filled:
        # The mapping needs a folder even so: without one it would not load.
        return Seen(None, "", {"transform": [{"file": "files/"}]}, (_IN_WHICH_FOLDER,), doubtful=True, useless=True)
    said = f"{values.files:.0%} of the values are names of files"
    folder = about.folder_of(values.distinct)
    if folder is not None:
        asked = ("The folder's name counts from where this mapping is: keep it where you ran this.",)
        return Seen(values.files, f"{said}, which were found", {"transform": [{"file": folder}]}, asked, doubtful=True)
    settings = {"transform": [{"file": "files/"}]}
    return Seen(values.files, said, settings, (_IN_WHICH_FOLDER,), doubtful=True, useless=True)


def _link(_field: Field, values: ColumnValues, _about: About) -> Seen:
    return Seen(values.links, f"{values.links:.0%} of the values are web addresses")


def _journey_status(_field: Field, values: ColumnValues, _about: About) -> Seen:
    fit = sum(1 for text in values.sample if ": " in text) / len(values.sample)
    return Seen(fit, f"{fit:.0%} of the values are written `stage: status`")


_Look = Callable[[Field, ColumnValues, About], Seen]

_OF_NAME: dict[str, _Look] = {"language_preference": language_seen}
_OF_KIND: dict[Kind, _Look] = {
    "email": _email,
    "phone": _phone,
    "date": _date,
    "choice": choice_seen,
    "boolean": boolean_seen,
    "file": _file,
    "link": _link,
    "journey-status": _journey_status,
}
