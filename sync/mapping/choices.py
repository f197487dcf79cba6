"""The values that a column may have, where a mapping and the field table know them: for drop-downs."""

from __future__ import annotations

from collections.abc import Iterator

from sync.api.fields import FIELD_BY_NAME
from sync.mapping.bind import BoundMapping
from sync.mapping.bound import BoundRule
from sync.mapping.refusal import CellRefused
from sync.mapping.rule import Rule

_BOOLEAN = ("TRUE", "FALSE")


def choices(bound: BoundMapping) -> dict[int, tuple[str, ...]]:
    """By header position, the texts that a cell may hold: what `values` lists, else the API's own names.

    Only texts that every rule of the column takes as they are; columns without any, or with free text, are left out.
    """
    offered: dict[int, tuple[str, ...]] = {}
    rules = [rule for rule in bound.rules if rule.pattern is None]
    for rule, target_rule in zip(bound.rules, bound.mapping.rules, strict=True):
        if rule.pattern is not None:
            continue
        known = tuple(_known(target_rule.rule, rule.target.field))
        for position in rule.positions:
            if known and position not in offered:
                offered[position] = known
    return {
        position: taken
        for position, known in offered.items()
        if (taken := tuple(text for text in known if _taken(text, [one for one in rules if position in one.positions])))
    }


def _known(rule: Rule, field: str) -> Iterator[str]:
    """The texts that the rule knows by name, in the order in which the mapping or the API lists them."""
    if rule.values:
        yield from (key.strip() for key in rule.values)
        return
    words = next((call.argument for call in rule.transform if call.name == "boolean"), None)
    if words is not None:
        yield from (word for word in (*getattr(words, "true", ()), *getattr(words, "false", ())))
    elif FIELD_BY_NAME[field].kind == "boolean":
        yield from _BOOLEAN
    else:
        yield from (name for name, _ in FIELD_BY_NAME[field].choices)


def _taken(text: str, rules: list[BoundRule]) -> bool:
    """Whether all the rules convert the text; one that does not would reject a row for a value it was offered."""
    try:
        return bool(text) and all(rule.way.value(rule.way.text(text)) is not None for rule in rules)
    except CellRefused:
        return False
