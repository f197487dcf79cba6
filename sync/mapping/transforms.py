"""The transforms as one table: the name, what it does, what it may be given, and the function it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.mapping.arguments import (
    Argument,
    DateReading,
    Folder,
    Length,
    Nothing,
    Region,
    Replacing,
    Step,
    Words,
)
from sync.mapping.dates import convert_date
from sync.mapping.files import find_file
from sync.mapping.phones import to_e164
from sync.mapping.refusal import CellRefused


@dataclass(frozen=True, slots=True)
class Place:
    """Where a transform works: the mapping's folder, and the file endings that the field allows."""

    folder: Path
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transform:
    """One transform. `build` makes its step from its argument and place."""

    meaning: str
    argument: type[Argument]
    build: Callable[[Any, Place], Step]


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _plain(step: Step) -> Callable[[Nothing, Place], Step]:
    return lambda _argument, _place: step


def _phone(argument: Region, _place: Place) -> Step:
    return lambda text: to_e164(text, argument.region)


def _date(argument: DateReading, _place: Place) -> Step:
    return lambda text: convert_date(text, argument.formats, argument.timezone)


def _boolean(argument: Words, _place: Place) -> Step:
    meanings = {word.strip().casefold(): "true" for word in argument.true}
    meanings |= {word.strip().casefold(): "false" for word in argument.false}
    tip = f"Write {argument.true[0]} or {argument.false[0]}."

    def convert(text: str) -> str:
        meaning = meanings.get(text.strip().casefold())
        if meaning is None:
            raise CellRefused("unknown-value", "is none of the words for true and false", tip)
        return meaning

    return convert


def _file(argument: Folder, place: Place) -> Step:
    folder = place.folder / argument.folder
    return lambda text: find_file(text, folder, place.extensions)


def _replace(argument: Replacing, _place: Place) -> Step:
    pattern = re.compile(argument.pattern)
    return lambda text: pattern.sub(argument.with_, text)


def _truncate(argument: Length, _place: Place) -> Step:
    return lambda text: text[: argument.length]


TRANSFORMS: dict[str, Transform] = {
    "lower": Transform("to lower case", Nothing, _plain(str.lower)),
    "upper": Transform("to upper case", Nothing, _plain(str.upper)),
    "title": Transform("the first letter of each word to upper case, the others to lower", Nothing, _plain(str.title)),
    "collapse_spaces": Transform("one space for each run of white space", Nothing, _plain(_collapse_spaces)),
    "digits": Transform("only the digits 0 to 9", Nothing, _plain(_digits)),
    "phone": Transform("to E.164; numbers without + are of the given region", Region, _phone),
    "date": Transform("to ISO 8601, from ISO 8601 or the given formats", DateReading, _date),
    "boolean": Transform("to true or false", Words, _boolean),
    "file": Transform("the file of this name in the given folder", Folder, _file),
    "replace": Transform("each match of a regular expression by a text", Replacing, _replace),
    "truncate": Transform("only the first characters, as many as given", Length, _truncate),
}
