"""Numbers of a workbook arrive as their format shows them, dates as ISO 8601."""

from __future__ import annotations

from decimal import Decimal

import pytest
import xlfmt  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from sync.source.workbooks.number_text import CellFault, iso_date, number_text


@pytest.mark.parametrize(
    ("raw", "number_format", "shown"),
    [
        pytest.param("3", "General", "3", id="no .0"),
        pytest.param("3.0", "General", "3", id="stated .0"),
        pytest.param("0.30000000000000004", "General", "0.3", id="15 digits"),
        pytest.param("123456789012345", "General", "123456789012345", id="no exponent"),
        pytest.param("1.2345E-7", "General", "0.00000012345", id="small, no exponent"),
        pytest.param("-0", "General", "0", id="no negative zero"),
        pytest.param("-2.5", "@", "-2.5", id="text format"),
        pytest.param("7", "00000", "00007", id="zeros kept"),
        pytest.param("0.25", "0%", "25%", id="percent"),
        pytest.param("0.5", "0.#%", "50.%", id="percent, no decimals left"),
        pytest.param("1234.5", "#,##0.00", "1,234.50", id="thousands"),
        pytest.param("1000", "#,##0.##", "1,000.", id="point kept"),
        pytest.param("-5", "0;(0)", "(5)", id="negative section"),
        pytest.param("12345678901", 'General" pcs"', "12345678901 pcs", id="general with text"),
        pytest.param("-3", 'General" pcs"', "-3 pcs", id="negative general with text"),
        pytest.param("4155550101", "(000) 000-0000", "(415) 555-0101", id="phone"),
        pytest.param("12", "000-00-0000", "000-00-0012", id="literals between digits"),
        pytest.param("5550101", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "555-0101", id="condition holds"),
        pytest.param("4155550101", "[<=9999999]###-####;(###) ###-####", "(415) 555-0101", id="condition does not"),
        pytest.param("-5", '[>=100]0" big";[<10]0.0" small";0', "-5.0 small", id="sign under a condition"),
        pytest.param("-5", "[>0]0;[<0]-0", "-5", id="condition that only negatives meet"),
        pytest.param("0", "[>0]0;[<0]-0", "0", id="no condition holds"),
        pytest.param("0", "0;-0;;@", "", id="zero hidden"),
        pytest.param("0", '0;-0;"none"', "none", id="section of zero"),
        pytest.param("-0.001", "0.00", "0.00", id="no sign before nothing"),
        pytest.param("-7", '"REQ-"0000', "-REQ-0007", id="quoted text"),
        pytest.param("7", r"\R\E\Q0", "REQ7", id="escaped text"),
        pytest.param("1234.5", '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', " $1,234.50 ", id="accounting"),
        pytest.param("-1234.5", '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', " $(1,234.50)", id="accounting, negative"),
        pytest.param("1234", "[$€-2] #,##0", "€ 1,234", id="currency with a language"),
        pytest.param("1234", "[$-409]#,##0", "1,234", id="language alone"),
        pytest.param("7", "[Red]0;[Color 3]-0", "7", id="colour"),
        pytest.param("1234567", "0.0,", "1234.6", id="in thousands"),
        pytest.param("1234567890", '0.00,,"M"', "1234.57M", id="in millions"),
        pytest.param("5", "0.", "5.", id="bare point"),
        pytest.param("0.5", "#.##%", "50.%", id="percent after a bare point"),
        pytest.param("1234", "000.000", "1234.000", id="zeros after the point"),
        pytest.param("1.5", "0.0?", "1.5 ", id="space for a digit"),
        pytest.param("12", "????", "  12", id="spaces for digits"),
        pytest.param("1.75", "# ?/?", "1 3/4", id="fraction"),
        pytest.param("12345", "0.00E+00", "1.23E+04", id="exponent asked for"),
        pytest.param("12", "0.0E+0", "1.2E+1", id="exponent of one place"),
        pytest.param("-9.99", "0.0E+0", "-1.0E+1", id="exponent after rounding up"),
        pytest.param("0.0999", "0.0E-00", "1.0E-01", id="exponent below zero"),
        pytest.param("1200", '0.0E-00" kg"', "1.2E03 kg", id="exponent without a plus, and text"),
        pytest.param("9.99", "##0.0E+0", "10.0E+0", id="exponent by threes"),
        pytest.param("999.96", "##0.0E+0", "1.0E+3", id="exponent by threes after rounding up"),
        pytest.param("12345.6", "##0.0E+0", "12.3E+3", id="exponent by threes, thousands"),
        pytest.param("0", "0.0E+0", "0.0E+0", id="exponent of zero"),
        pytest.param("12", f"0.{'0' * 30}E+00", f"1.2{'0' * 29}E+01", id="exponent of thirty decimals"),
        pytest.param("0.125", "0.00%", "12.50%", id="percent, decimals"),
        pytest.param("7", "@", "7", id="format of text"),
        pytest.param("4711", "G/通用格式", "4711", id="General in Chinese"),
        pytest.param("7", ";;;", "", id="hidden"),
        pytest.param("1", '"Yes";;"No"', "Yes", id="only text"),
        pytest.param("0", '"Yes";;"No"', "No", id="only text for zero"),
        pytest.param("2", '[=1]"Male";[=2]"Female";"Other"', "Female", id="only text by condition"),
        pytest.param("5", '"Active"', "Active", id="one section of text"),
        pytest.param("-7", "0;;", "", id="negative and hidden"),
        pytest.param("7", "0;;", "7", id="only others hidden"),
        pytest.param("7", '0" d";@', "7 d", id="section of text beside"),
        pytest.param("1.5", "[h]:mm", "36:00", id="elapsed time"),
        pytest.param("0.0625", "[mm]:ss", "90:00", id="elapsed minutes"),
        pytest.param("45000", "[$-409]m/d/yyyy;@", "2023-03-15", id="date with a section of text"),
        pytest.param("45000", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2023-03-15", id="the system's long date"),
        pytest.param("45000", 'yyyy"年"m"月"d"日"', "2023-03-15", id="East Asian date"),
        pytest.param("45000", "mm-dd-yy", "2023-03-15", id="date"),
        pytest.param("45000.5", "d/m/yyyy h:mm", "2023-03-15T12:00:00", id="date and time"),
        pytest.param("45000.5", "h:mm", "2023-03-15T12:00:00", id="day that the format hides"),
        pytest.param("0.999999999", "d/m/yyyy", "1900-01-01", id="rounded up to a day"),
        pytest.param("0.75", "h:mm AM/PM", "18:00:00", id="time"),
        pytest.param("1", "yyyy-mm-dd", "1900-01-01", id="first day"),
        pytest.param("61", "yyyy-mm-dd", "1900-03-01", id="after the day that never was"),
        pytest.param("2958465", "yyyy-mm-dd", "9999-12-31", id="last day"),
    ],
)
def test_numbers_show_as_formatted(raw: str, number_format: str, shown: str) -> None:
    assert number_text(raw, number_format, date_1904=False) == shown


def test_the_1904_epoch_is_honoured() -> None:
    assert number_text("0", "yyyy-mm-dd", date_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("raw", "number_format", "code", "value"),
    [
        pytest.param("1E15", "General", "number-too-long", "1000000000000000", id="16 digits"),
        pytest.param("1.2345678901234567E+18", "0", "number-too-long", "1234567890123456700", id="formatted"),
        pytest.param("-1.5E300", "General", "number-too-long", "-1.5E300", id="huge"),
        pytest.param("abc", "General", "invalid-cell", "abc", id="no number"),
        pytest.param("NaN", "0", "invalid-cell", "NaN", id="nan"),
        pytest.param("60", "yyyy-mm-dd", "invalid-cell", "60", id="29 February 1900"),
        pytest.param("0", "yyyy-mm-dd", "invalid-cell", "0", id="day zero"),
        pytest.param("-1", "yyyy-mm-dd", "invalid-cell", "-1", id="negative date"),
        pytest.param("2958466", "yyyy-mm-dd", "invalid-cell", "2958466", id="year 10000"),
        pytest.param("1E308", "yyyy-mm-dd", "invalid-cell", "1e+308", id="endless date"),
        pytest.param("-1", "[h]:mm", "invalid-cell", "-1", id="negative time"),
    ],
)
def test_what_cannot_be_told_is_a_fault(raw: str, number_format: str, code: str, value: str) -> None:
    with pytest.raises(CellFault) as told:
        number_text(raw, number_format, date_1904=False)
    assert (told.value.code, told.value.value) == (code, value)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T00:00:00", "2026-05-01"),
        ("2026-05-01T09:30:00.000", "2026-05-01T09:30:00"),
        ("09:30:00", "09:30:00"),
    ],
)
def test_stored_iso_dates_are_evened_out(raw: str, shown: str) -> None:
    assert iso_date(raw) == shown


def test_a_stored_iso_date_that_is_none_is_a_fault() -> None:
    with pytest.raises(CellFault, match="is stored as a date but is none"):
        iso_date("2026-02-30")


@given(st.integers(-999_999_999_999_999, 999_999_999_999_999))
def test_whole_numbers_keep_every_digit(number: int) -> None:
    assert number_text(str(number), "General", date_1904=False) == str(number)


@given(st.floats(-1e14, 1e14, allow_nan=False))
def test_general_never_shows_an_exponent(number: float) -> None:
    shown = number_text(repr(number), "General", date_1904=False)
    assert "e" not in shown.lower()
    assert float(shown) == pytest.approx(number, rel=5.1e-10, abs=5.1e-10 if abs(number) >= 1e-4 else 1e-18)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("0.78539816339744828", "0.785398163"),
        ("-263311.587092982", "-263311.5871"),
        ("100000000.75", "100000000.8"),
        ("1234567890.5", "1234567891"),
        ("122.4194155", "122.4194155"),
        ("0.00012345678", "0.000123457"),
        ("123456789012.5", "123456789012.5"),
        ("0.000012345678", "0.000012345678"),
    ],
)
def test_general_shows_eleven_characters_except_for_an_exponent(raw: str, shown: str) -> None:
    assert number_text(raw, "General", date_1904=False) == shown


@given(
    st.decimals(-999_999_999, 999_999_999, places=4),
    st.sampled_from(
        ["0", "00000", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "000-00-0000", "# ##0", "(000) 000-0000", "0.0#"]
    ),
)
def test_digit_places_are_filled_as_a_library_fills_them(number: Decimal, number_format: str) -> None:
    assert number_text(str(number), number_format, date_1904=False) == str(xlfmt.format_value(number, number_format))
