"""The delimiter is told from the text alone, on tables of many shapes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.source_files import opened, rows_of, text_file

Cell = Callable[[random.Random], str]

NAMES = ["Ann Lee", "Bo O'Hara", "Zoë Müller-Groß", "Cy", "José García", "van der Berg"]
NOTES = ["", "call back, after 5 pm", "left; came back", "a | b", "see: 3rd floor", "likes\ttea", "12:30, room 4"]

KINDS: dict[str, Cell] = {
    "ID": lambda r: f"C{r.randrange(10**6):06}",
    "Name": lambda r: r.choice(NAMES),
    "Full Name": lambda r: ", ".join(reversed(r.choice(NAMES).split(" ", 1))),
    "E-mail": lambda r: f"ann{r.randrange(99)}@example.com",
    "Mobile": lambda r: f"+1 (212) 555-{r.randrange(10**4):04}",
    "Pay": lambda r: f"{r.randrange(9)}.{r.randrange(999):03},{r.randrange(99):02}",
    "Hired On": lambda r: f"{r.randrange(1, 29)}/{r.randrange(1, 13)}/2026 08:30",
    "Status": lambda r: r.choice(["Active", "Closed", ""]),
    "Tags": lambda r: ";".join(r.sample(["night", "driver", "ES", "EN"], 2)),
    "Note": lambda r: r.choice(NOTES),
    "Link": lambda r: f"https://example.com/c?id={r.randrange(99)}&x=1,2",
}
TITLES = ["", "Candidates of May\n", "Report, made 3 May 2026\n\n"]
DELIMITERS = [",", ";", "\t", "|", "^", "~"]


def _table(number: int) -> tuple[str, str, int]:
    """A table's text, its delimiter, and its width."""
    chance = random.Random(number)
    kinds = chance.sample(sorted(KINDS), chance.randrange(2, 9))
    rows = [[KINDS[kind](chance) for kind in kinds] for _ in range(chance.choice([1, 2, 5, 40]))]
    delimiter = chance.choice(DELIMITERS)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer.writerows([kinds, *rows] if chance.random() < 0.9 else rows)
    return chance.choice(TITLES) + out.getvalue(), delimiter, len(kinds)


def test_nearly_all_tables_are_divided_right_by_guess(tmp_path: Path) -> None:
    wrong = []
    for number in range(400):
        text, delimiter, _ = _table(number)
        found = opened(text_file(tmp_path, text)).dialect
        if found is None or found.delimiter != delimiter:
            wrong.append((number, delimiter, found))
    assert len(wrong) <= 400 * 0.05, wrong


def test_with_mapped_columns_all_tables_are_divided_right(tmp_path: Path) -> None:
    for number in range(200):
        chance = random.Random(number)
        kinds = chance.sample(sorted(KINDS), 4)
        rows = [[KINDS[kind](chance) for kind in kinds] for _ in range(3)]
        out = io.StringIO()
        csv.writer(out, delimiter=chance.choice([*DELIMITERS, " ", ":", "§"])).writerows([kinds, *rows])
        path = text_file(tmp_path, chance.choice(TITLES) + out.getvalue())
        assert list(rows_of(opened(path, [(kind,) for kind in kinds[:2]])).values()) == rows


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hired On\n2026-01-02 08:30\n2026-01-03 09:00\n", id="times"),
        pytest.param("DELIVER IN PERSON\nTAKE BACK RETURN\n", id="words"),
        pytest.param("Link\nhttps://example.com/a\nhttps://example.com/b\n", id="links"),
    ],
)
def test_one_column_stays_one(tmp_path: Path, text: str) -> None:
    assert list(rows_of(opened(text_file(tmp_path, text))).values()) == [[line] for line in text.split("\n")[1:-1]]
