"""What is wrong with a mapping in plain words: the models' errors with their line and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from sync.api.fields import FIELD_BY_NAME
from sync.mapping.arguments import Strict
from sync.mapping.document import Candidate, Document, Fields, Limits, SourceOptions
from sync.mapping.nearest import did_you_mean
from sync.mapping.rule import AnyCall, Rule
from sync.mapping.transforms import TRANSFORMS
from sync.mapping.yamltext import Located, Path

Problem = tuple[int, str]
"""A line and what is wrong there."""

_PARTS: dict[str, type[Strict]] = {
    "source": SourceOptions,
    "candidate": Candidate,
    "limits": Limits,
    "fields": Fields,
}
_A_MAPPING = "must be a mapping of keys"
_SIMPLE = {
    "dict_type": _A_MAPPING,
    "model_type": _A_MAPPING,
    "model_attributes_type": _A_MAPPING,
    "tuple_type": "must be a list",
    "string_type": "must be text",
    "too_short": "must not be empty",
    "string_pattern_mismatch": "must not be empty",
}


def document_problems(error: ValidationError, located: Located) -> Iterator[Problem]:
    """Tell each error of the models, with the line of the part that it is about."""
    for found in error.errors(include_url=False, include_input=True):
        path: Path = found["loc"]
        if found["type"] == "problems":
            for inner, message in found["ctx"]["problems"]:
                yield located.line((*path, *inner)), f"{_dotted((*path, *inner))}: {message}"
        elif found["type"] == "extra_forbidden":
            yield located.line(path), _unknown(path)
        elif found["type"] == "missing":
            yield located.line(path), f"the key '{path[-1]}' is missing{_within(path[:-1])}"
        else:
            yield located.line(path), f"{_dotted(path)}: {_told(found)}"


def together_problems(located: Located) -> Iterator[Problem]:
    """Fields that exclude or need each other, by their names alone, whatever else is wrong."""
    fields = located.data.get("fields") if isinstance(located.data, dict) else None
    names = fields if isinstance(fields, dict) else {}
    for name in names:
        line = located.line(("fields", name))
        if name in {"first_name", "last_name"} and "name" in names:
            yield line, f"fields.{name} stands beside name: map either name, or first_name and last_name"
        for other in FIELD_BY_NAME[name].together if name in FIELD_BY_NAME else ():
            if other not in names:
                yield line, f"fields.{name} needs {other} beside it: the API takes both or neither"
    if located.data and isinstance(located.data, dict) and fields == {}:
        yield located.line(("fields",)), "fields: must not be empty"


def _told(found: Any) -> str:  # noqa: ANN401
    given = found["input"]
    if given is None:
        return "has no value"
    if found["type"] in _SIMPLE:
        return _SIMPLE[found["type"]] + ("" if "empty" in _SIMPLE[found["type"]] else f", not {_kind(given)}")
    if found["type"] == "literal_error":
        names = re.findall(r"'([^']*)'", found["ctx"]["expected"])
        return f"'{given}' is not possible; use {', '.join(names)}{_hint(str(given), names)}"
    return str(found["msg"]).replace("Input should be", "must be")


def _kind(given: object) -> str:
    return "a mapping" if isinstance(given, dict) else "a list" if isinstance(given, list) else "text"


def _hint(given: str, names: list[str]) -> str:
    hint = did_you_mean(given, names)
    return hint if "did you mean" in hint else ""


def _unknown(path: Path) -> str:
    parent, name = path[:-1], str(path[-1])
    names = list(_model_at(parent).model_fields)
    if parent == ("fields",):
        return f"unknown field '{name}'{did_you_mean(name, names)}"
    if parent[-2:-1] == ("transform",):
        return f"unknown transform '{name}'{_within(parent[:-2])}{did_you_mean(name, names)}"
    aliases = [_model_at(parent).model_fields[key].alias or key for key in names]
    return f"unknown key '{name}'{_within(parent)}{did_you_mean(name, aliases)}"


def _model_at(path: Path) -> type[Strict]:
    """The model of the mapping's part at `path`; of a rule, whatever its field."""
    match path:
        case ():
            return Document
        case (str(part),):
            return _PARTS[part]
        case (*_, "transform", int()):
            return AnyCall  # type: ignore[no-any-return]
        case (*_, "transform", int(), str(name)):
            return TRANSFORMS[name].argument
        case _:
            return Rule


def _within(path: Path) -> str:
    return f" in {_dotted(path)}" if path else ""


def _dotted(path: Path) -> str:
    """Write a path as `fields.email.transform[0]`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".") or "mapping"
