"""Converts one rule's cells of a chunk, column by column; each distinct text goes its way once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sync.mapped import CONSTANT, MappedColumn
from sync.mapping.bound import BoundRule, Condition
from sync.mapping.cells import Cells
from sync.mapping.refusal import CellRefused

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Converted:
    """A rule's column, what was refused by row index, and the unusable cells it looked at: index and position."""

    column: MappedColumn
    refused: dict[int, CellRefused]
    unusable: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The trimmed text of each row, the header position that it is from, and the unusable cells among those."""

    texts: list[str]
    origins: list[int]
    unusable: set[tuple[int, int]]


def convert(rule: BoundRule, cells: Cells) -> Converted:
    """Convert the rule's value of every row. Nothing that is wrong in one row touches another."""
    passed, unusable = _conditions(rule.conditions, cells)
    chosen = _chosen(rule, cells)
    if rule.way.default:
        chosen = _Chosen([text or rule.way.default for text in chosen.texts], chosen.origins, chosen.unusable)
    unusable |= chosen.unusable if passed is None else {found for found in chosen.unusable if passed[found[0]]}
    values, refusals = _values(rule, chosen.texts)
    failed = {index for index, _ in unusable} | cells.broken
    for index in failed:
        values[index] = None
    if passed is not None:
        values = [value if here else None for value, here in zip(values, passed, strict=True)]
    refused = {
        index: refusals[text]
        for index, text in (enumerate(chosen.texts) if refusals else ())
        if text in refusals and index not in failed and (passed is None or passed[index])
    }
    column = MappedColumn(rule.target, values, chosen.texts, chosen.origins, frozenset(failed | refused.keys()))
    return Converted(column, refused, frozenset(found for found in unusable if found[0] not in cells.broken))


def _over_distinct(function: Callable[[str], T], texts: list[str]) -> list[T]:
    table = {text: function(text) for text in set(texts)}
    return list(map(table.__getitem__, texts))


def _conditions(conditions: Iterable[Condition], cells: Cells) -> tuple[list[bool] | None, set[tuple[int, int]]]:
    """Whether each row passes all the conditions (None: there are none), and the unusable cells among theirs."""
    passed: list[bool] | None = None
    unusable: set[tuple[int, int]] = set()
    for condition in conditions:
        one = _over_distinct(condition.holds, cells.columns[condition.position])
        passed = one if passed is None else [a and b for a, b in zip(passed, one, strict=True)]
        unusable |= {(index, condition.position) for index in cells.bad_at(condition.position)}
    return passed, unusable


def _chosen(rule: BoundRule, cells: Cells) -> _Chosen:
    if not rule.positions:
        count = len(cells.rows)
        return _Chosen([""] * count, [CONSTANT] * count, set())
    if rule.pattern is not None:
        return _composed(rule, rule.pattern, cells)
    return _first_filled(rule, cells)


def _first_filled(rule: BoundRule, cells: Cells) -> _Chosen:
    """Of each row, the first of the columns that has a value; an unusable cell counts as having one.

    What counts as blank is judged on the chosen cell, as the contract orders it.
    """
    first, *others = rule.positions
    texts = cells.columns[first]
    origins = [first] * len(texts)
    unusable = {(index, first) for index in cells.bad_at(first)}
    if others:
        texts = _over_distinct(str.strip, texts)
    for position in others:
        bad = cells.bad_at(position)
        settled = {index for index, _ in unusable}
        found = _over_distinct(str.strip, cells.columns[position])
        for index, text in enumerate(texts):
            if text or index in settled:
                continue
            if found[index]:
                texts[index], origins[index] = found[index], position
            if index in bad:
                unusable.add((index, position))
    return _Chosen(_over_distinct(rule.way.blanks.trim, texts), origins, unusable)


def _composed(rule: BoundRule, pattern: str, cells: Cells) -> _Chosen:
    """The template's text: blank where one of its columns is, and the clear marker where one of them is that."""
    blanks = rule.way.blanks
    columns = [_over_distinct(blanks.trim, cells.columns[position]) for position in rule.positions]

    def compose(row: tuple[str, ...]) -> str:
        if "" in row:
            return ""
        return blanks.clear if blanks.clear is not None and blanks.clear in row else (pattern % row).strip()

    texts = [compose(row) for row in zip(*columns, strict=True)]
    unusable = {(index, position) for position in rule.positions for index in cells.bad_at(position)}
    return _Chosen(texts, [rule.positions[0]] * len(texts), unusable)


def _values(rule: BoundRule, texts: list[str]) -> tuple[list[str | None], dict[str, CellRefused]]:
    """The converted texts, None for refused ones, and why those were refused."""
    table: dict[str, str | None] = {}
    refusals: dict[str, CellRefused] = {}
    for text in set(texts):
        try:
            table[text] = rule.way.value(text)
        except CellRefused as refusal:
            table[text], refusals[text] = None, refusal
    return list(map(table.__getitem__, texts)), refusals
