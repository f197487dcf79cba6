"""Geometry of the page's two pictures, in percent of their width and height."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sync.model import OUTCOMES, OutcomeName, RunSummary, Tick

_THINNEST = 0.8
"""A single failure among a million rows is still to be seen."""
_MOST_BARS = 60
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Block:
    """One coloured rectangle and the number it stands for."""

    outcome: OutcomeName
    number: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside an axis, `at` percent along it."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Throughput:
    """Rows a second over time: stacked bars, the labels of both axes, and the highest rate of a bar."""

    blocks: tuple[Block, ...]
    rates: tuple[Label, ...]
    times: tuple[Label, ...]
    highest: float


def outcome_bar(summary: RunSummary) -> tuple[Block, ...]:
    """The outcomes side by side; none of those that occur is too thin to be seen."""
    numbers = {outcome: getattr(summary, outcome) for outcome in OUTCOMES if getattr(summary, outcome)}
    total = sum(numbers.values())
    widths = {outcome: max(100 * number / total, _THINNEST) for outcome, number in numbers.items()}
    scale = 100 / max(sum(widths.values()), 1)
    blocks, x = [], 0.0
    for outcome, number in numbers.items():
        width = widths[outcome] * scale
        blocks.append(Block(outcome, number, x, 0, width, 100))
        x += width
    return tuple(blocks)


def throughput(ticks: Sequence[Tick]) -> Throughput | None:
    """Bars of some ticks each, failures at the bottom; None without ticks."""
    if not ticks:
        return None
    bars = _bars(ticks)
    end = bars[-1].end
    highest = max(sum(rate for _, rate in bar.rates) for bar in bars)
    step = _round_step(highest / _MOST_LINES)
    top = max(math.ceil(highest / step), 1) * step
    blocks = tuple(block for bar in bars for block in _stack(bar, bars[0].start, end, top))
    rates = tuple(Label(f"{line * step:,.10g}", 100 * line * step / top) for line in range(round(top / step) + 1))
    return Throughput(blocks, rates, _time_labels(end - bars[0].start), highest)


@dataclass(frozen=True, slots=True)
class _Bar:
    start: float
    end: float
    rates: tuple[tuple[OutcomeName, float], ...]


def _bars(ticks: Sequence[Tick]) -> list[_Bar]:
    """Neighbouring intervals together, so that there are not too many bars; an interval without a tick is empty."""
    width = min((after.second - tick.second for tick, after in pairwise(ticks)), default=1.0)
    places = [round(tick.second / width) for tick in ticks]
    size = math.ceil((places[-1] + 1 - places[0]) / _MOST_BARS)
    bars = []
    for _, group in groupby(zip(places, ticks, strict=True), key=lambda pair: (pair[0] - places[0]) // size):
        some = list(group)
        first = places[0] + (some[0][0] - places[0]) // size * size
        last = min(first + size, places[-1] + 1)
        bars.append(_bar([tick for _, tick in some], first * width, last * width))
    return bars


def _bar(ticks: Sequence[Tick], start: float, end: float) -> _Bar:
    sums: tuple[tuple[OutcomeName, int], ...] = (
        ("failed", sum(tick.failed for tick in ticks)),
        ("unknown", sum(tick.unknown for tick in ticks)),
        ("updated", sum(tick.updated for tick in ticks)),
    )
    return _Bar(start, end, tuple((outcome, number / (end - start)) for outcome, number in sums if number))


def _stack(bar: _Bar, start: float, end: float, top: float) -> list[Block]:
    span = end - start
    x, width = 100 * (bar.start - start) / span, 100 * (bar.end - bar.start) / span
    blocks, bottom = [], 100.0
    for outcome, rate in bar.rates:
        height = 100 * rate / top
        bottom -= height
        blocks.append(Block(outcome, rate, x, bottom, width, height))
    return blocks


def _round_step(least: float) -> float:
    """The least of 1, 2 or 5 times a power of ten that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least)) if least > 0 else 1.0
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)


def _time_labels(span: float) -> tuple[Label, ...]:
    unit, seconds = next(
        ((unit, seconds) for unit, seconds in (("d", 86400), ("h", 3600), ("min", 60)) if span > 2 * seconds), ("s", 1)
    )
    step = _round_step(span / seconds / 5)
    count = math.floor(span / seconds / step)
    return tuple(Label(f"{line * step:.10g} {unit}", 100 * line * step * seconds / span) for line in range(count + 1))
