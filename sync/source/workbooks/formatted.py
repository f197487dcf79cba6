"""Show a number or a text as a number format does: digit places here, fractions, exponents and hours by xlfmt."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import xlfmt  # type: ignore[import-untyped]

from sync.source.workbooks.digit_slots import literal_text, slots_of
from sync.source.workbooks.number_sections import section_for, sections

_REMEMBERED_SECTIONS = 1024
_GENERAL = re.compile("general", re.IGNORECASE)
_LANGUAGE = re.compile(r"\[\$-[^\]]*\]")
"""A language without a currency, which xlfmt takes for a dollar."""

_WIDEST_GENERAL = 11
_FIRST_WITH_EXPONENT = 100_000_000_000
_LAST_WITH_EXPONENT = Decimal("0.0001")


def general(digits: str) -> str:
    """All `digits` of a number as the General format shows them.

    Excel shows 11 characters, the point among them, and rounds what comes after the point. Where it would show an
    exponent instead, all digits are shown.
    """
    point = digits.find(".")
    if point < 0 or len(digits.lstrip("-")) <= _WIDEST_GENERAL:
        return digits
    number = Decimal(digits)
    if not _LAST_WITH_EXPONENT <= abs(number) < _FIRST_WITH_EXPONENT:
        return digits
    places = max(_WIDEST_GENERAL - 1 - len(digits[:point].lstrip("-")), 0)
    rounded = format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded


def formatted(number: Decimal, number_format: str) -> str | None:
    """What the format shows of a number of at most 15 digits; None where Excel shows #####."""
    section = section_for(number_format, number)
    return _shown_by(section.code)(number if section.signed else abs(number))


def has_text_section(number_format: str) -> bool:
    """Whether the format shows texts otherwise than as they are."""
    return sections(number_format)[1] not in {None, "@"}


def formatted_text(text: str, number_format: str) -> str:
    """What the format shows of a text, which is the text itself unless the format has a section for it."""
    section = sections(number_format)[1]
    return text if section is None else literal_text(section, text)


@lru_cache(_REMEMBERED_SECTIONS)
def _shown_by(section: str) -> Callable[[Decimal], str | None]:
    if _GENERAL.search(section) or section.strip() == "@":
        return lambda number: _general_inside(section, number)
    return slots_of(section) or (lambda number: _by_xlfmt(_LANGUAGE.sub("", section), number))


def _general_inside(section: str, number: Decimal) -> str:
    sign = "-" if number < 0 else ""
    return sign + literal_text(_GENERAL.sub("@", section), general(format(abs(number), "f")))


def _by_xlfmt(section: str, number: Decimal) -> str | None:
    try:
        text = str(xlfmt.format_value(number, section))
    except (ValueError, ArithmeticError, LookupError):
        # A format that is none: Excel itself would not have stored it, and the number is still known.
        return general(format(number, "f"))
    return None if text and not text.strip("#") else text
