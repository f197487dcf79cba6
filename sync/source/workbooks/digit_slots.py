"""Show a number in a section of digit places and text, such as `000-00-0000`, `#,##0.00` or `0%`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby

from sync.source.workbooks.number_sections import Token, tokens

_FILLER = {"0": "0", "#": "", "?": " "}
"""What stands in a slot that has no digit."""

_ASKS_FOR_MORE = re.compile(r"[A-Za-z/@]")
"""What makes a section one of dates, fractions, exponents or text, which is not shown here."""

_FILLED_FROM_THE_RIGHT = re.compile("#*(0*)")
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_GROUP = 3
_MOST_PLACES = 30
"""Excel takes no format with more decimals."""


Show = Callable[[str], str]
"""Shows a number, or a part of it, that is given by its digits."""


def slots_of(section: str) -> Show | None:
    """The function that shows a number, given by its digits; None for a section of another kind.

    A minus stands before everything else.
    """
    return slots(list(tokens(section)))


def slots(found: list[Token]) -> Show | None:
    """The same for a section, or a part of one, that is given by its tokens."""
    if any(not literal and _ASKS_FOR_MORE.match(text) for literal, text in found):
        return None
    point = found.index((False, ".")) if (False, ".") in found else len(found)
    whole, decimals = found[:point], found[point + 1 :]
    scale = 2 * found.count((False, "%")) - _GROUP * (_commas_after_slots(whole) + _commas_after_slots(decimals))
    show_whole = _whole(_without_commas(whole), grouped=whole.count((False, ",")) > _commas_after_slots(whole))
    show_decimals = _decimals(_without_commas(decimals)) if point < len(found) else None
    places = sum(map(is_slot, decimals))
    if max(places, abs(scale)) > _MOST_PLACES:
        return None
    step = Decimal(1).scaleb(-places)

    def shown(digits: str) -> str:
        negative = digits[0] == "-"
        whole, _, decimals = (digits[1:] if negative else digits).partition(".")
        if scale or len(decimals) > places:
            rounded = EXACT.quantize(Decimal(digits).scaleb(scale), step)
            whole, _, decimals = format(abs(rounded), "f").partition(".")
        if whole == "0":
            whole = ""
        text = show_whole(whole)
        if show_decimals:
            text = f"{text}.{show_decimals(decimals)}"
        return f"-{text}" if negative and (whole or decimals.strip("0")) else text

    return shown


def _commas_after_slots(part: Sequence[Token]) -> int:
    """Each of these divides the number by 1,000; one between two slots groups the digits."""
    last = max((place for place, token in enumerate(part) if is_slot(token)), default=-1)
    return part[last + 1 :].count((False, ","))


def _without_commas(part: Sequence[Token]) -> list[Token]:
    return [token for token in part if token != (False, ",")]


def is_slot(token: Token) -> bool:
    """Whether a digit stands here."""
    return not token[0] and token[1] in _FILLER


def _whole(part: list[Token], *, grouped: bool) -> Show:
    """The part before the point: digits into slots from the right; the first slot takes all that are left."""
    slots = [text for token in part if is_slot(token) for text in token[1]]
    fixed = _around_one_run(part)
    simple = _FILLED_FROM_THE_RIGHT.fullmatch("".join(slots))
    if not slots:
        return lambda digits: "".join(text for _, text in part) + digits
    if fixed and simple and not grouped:
        before, after, fewest = *fixed, len(simple[1])
        return lambda digits: before + digits.zfill(fewest) + after
    if fixed and simple:
        before, after, fewest = *fixed, len(simple[1])
        return lambda digits: (
            f"{before}{int(digits):,}{after}"
            if digits and len(digits) >= fewest
            else _slot_by_slot(part, slots, digits, grouped=True)
        )
    template, cuts = _cut_from_the_right(part, len(slots))
    return lambda digits: (
        template % tuple([digits[cut] for cut in cuts])
        if len(digits) >= len(slots) and not grouped
        else _slot_by_slot(part, slots, digits, grouped=grouped)
    )


def _slot_by_slot(part: list[Token], slots: list[str], digits: str, *, grouped: bool) -> str:
    over = max(len(digits) - len(slots), 0)
    fill = [_FILLER[kind] for kind in slots[: max(len(slots) - len(digits), 0)]]
    each = [*fill, *([digits[: over + 1]] if digits else []), *digits[over + 1 :]]
    left = iter(_with_commas(each) if grouped else each)
    return "".join(next(left) if is_slot(token) else token[1] for token in part)


def _cut_from_the_right(part: list[Token], slots: int) -> tuple[str, list[slice]]:
    """A template for digits that fill all slots, and where to cut them for it."""
    template, left = "", slots
    cuts: list[slice] = []
    for one, run in groupby(part, is_slot):
        texts = [text for _, text in run]
        if not one:
            template += "".join(texts).replace("%", "%%")
            continue
        start = -left if cuts else None
        left -= len(texts)
        cuts.append(slice(start, -left or None))
        template += "%s"
    return template, cuts


def _with_commas(each: list[str]) -> list[str]:
    """The same with a comma after every third digit from the right, and spaces in place of commas among spaces."""
    out: list[str] = []
    right = 0
    for text in reversed(each):
        marked = ""
        for digit in reversed(text):
            comma = "" if not right or right % _GROUP else " " if digit == " " else ","
            marked = digit + comma + marked
            right += 1
        out.append(marked)
    return out[::-1]


def _decimals(part: list[Token]) -> Show:
    """The part after the point: digits into slots from the left; zeros at the end show as the slot says."""
    slots = [token[1] for token in part if is_slot(token)]
    places = len(slots)
    fixed = _around_one_run(part)
    if fixed and set(slots) == {"0"}:
        before, after = fixed
        return lambda digits: before + digits.ljust(places, "0") + after
    fewest = max((place for place, kind in enumerate(slots, 1) if kind == "0"), default=0)

    def shown(digits: str) -> str:
        kept = digits.rstrip("0").ljust(fewest, "0")
        left = iter([*kept, *(_FILLER[kind] for kind in slots[len(kept) :])])
        return "".join(next(left) if is_slot(token) else token[1] for token in part)

    return shown


def _around_one_run(part: list[Token]) -> tuple[str, str] | None:
    """The text before and after all slots; None where some stands between them, or there are none."""
    places = [place for place, token in enumerate(part) if is_slot(token)]
    if not places or places[-1] - places[0] + 1 != len(places):
        return None
    before, after = part[: places[0]], part[places[-1] + 1 :]
    return "".join(text for _, text in before), "".join(text for _, text in after)
