"""Show a number in a section that asks for an exponent, such as `0.00E+00` or `##0.0E+0`."""

from __future__ import annotations

from decimal import Decimal
from itertools import takewhile

from sync.source.workbooks.digit_slots import EXACT, Show, is_slot, slots
from sync.source.workbooks.number_sections import tokens


def exponent_of(section: str) -> Show | None:
    """The function that shows a number, given by its digits; None for a section of another kind.

    With several places before the point the exponent is a multiple of their number (ECMA-376 part 1, 18.8.31).
    """
    found = list(tokens(section))
    place = next((at for at, token in enumerate(found) if token in {(False, "E"), (False, "e")}), len(found))
    sign, rest = found[place + 1 : place + 2], found[place + 2 :]
    mantissa = found[:place]
    point = mantissa.index((False, ".")) if (False, ".") in mantissa else len(mantissa)
    show, period = slots(mantissa), sum(map(is_slot, mantissa[:point]))
    if sign not in ([(False, "+")], [(False, "-")]) or show is None or not period:
        return None
    fewest = sum(1 for _ in takewhile(is_slot, rest))
    tail = "".join(text for _, text in rest[fewest:])
    step = Decimal(1).scaleb(-sum(map(is_slot, mantissa[point:])))
    plus = "+" if sign == [(False, "+")] else ""

    def shown(digits: str) -> str:
        number = Decimal(digits)
        exponent = number.adjusted() // period * period if number else 0
        rounded = number.scaleb(-exponent).quantize(step, context=EXACT)
        if abs(rounded) >= Decimal(1).scaleb(period):
            exponent += period
            rounded = number.scaleb(-exponent).quantize(step, context=EXACT)
        signed = ("-" if exponent < 0 else plus) + str(abs(exponent)).zfill(fewest)
        return f"{show(format(rounded, 'f'))}E{signed}{tail}"

    return shown
