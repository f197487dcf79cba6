"""The `phone` transform, and that its short cut says what phonenumbers says."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat

from sync.mapping.phones import short_cut, to_e164
from sync.mapping.refusal import CellRefused


@pytest.mark.parametrize(
    ("text", "region", "value"),
    [
        pytest.param("(415) 555-0101", "US", "+14155550101", id="US"),
        pytest.param("1-415-555-0101", "US", "+14155550101", id="US with 1"),
        pytest.param("+1 415 555 0101", None, "+14155550101", id="with +"),
        pytest.param("+44 20 7946 0018", "US", "+442079460018", id="other country"),
        pytest.param("020 7946 0018", "GB", "+442079460018", id="GB"),
        pytest.param("+39 06 698 12345", None, "+390669812345", id="leading zero that stays"),
        pytest.param("\uff0b14155550101", None, "+14155550101", id="wide plus"),
    ],
)
def test_number(text: str, region: str | None, value: str) -> None:
    assert to_e164(text, region) == value


@pytest.mark.parametrize(
    ("text", "region", "code"),
    [
        pytest.param("(415) 555-0101", None, "phone-without-country", id="no country"),
        pytest.param("abc", None, "phone-without-country", id="no number, no region"),
        pytest.param("abc", "US", "invalid-phone", id="no number"),
        pytest.param("555-0101", "US", "invalid-phone", id="without area"),
        pytest.param("+1 115 555 0101", None, "invalid-phone", id="no such area"),
        pytest.param("+999 123456", None, "invalid-phone", id="no such country"),
        pytest.param("415-555-0101 x12", "US", "invalid-phone", id="extension"),
        pytest.param("415-555-0101 / 415-555-0102", "US", "invalid-phone", id="two numbers"),
        pytest.param("+" + "1" * 300, None, "invalid-phone", id="long"),
    ],
)
def test_refused(text: str, region: str | None, code: str) -> None:
    with pytest.raises(CellRefused, match=code):
        to_e164(text, region)


_SEPARATORS = st.sampled_from(["", " ", "-", "."])
_NUMBERS = st.tuples(
    st.sampled_from(["", "1", "+1", "1 ", "+1 ", "+1-", "1."]),
    st.from_regex(r"[0-9]{3}|\([0-9]{3}\)", fullmatch=True),
    _SEPARATORS,
    st.from_regex(r"[0-9]{3}", fullmatch=True),
    _SEPARATORS,
    st.from_regex(r"[0-9]{4}", fullmatch=True),
).map("".join)


@given(_NUMBERS, st.sampled_from([None, "US"]))
@example("415-555-0101", "US")
def test_short_cut_says_what_the_library_says(text: str, region: str | None) -> None:
    short = short_cut(text, region)
    if short is not None:
        number = phonenumbers.parse(text, region)
        assert phonenumbers.is_valid_number(number)
        assert short == phonenumbers.format_number(number, PhoneNumberFormat.E164)
