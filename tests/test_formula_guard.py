"""Formulas in CSV cells: which texts are guarded, and that the guard comes off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.formula_guard import guard_formula, unguard_formula


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+SUM(A1)",
        "-2+3",
        "@here",
        "\t=1",
        "\r1",
        "-",
        "+",
        "-5-3",
        "+1/2",
        "+415 555 0101 ext",
        "+12;=1",
        "-5\n",
    ],
)
def test_what_a_spreadsheet_would_run_gets_a_quote(text: str) -> None:
    assert guard_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "Ann", "-5", "+5", "-1.5", "-1,234.50", "-1.5E10", "-5%", "+1 415 555 0101", "+14155550101",
     "+1 (415) 555-0101", "+1.415.555.0101", "'", "'Ann", "'-5", "1=1", " =1"],
)  # fmt: skip
def test_plain_texts_numbers_and_phones_stay(text: str) -> None:
    assert guard_formula(text) == text == unguard_formula(text)


@pytest.mark.parametrize("text", ["'=1", "''@x"])
def test_a_guarded_form_gets_another_quote(text: str) -> None:
    assert guard_formula(text) == f"'{text}"


@given(st.text(st.sampled_from("'=+-@\t\r0123456789.,eE% ()a\n"), max_size=20) | st.text())
def test_unguarding_gives_back_every_text(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text
