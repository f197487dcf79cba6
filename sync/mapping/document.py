"""The mapping language as strict models: what may stand in the YAML, and of which type."""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from sync.api.fields import FIELDS, ID_KINDS
from sync.api.fields import Field as ApiField
from sync.mapping.arguments import Strict, Text, Texts, Whole, listed, wrong
from sync.mapping.rule import Calls, Rule
from sync.mapping.rulecheck import rule_problems

ATTRIBUTES = "candidate_attribute_data"
DELIMITER_WORDS = ("tab", "comma", "semicolon", "pipe")


def _checked_rule(rule: Rule, field: ApiField) -> Rule:
    if problems := rule_problems(field, rule):
        raise PydanticCustomError("problems", "{problems}", {"problems": problems})
    return rule


def _field_type(field: ApiField) -> tuple[Any, None]:
    rule = Annotated[Rule, AfterValidator(partial(_checked_rule, field=field))]
    return (Annotated[dict[Text, rule], Field(min_length=1)] if field.kind == "attributes" else rule, None)


def _decoding(name: str) -> str | None:
    if name == "auto":
        return None
    try:
        "a".encode(name)
    except (LookupError, ValueError) as error:
        raise wrong(f"unknown encoding '{name}'; use auto or a name such as utf-8, cp1252, utf-16") from error
    return name


def _delimiter(text: str) -> str | None:
    if text == "auto":
        return None
    if text not in DELIMITER_WORDS and (len(text) != 1 or text in '"\r\n'):
        raise wrong(f"must be auto, one character, or one of {', '.join(DELIMITER_WORDS)}")
    return text


def _number(value: Any) -> Any:  # noqa: ANN401
    if not (isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", value)):
        raise wrong("must be a number")
    return float(value)


def _stop(text: str) -> str:
    match = re.fullmatch(r"[0-9]{1,9}|([0-9]{1,3}(?:\.[0-9]{1,9})?)%", text)
    if match is None or float(match[1] or 0) > 100:  # noqa: PLR2004
        raise wrong("must be a number of rows such as 50, or a share such as 5%")
    return text


class SourceOptions(Strict):
    """How to read the file; None, which `auto` becomes, leaves it to the reader."""

    sheet: Text | None = None
    header: Annotated[Whole, Field(ge=1)] | None = None
    encoding: Annotated[Text | None, AfterValidator(_decoding)] = None
    delimiter: Annotated[str | None, AfterValidator(_delimiter)] = None
    hidden_rows: Literal["include", "skip"] = "include"


class Limits(Strict):
    """Defaults for the options of these names; None where the mapping is silent."""

    rate: Annotated[float, BeforeValidator(_number), Field(ge=0.01, le=1_000_000)] | None = None
    concurrency: Annotated[Whole, Field(ge=1, le=256)] | None = None
    max_errors: Annotated[Text, AfterValidator(_stop)] | None = None
    contact_limit: Annotated[Whole, Field(ge=0)] | None = None


class Candidate(Strict):
    """Where the {id} of the path is from, and which kind of id it is."""

    id: Literal[ID_KINDS]  # type: ignore[valid-type]
    column: Texts
    transform: Calls = ()

    @model_validator(mode="after")
    def _no_file(self) -> Candidate:
        if any(call.name == "file" for call in self.transform):
            raise wrong("an id is no file")
        return self


Fields: Any = create_model("Fields", __base__=Strict, **{field.name: _field_type(field) for field in FIELDS})  # type: ignore[call-overload]


def _version(value: Any) -> Any:  # noqa: ANN401
    if value != "1":
        raise wrong("must be 1, the version of the mapping language that this program knows")
    return 1


class Document(Strict):
    """The whole of a mapping file."""

    version: Annotated[int, BeforeValidator(_version)]
    name: Text | None = None
    source: SourceOptions = SourceOptions()
    candidate: Candidate
    fields: Fields
    blank_values: Annotated[tuple[str, ...], BeforeValidator(listed)] = ()
    clear_marker: Text | None = None
    duplicates: Literal["reject", "first", "last", "all"] = "reject"
    limits: Limits = Limits()

    @model_validator(mode="after")
    def _marker_is_no_blank(self) -> Document:
        if self.clear_marker and self.clear_marker.strip() in {text.strip() for text in self.blank_values}:
            raise wrong("clear_marker is among the blank_values, which would win")
        return self
