"""What validation finds, by kind of field, and in which words."""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st
from pandera.config import config_context

from sync.mapped import CANDIDATE, MappedChunk, MappedColumn, Target
from sync.model import RowError
from sync.validation import Validator
from sync.validation.emails import is_ordinary
from sync.validation.validator import failure_cases
from tests.mapping_cases import cell_name, errors_of, mapping_of


def column(target: Target, value: str | None, text: str = "") -> MappedColumn:
    return MappedColumn(target, [value], [text or value or ""], [1], frozenset())


def errors(*columns: MappedColumn, candidate: str | None = "C1") -> list[RowError]:
    """Validate one row of converted values."""
    mapped = MappedChunk([2], column(CANDIDATE, candidate), columns, (), ("ID", "X"), cell_name)
    return Validator([column.target for column in columns]).validate(mapped)


def codes(field: str, value: str, attribute: str | None = None) -> list[str]:
    return [error.code for error in errors(column(Target(field, attribute), value))]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("email", "ann.lee+x@mail.example.com", id="e-mail"),
        pytest.param("email", "jürgen@bücher.example.com", id="e-mail beyond ASCII"),
        pytest.param("email", "ann@staging.test", id="e-mail under .test"),
        pytest.param("phone", "+1 (415) 555-0101", id="phone"),
        pytest.param("status", "5", id="choice"),
        pytest.param("audience_type", "Blue Collar", id="choice by name"),
        pytest.param("use_paradox_status_map", "false", id="boolean"),
        pytest.param("hired_date", "2026-01-05", id="date"),
        pytest.param("hired_date", "2026-01-05T09:00:00-06:00", id="moment"),
        pytest.param("hired_date", "2026-01-05T09:00Z", id="moment in UTC"),
        pytest.param("candidate_journey_status", "Hiring: Offer: sent", id="journey status"),
        pytest.param("hirevue_link", "x" * 255, id="link"),
        pytest.param("location", "x" * 5000, id="text without a limit"),
        pytest.param("email", "", id="cleared"),
        pytest.param("hired_date", "", id="cleared date"),
    ],
)
def test_right(field: str, value: str) -> None:
    assert codes(field, value) == []


@pytest.mark.parametrize(("field", "advised"), [("email", False), ("name", True)])
def test_only_free_text_is_advised_to_be_cut_short(field: str, advised: bool) -> None:
    tips = [error.tip for error in errors(column(Target(field), "x" * 99)) if error.code == "too-long"]
    assert ["truncate" in tip for tip in tips] == [advised]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        pytest.param("email", "ann@example", "invalid-email", id="e-mail"),
        pytest.param("referrer_email", "ann", "invalid-email", id="referrer's e-mail"),
        pytest.param("email", "ann@example.com;bob@example.com", "invalid-email", id="two e-mails"),
        pytest.param("phone", "415 555 0101", "phone-without-country", id="phone without +"),
        pytest.param("phone", "+1 115 555 0101", "invalid-phone", id="phone"),
        pytest.param("phone", "+1 415 555 0101 x2", "invalid-phone", id="phone with extension"),
        pytest.param("status", "6", "unknown-value", id="choice"),
        pytest.param("use_paradox_status_map", "TRUE", "unknown-value", id="boolean"),
        pytest.param("hired_date", "01/05/2026", "invalid-date", id="date"),
        pytest.param("hired_date", "2026-02-30", "invalid-date", id="30 February"),
        pytest.param("hired_date", "2026-01-05T09:00", "invalid-date", id="time without offset"),
        pytest.param("candidate_journey_status", "Hiring", "invalid-value", id="journey status"),
        pytest.param("candidate_journey_status", "Hiring: ", "invalid-value", id="half a journey status"),
        pytest.param("hirevue_link", "x" * 256, "too-long", id="link"),
        pytest.param("name", "x" * 51, "too-long", id="name"),
        pytest.param("email", "a" * 40 + "@example.com", "too-long", id="e-mail too long"),
    ],
)
def test_wrong(field: str, value: str, code: str) -> None:
    assert codes(field, value) == [code]


def test_attribute_length() -> None:
    assert codes("candidate_attribute_data", "x" * 255, "a") == []
    assert codes("candidate_attribute_data", "x" * 256, "a") == ["too-long"]


@pytest.mark.parametrize(
    ("candidate", "code"),
    [
        pytest.param("", "missing-id", id="missing"),
        pytest.param(".", "invalid-id", id="."),
        pytest.param("..", "invalid-id", id=".."),
        pytest.param("a\nb", "invalid-id", id="line break"),
        pytest.param("a\x7fb", "invalid-id", id="control character"),
        pytest.param("Grand Total: 6", "invalid-id", id="totals"),
        pytest.param("# a note", "invalid-id", id="comment"),
        pytest.param("* Dates are those of the US", "invalid-id", id="note"),
    ],
)
def test_wrong_id(candidate: str, code: str) -> None:
    assert [error.code for error in errors(candidate=candidate)] == [code]


@pytest.mark.parametrize("candidate", ["00123", "...", "a/b", "total-6", "#1001", "ann@example.com", "Ä ö", "a\u200db"])
def test_right_id(candidate: str) -> None:
    assert errors(candidate=candidate) == []


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        pytest.param("ann@example", "it lacks a domain ending such as .com", id="no ending"),
        pytest.param("ann", "it has no @", id="no @"),
        pytest.param("@example.com", "it has nothing before the @", id="nothing before"),
        pytest.param("ann@", "it has nothing after the @", id="nothing after"),
        pytest.param("ann..lee@example.com", "it has a period too many", id="two periods"),
        pytest.param("ann lee@example.com", "it cannot have SPACE before the @", id="space"),
        pytest.param("ann@mail.local", "its domain is reserved and receives no mail", id="reserved"),
    ],
)
def test_email_in_words(value: str, reason: str) -> None:
    (error,) = errors(column(Target("email"), value))
    assert error.message == f"'{value}' is not an e-mail address: {reason}"


def test_message_names_the_cells_text_and_what_it_became() -> None:
    (error,) = errors(column(Target("email"), "ann@example", "ANN@example"))
    assert error.message.startswith("'ANN@example', which becomes 'ann@example', is not an e-mail address")
    assert (error.row, error.column, error.cell) == (2, "X", "B2")


def test_too_long_says_how_long() -> None:
    (error,) = errors(column(Target("name"), "x" * 90))
    assert error.message == f"'{'x' * 80}…' has 90 characters; name takes at most 50"


def test_choice_tip_names_the_nearest_first() -> None:
    (error,) = errors(column(Target("status"), "Pendng"))
    assert error.tip.startswith("Use PENDING, ")


def test_proven_phones_are_not_asked_again() -> None:
    assert errors(column(Target("phone", proven=True), "+1")) == []


def test_failed_conversion_is_not_told_twice() -> None:
    failed = MappedColumn(Target("last_name"), [None], ["x"], [1], frozenset({0}))
    assert errors(column(Target("first_name"), "Ann"), failed) == []


@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [
        pytest.param("Ann", "Lee", None, id="both"),
        pytest.param("", "", None, id="neither"),
        pytest.param("Ann", "", "L", id="first only"),
        pytest.param("", "Lee", "F", id="last only"),
        pytest.param("#CLEAR", "Lee", None, id="cleared counts as carried"),
    ],
)
def test_names(tmp_path: Path, first: str, last: str, missing: str | None) -> None:
    mapping = mapping_of(tmp_path, "{first_name: F, last_name: L}", 'clear_marker: "#CLEAR"')
    found = errors_of(mapping, ["ID", "F", "L"], ["C1", first, last])
    assert [(error.code, error.column) for error in found] == ([("incomplete-name", missing)] if missing else [])


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        pytest.param(["true", "n", "e"], [], id="all"),
        pytest.param(["false", "", ""], [], id="false"),
        pytest.param(["", "", ""], [], id="blank"),
        pytest.param(["true", "", "e"], ["N"], id="no name"),
        pytest.param(["TRUE", "#CLEAR", ""], ["N", "E"], id="neither"),
    ],
)
def test_status_map(tmp_path: Path, cells: list[str], columns: list[str]) -> None:
    fields = "{use_paradox_status_map: U, status_map_name: N, status_map_ex_id: E}"
    mapping = mapping_of(tmp_path, fields, 'clear_marker: "#CLEAR"')
    found = errors_of(mapping, ["ID", "U", "N", "E"], ["C1", *cells])
    assert sorted((error.code, error.column) for error in found) == sorted(("missing-value", name) for name in columns)


def test_status_map_without_its_fields_points_at_itself(tmp_path: Path) -> None:
    found = errors_of(mapping_of(tmp_path, "{use_paradox_status_map: U}"), ["ID", "U"], ["C1", "true"])
    assert [(error.code, error.column) for error in found] == [("missing-value", "U")] * 2


def test_environment_cannot_switch_the_checks_off() -> None:
    with config_context(validation_enabled=False):
        assert codes("email", "ann") == ["invalid-email"]


def test_failure_without_a_row_is_fatal() -> None:
    cases = pd.DataFrame({"schema_context": ["Column"], "column": ["a"], "check_number": [0], "index": [None]})
    with pytest.raises(AssertionError, match="without a row"):
        failure_cases(cases)


@given(st.from_regex(r"[\w.+-]{1,20}@[\w.-]{1,20}\.[a-zA-Z]{1,9}", fullmatch=True) | st.emails())
def test_short_cut_says_what_the_library_says(text: str) -> None:
    if is_ordinary(text):
        validate_email(text, check_deliverability=False)


@pytest.mark.parametrize(
    "text", ["ann@example.test", "ann@xn--a.com", "a" * 64 + "@b.com", "ann@a--b.com", "ann@a.b\n"]
)
def test_extraordinary_addresses_go_to_the_library(text: str) -> None:
    assert not is_ordinary(text)


_ALPHABET = ["a", "9", ".", "-", "_", "+", "@", "com", "xn--", "\u017f", "\u212a", " "]


def test_short_cut_on_short_addresses_of_all_kinds() -> None:
    for parts in itertools.product(_ALPHABET, repeat=3):
        text = f"a{parts[0]}@{parts[1]}{parts[2]}.com"
        if is_ordinary(text):
            try:
                validate_email(text, check_deliverability=False)
            except EmailNotValidError as error:
                pytest.fail(f"{text}: {error}")
