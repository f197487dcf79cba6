"""What a rule's keys must be together, and for its field: checks that no single key can make."""

from __future__ import annotations

from collections.abc import Iterator

from sync.api.fields import Field
from sync.mapping.nearest import did_you_mean
from sync.mapping.rule import Rule

Problem = tuple[tuple[str | int, ...], str]
"""Where within the rule, and what is wrong there."""

_SOURCES = ("column", "template", "value")
_CELL_KEYS = ("default", "blank", "required")
_BOOLEAN_WORDS = ("true", "false")


def rule_problems(field: Field, rule: Rule) -> list[Problem]:
    """All that is wrong with a rule whose keys are right one by one."""
    return [*_source(rule), *_blanks(rule), *_files(field, rule), *_lookup(rule), *_outputs(field, rule)]


def _source(rule: Rule) -> Iterator[Problem]:
    given = [key for key in _SOURCES if getattr(rule, key)]
    if not given:
        yield (), "needs one of: column, template, value"
    elif len(given) > 1:
        yield (given[1],), f"stands beside {given[0]}; a field takes its value from one of them"


def _blanks(rule: Rule) -> Iterator[Problem]:
    if rule.value is not None:
        for key in _CELL_KEYS:
            if getattr(rule, key):
                yield (key,), "has no use beside value, which is never blank"
    elif rule.required and rule.blank:
        yield ("required",), "contradicts blank: clear; a blank cell either rejects the row or clears the field"


def _files(field: Field, rule: Rule) -> Iterator[Problem]:
    names = [call.name for call in rule.transform]
    if field.kind != "file":
        if "file" in names:
            yield ("transform", names.index("file")), f"file is for file fields, and {field.name} is none"
        return
    if not names or names[-1] != "file" or names.count("file") > 1:
        yield (("transform",) if names else ()), "a file field needs the transform {file: FOLDER} as its last"
    if rule.values:
        yield ("values",), "cannot follow the transform file"


def _lookup(rule: Rule) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for key in rule.values:
        first = seen.setdefault(key.strip().casefold(), key)
        if first != key:
            yield ("values", key), f"'{key}' is the same as '{first}': case and outer spaces do not count"


def _outputs(field: Field, rule: Rule) -> Iterator[Problem]:
    """Constants that the field cannot take; what a transform makes of others is known only by row."""
    constants: dict[tuple[str | int, ...], str] = {("values", key): output for key, output in rule.values.items()}
    if not rule.values and not rule.transform:
        constants |= {(key,): text for key in ("value", "default") if (text := getattr(rule, key))}
    names = [name for name, _ in field.choices] or list(_BOOLEAN_WORDS if field.kind == "boolean" else ())
    for path, text in constants.items():
        known = field.wire_value(text.strip()) or (field.kind == "boolean" and text.strip().casefold() in names)
        if names and not known:
            yield path, f"'{text}' is no value of {field.name}{did_you_mean(text, names)}"
