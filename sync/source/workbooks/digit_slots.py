"""Show a number in a section of digit places and text, such as `000-00-0000`, `#,##0.00` or `0%`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from sync.source.workbooks.number_sections import TOKEN

_SLOTS = frozenset("0#?")
_FILLER = {"0": "0", "#": "", "?": " "}
_ASKS_FOR_MORE = re.compile(r"[A-Za-z/@]")
"""What makes a section one of dates, fractions, exponents or text, which is not shown here."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_GROUP = 3


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A section's tokens: slots and text before the point, and after it; None where it has none."""

    whole: list[tuple[bool, str]]
    decimals: list[tuple[bool, str]] | None
    scale: int
    grouped: bool


def slots_of(section: str) -> Callable[[Decimal], str] | None:
    """The function that shows a number; None for a section of another kind. A minus stands before everything else."""
    tokens = list(_tokens(section))
    if any(not literal and _ASKS_FOR_MORE.match(text) for literal, text in tokens):
        return None
    pieces = _pieces(tokens)
    places = sum(slot for slot, _ in pieces.decimals or ())
    step = Decimal(1).scaleb(-places)

    def shown(number: Decimal) -> str:
        rounded = _EXACT.quantize(number.scaleb(pieces.scale), step)
        whole, _, decimals = format(abs(rounded), "f").partition(".")
        sign = "-" if rounded < 0 else ""
        text = sign + _whole(pieces, "" if whole == "0" else whole)
        return text if pieces.decimals is None else f"{text}.{_decimals(pieces.decimals, decimals)}"

    return shown


def literal_text(section: str, text: str) -> str:
    """The text as a section for text shows it, its `@` replaced."""
    return "".join(text if part == "@" and not literal else part for literal, part in _tokens(section))


def _tokens(section: str) -> Iterator[tuple[bool, str]]:
    """Whether it is literal, and the text, of each token; what fills the column, and colours, are left out."""
    for token in TOKEN.finditer(section):
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


def _pieces(tokens: list[tuple[bool, str]]) -> _Pieces:
    """Take out the commas, which group the digits between two slots, and divide by 1,000 after the last."""
    point = next((place for place, (literal, text) in enumerate(tokens) if text == "." and not literal), len(tokens))
    before, after = tokens[:point], tokens[point + 1 :]
    percents = sum(text == "%" and not literal for literal, text in tokens)
    last = max((place for place, token in enumerate(before) if _is_slot(token)), default=-1)
    commas = [place for place, (literal, text) in enumerate(before) if text == "," and not literal]
    thousands = sum(place > last for place in commas)
    thousands += _commas_after_last_slot(after)
    return _Pieces(
        whole=[(_is_slot(token), token[1]) for token in before if token != (False, ",")],
        decimals=[(_is_slot(token), token[1]) for token in after if token != (False, ",")]
        if point < len(tokens)
        else None,
        scale=2 * percents - _GROUP * thousands,
        grouped=any(place < last for place in commas),
    )


def _without_commas(tokens: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    return [(_is_slot(token), token[1]) for token in tokens if token != (False, ",")]


def _commas_after_last_slot(tokens: list[tuple[bool, str]]) -> int:
    last = max((place for place, token in enumerate(tokens) if _is_slot(token)), default=-1)
    return sum(token == (False, ",") for token in tokens[last + 1 :])


def _is_slot(token: tuple[bool, str]) -> bool:
    return not token[0] and token[1] in _SLOTS


def _whole(pieces: _Pieces, digits: str) -> str:
    """Digits into slots from the right; the first slot takes all that are left."""
    slots = sum(slot for slot, _ in pieces.whole)
    out: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if pieces.grouped and count and count % _GROUP == 0 and digit:
            out.append("," if digit != " " else " ")
        out.append(digit)
        count += bool(digit)

    for slot, text in reversed(pieces.whole):
        if not slot:
            out.append(text)
            continue
        slots -= 1
        put(digits[-1:] or _FILLER[text])
        digits = digits[:-1]
        while digits and not slots:
            put(digits[-1])
            digits = digits[:-1]
    # Only a section without a slot before its point has digits left, and shows them all.
    return digits + "".join(reversed(out)) if pieces.decimals is not None and digits else "".join(reversed(out))


def _decimals(tokens: list[tuple[bool, str]], digits: str) -> str:
    """Digits into slots from the left; zeros at the end are not shown where the slot is # or ?."""
    kinds = [text for slot, text in tokens if slot]
    needed = max(len(digits.rstrip("0")), max((place for place, kind in enumerate(kinds, 1) if kind == "0"), default=0))
    shown = iter(digits[place] if place < needed else _FILLER[kind] for place, kind in enumerate(kinds))
    return "".join(next(shown) if slot else text for slot, text in tokens)
