"""The sections of a number format, and which of them shows a value: `positive;negative;zero;text`, or by condition."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_REMEMBERED_FORMATS = 1024

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]|.', re.DOTALL
)
"""One token of a format: text in quotes, an escaped character, the space of one's width, one that fills the column,
a condition, colour, currency or language in brackets, or a single character."""

_CONDITION = re.compile(r"\s*(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d*)?(?:E[+-]?\d+)?)\s*", re.IGNORECASE)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_ABOVE_ZERO, _BELOW_ZERO = (">", Decimal(0)), ("<", Decimal(0))
_NEGATIVE = frozenset({_BELOW_ZERO, ("<=", Decimal(0))})
_NOT_NEGATIVE = frozenset({_ABOVE_ZERO, (">=", Decimal(0))})
_WITH_ONE_FOR_ZERO = 3
_MOST_SECTIONS = 4


Token = tuple[bool, str]
"""Whether it is literal, which quoted and escaped text is, and the text."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section, its condition taken out. `signed`: a minus is shown before a negative value."""

    code: str
    condition: tuple[str, Decimal] | None = None
    signed: bool = True

    def holds(self, value: Decimal) -> bool:
        """Whether the value meets the section's condition, if it has one."""
        return self.condition is None or _COMPARE[self.condition[0]](value, self.condition[1])


@lru_cache(_REMEMBERED_FORMATS)
def sections(number_format: str) -> tuple[tuple[Section, ...], str | None]:
    """The sections for numbers, in the order in which they are tried, and the one for text, None where none is."""
    parts = _split(number_format)[:_MOST_SECTIONS]
    text = parts.pop() if len(parts) == _MOST_SECTIONS or _has_placeholder_for_text(parts[-1]) else None
    if not parts:
        return (Section("General"),), text
    numbers = [_section(part) for part in parts]
    if any(section.condition for section in numbers[:2]):
        return tuple(_by_condition(numbers)), text
    return tuple(_by_sign([section.code for section in numbers])), text


def section_for(number_format: str, value: Decimal) -> Section:
    """The section that shows this number."""
    return next(section for section in sections(number_format)[0] if section.holds(value))


def _by_sign(codes: list[str]) -> list[Section]:
    if len(codes) == 1:
        return [Section(codes[0])]
    positive, negative, *zero = codes
    below = Section(negative, _BELOW_ZERO, signed=False)
    return [below, Section(positive, _ABOVE_ZERO), Section(zero[0])] if zero else [below, Section(positive)]


def _by_condition(numbers: list[Section]) -> list[Section]:
    """In the order written. A section that negative values alone can reach says itself how their sign is shown."""
    conditions = [one.condition for one in numbers]
    if len(numbers) > 1:
        conditions[0] = conditions[0] or _ABOVE_ZERO
    if len(numbers) == _WITH_ONE_FOR_ZERO:
        conditions[1:] = [conditions[1] or _BELOW_ZERO, None]
    rest_is_negative = conditions[0] in _NOT_NEGATIVE
    tried = [
        Section(one.code, condition, signed=not (condition in _NEGATIVE or (condition is None and rest_is_negative)))
        for one, condition in zip(numbers, conditions, strict=True)
    ]
    return [*tried, Section("General")] if conditions[-1] else tried


def _section(part: str) -> Section:
    condition = None

    def taken_out(token: re.Match[str]) -> str:
        nonlocal condition
        found = _CONDITION.fullmatch(token["bracket"] or "")
        if not found:
            return token[0]
        condition = (found[1], Decimal(found[2]))
        return ""

    code = _TOKEN.sub(taken_out, part)
    return Section(code, condition)


def _split(number_format: str) -> list[str]:
    parts = [""]
    for token in _TOKEN.finditer(number_format):
        if token[0] == ";":
            parts.append("")
        else:
            parts[-1] += token[0]
    return parts


def _has_placeholder_for_text(part: str) -> bool:
    return any(token[0] == "@" for token in _TOKEN.finditer(part))


def tokens(section: str) -> Iterator[Token]:
    """The section's tokens; what fills the column, colours and languages are left out."""
    for token in _TOKEN.finditer(section):
        kind = token.lastgroup
        if kind == "bracket":
            inside = token["bracket"]
            if inside.startswith("$"):
                yield True, inside[1:].rpartition("-")[0] if "-" in inside else inside[1:]
            elif re.fullmatch(r"[hms]+|DBNum\d|natnum\d", inside, re.IGNORECASE):
                yield False, inside
        elif kind == "space":
            yield True, " "
        elif kind in {"quoted", "escaped"}:
            yield True, token[kind]
        elif kind != "fill":
            yield False, token[0]
