"""Invented people, for the samples, the tests and the benchmarks: example.com addresses and 555 numbers only."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

_FIRST = (
    "Ana Ben Chloé Dmitri Elif Farid Grace Hugo Inés Jonas Keiko Liam Mara Noor Oskar Priya Quentin Rosa Søren Tariq "
    "Uma Viktor Wanda Ximena Yusuf Zoë"
).split()
_LAST = (
    "Abara Brandt Castillo Dubois Eriksen Fischer García Hughes Ibrahim Jensen Kowalski López Müller Nguyen O'Brien "
    "Petrov Quispe Rossi Silva Tanaka Ueda Varga Weber Xu Yilmaz Zielinski"
).split()
_AREA_CODES = ("212", "312", "415", "503", "602", "617", "713", "816", "904")
STATUSES = ("Active", "On hold", "Closed")

SEVEN_COLUMNS = ("Candidate ID", "First Name", "Last Name", "E-mail", "Mobile", "Status", "Hired On")


def seven_columns(rows: int, *, distinct: bool = True, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Rows for SEVEN_COLUMNS. Not `distinct`: some thousand addresses and numbers only, as in real files."""
    chance = random.Random(seed)
    for number in range(1, rows + 1):
        first, last = chance.choice(_FIRST), chance.choice(_LAST)
        person = number if distinct else chance.randrange(2000)
        hired = date(2026, 1, 5) + timedelta(days=chance.randrange(300))
        yield (
            f"{number:07d}",
            first,
            last,
            f"person.{person}@example.com",
            phone(person, distinct=distinct),
            chance.choice(STATUSES),
            f"{hired:%m/%d/%Y}",
        )


def phone(number: int, *, distinct: bool = False) -> str:
    """A number that nobody has: 555-01xx, or where millions must be distinct, exchanges 555 and up."""
    area = _AREA_CODES[number % len(_AREA_CODES)]
    if not distinct:
        return f"({area}) 555-01{number % 100:02d}"
    rest = number // len(_AREA_CODES)
    return f"({area}) {555 + rest // 10_000 % 400}-{rest % 10_000:04d}"
