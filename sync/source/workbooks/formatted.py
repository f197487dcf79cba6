"""Show a number or a text as a number format does: digit places and exponents here, fractions and hours by xlfmt."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial

import xlfmt  # type: ignore[import-untyped]

from sync.source.workbooks.digit_slots import slots_of
from sync.source.workbooks.exponents import exponent_of
from sync.source.workbooks.number_sections import section_for, sections, tokens

_REMEMBERED_SECTIONS = 1024
_REMEMBERED_NUMBERS = 4096
_GENERAL = re.compile(r"general|G/[^\W\d_A-Za-z]+", re.IGNORECASE)
"""As the file format names it; some programs write the name that East Asian Excel shows, such as G/标准."""
_LANGUAGE = re.compile(r"\[\$-[^\]]*\]")
"""A language without a currency, which xlfmt takes for a dollar."""

_PLACES = frozenset("0#?@.,%/")
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


def shown_by(number_format: str) -> Callable[[str], str | None]:
    """The function that shows numbers in this format, given by their digits (at most 15); None for Excel's #####."""
    by_value = sections(number_format)[0]
    if len(by_value) == 1:
        return _shown_by(by_value[0].code)

    def shown(digits: str) -> str | None:
        section = section_for(number_format, Decimal(digits))
        # A section that is left empty hides what it is for.
        return _shown_by(section.code)(digits if section.signed else digits.lstrip("-")) if section.code else ""

    return shown


def has_text_section(number_format: str) -> bool:
    """Whether the format shows texts otherwise than as they are."""
    return sections(number_format)[1] not in {None, "@"}


def formatted_text(text: str, number_format: str) -> str:
    """What the format shows of a text, which is the text itself unless the format has a section for it."""
    section = sections(number_format)[1]
    return text if section is None else _literal(section, text)


def _literal(section: str, text: str) -> str:
    return "".join(text if part == "@" and not literal else part for literal, part in tokens(section))


@lru_cache(_REMEMBERED_SECTIONS)
def _shown_by(section: str) -> Callable[[str], str | None]:
    if _GENERAL.search(section) or section.strip() == "@":
        return partial(_general_inside, _GENERAL.sub("@", section))
    if _is_only_text(section):
        return partial(_only_text, section)
    if own := slots_of(section) or exponent_of(section):
        return own
    # Only xlfmt is slower than finding out whether the same number was shown before.
    return lru_cache(_REMEMBERED_NUMBERS)(partial(_by_xlfmt, _LANGUAGE.sub("", section)))


def _is_only_text(section: str) -> bool:
    """Whether the section quotes or escapes a text, and nothing else in it shows a digit, a date or a letter."""
    parts = list(tokens(section))
    return any(literal for literal, _ in parts) and not any(
        part.isalnum() or part in _PLACES for literal, part in parts if not literal
    )


def _only_text(section: str, digits: str) -> str:
    return ("-" if digits.startswith("-") else "") + _literal(section, "")


def _general_inside(section: str, digits: str) -> str:
    sign = "-" if digits.startswith("-") else ""
    return sign + _literal(section, general(digits.lstrip("-")))


def _by_xlfmt(section: str, digits: str) -> str | None:
    try:
        text = str(xlfmt.format_value(Decimal(digits), section))
    except (ValueError, ArithmeticError, LookupError):
        # A format that is none: Excel itself would not have stored it, and the number is still known.
        return general(digits)
    return None if text and not text.strip("#") else text
