"""What each transform may be given in a mapping, as strict models; a wrong argument is found when it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from phonenumbers import SUPPORTED_REGIONS
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from sync.mapping.dates import format_problem
from sync.mapping.nearest import did_you_mean


class Strict(BaseModel):
    """A part of a mapping: unknown keys are errors, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def wrong(message: str) -> PydanticCustomError:
    """Build an error whose message is told as it is."""
    return PydanticCustomError("told", "{message}", {"message": message})


def listed(value: Any) -> Any:  # noqa: ANN401
    """One text is short for a list of it."""
    return [value] if isinstance(value, str) else value


def whole(value: Any) -> Any:  # noqa: ANN401
    """Read a whole number that is written plainly."""
    if not (isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,12}", value)):
        raise wrong("must be a whole number")
    return int(value)


Text = Annotated[str, StringConstraints(pattern=r"\S")]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed), Field(min_length=1)]
Whole = Annotated[int, BeforeValidator(whole)]


class Argument(Strict):
    """A transform's argument. `short`: the key that a bare text stands for, if one may."""

    short: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _long_form(cls, value: Any) -> Any:  # noqa: ANN401
        if value is None:
            return {}
        if isinstance(value, str):
            if cls.short is None:
                raise wrong("takes no such argument" if cls.model_fields else "takes no argument")
            return {cls.short: value}
        return value


class Nothing(Argument):
    """No argument."""


def _known_region(name: str) -> str:
    if name.upper() not in SUPPORTED_REGIONS:
        raise wrong(f"unknown region '{name}'{did_you_mean(name, sorted(SUPPORTED_REGIONS))}")
    return name.upper()


class Region(Argument):
    """The region, as two letters, whose numbers may be written without + and country code."""

    short = "region"
    region: Annotated[Text, AfterValidator(_known_region)] | None = None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(name: str) -> ZoneInfo:
    if name not in _zones():
        raise wrong(f"unknown time zone '{name}'{did_you_mean(name, sorted(_zones()))}")
    return ZoneInfo(name)


def _usable_format(text: str) -> str:
    if problem := format_problem(text):
        raise wrong(problem)
    return text


class DateReading(Argument):
    """How dates are written in the file, besides ISO 8601, and where clocks that say no offset are."""

    formats: Annotated[
        tuple[Annotated[Text, AfterValidator(_usable_format)], ...], BeforeValidator(listed), Field(min_length=1)
    ] = ()
    timezone: Annotated[Any, BeforeValidator(_known_zone)] = None


class Words(Argument):
    """The words that mean true and false, without regard to case; each list replaces the usual words."""

    true: Texts = ("true", "yes", "y", "t", "1", "on")
    false: Texts = ("false", "no", "n", "f", "0", "off")

    @model_validator(mode="after")
    def _apart(self) -> Words:
        common = {word.strip().casefold() for word in self.true} & {word.strip().casefold() for word in self.false}
        if common:
            raise wrong(f"'{min(common)}' stands for both true and false")
        return self


class Folder(Argument):
    """The folder that the files are in, relative to the mapping's own."""

    short = "folder"
    folder: Text


def _compiled(text: str) -> str:
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError) as error:
        raise wrong(f"'{text}' is not a regular expression: {error}") from error
    return text


class Replacing(Argument):
    """A regular expression, and what takes the place of each match, where its groups are known by number."""

    pattern: Annotated[Text, AfterValidator(_compiled)]
    with_: str = Field(alias="with")

    @model_validator(mode="after")
    def _groups_exist(self) -> Replacing:
        try:
            re.sub(self.pattern, self.with_, "")
        except (re.error, IndexError) as error:
            raise wrong(f"'with' cannot be used: {error}") from error
        return self


class Length(Argument):
    """The number of characters that are kept."""

    short = "length"
    length: Annotated[Whole, Field(ge=1)]


Step = Callable[[str], str]
"""One transform, ready: takes a text, gives a text or raises CellRefused."""
