"""The `date` transform: what is read, in which place, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.mapping.dates import convert_date
from sync.mapping.refusal import CellRefused

CHICAGO = ZoneInfo("America/Chicago")
US, EU = "%m/%d/%Y", "%d/%m/%Y"


@pytest.mark.parametrize(
    ("text", "formats", "value"),
    [
        pytest.param("2026-01-05", (), "2026-01-05", id="ISO date"),
        pytest.param("2026-01-05", (US,), "2026-01-05", id="ISO date beside formats"),
        pytest.param("2026-01-05", ("%Y-%d-%m",), "2026-01-05", id="ISO date whatever the formats"),
        pytest.param("20260105", (US,), "2026-01-05", id="compact ISO date"),
        pytest.param("01/05/2026", (US,), "2026-01-05", id="format"),
        pytest.param("1/5/2026", (US,), "2026-01-05", id="format with single digits"),
        pytest.param("13/05/2026", (US, EU), "2026-05-13", id="one of two formats"),
        pytest.param("05/05/2026", (US, EU), "2026-05-05", id="two formats with one result"),
        pytest.param("5 Jan 2026", ("%d %b %Y",), "2026-01-05", id="month by name"),
        pytest.param("2026-01-05T13:30:00-06:00", (), "2026-01-05T13:30:00-06:00", id="offset"),
        pytest.param("2026-01-05 13:30:00 -0600", (), "2026-01-05T13:30:00-06:00", id="offset with spaces"),
        pytest.param("2026-01-05T13:30Z", (), "2026-01-05T13:30:00+00:00", id="Z"),
        pytest.param("2026-01-05T13:30:00.250Z", (), "2026-01-05T13:30:00+00:00", id="fractions"),
        pytest.param("1/5/2026 1 PM +0100", (f"{US} %I %p %z",), "2026-01-05T13:00:00+01:00", id="format, offset"),
    ],
)  # fmt: skip
def test_without_timezone(text: str, formats: tuple[str, ...], value: str) -> None:
    assert convert_date(text, formats, None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("2026-01-05", "2026-01-05T00:00:00-06:00", id="midnight in winter"),
        pytest.param("2026-07-05", "2026-07-05T00:00:00-05:00", id="midnight in summer"),
        pytest.param("2026-01-05T13:30:00", "2026-01-05T13:30:00-06:00", id="T"),
        pytest.param("2026-01-05 13:30", "2026-01-05T13:30:00-06:00", id="space"),
        pytest.param("2026-01-05T13:30:00Z", "2026-01-05T13:30:00+00:00", id="own offset"),
        pytest.param("01/05/2026", "2026-01-05T00:00:00-06:00", id="format"),
        pytest.param("01/05/2026 13:30", "2026-01-05T13:30:00-06:00", id="format with a time"),
    ],
)
def test_with_timezone(text: str, value: str) -> None:
    assert convert_date(text, (US, f"{US} %H:%M"), CHICAGO) == value


def test_midnight_that_was_skipped_is_the_days_first_moment() -> None:
    assert convert_date("2024-03-31", (), ZoneInfo("Asia/Beirut")) == "2024-03-31T01:00:00+03:00"


def test_midnight_that_came_twice_is_the_first() -> None:
    assert convert_date("2024-11-03", (), ZoneInfo("America/Havana")) == "2024-11-03T00:00:00-04:00"


@pytest.mark.parametrize(
    ("text", "zone", "code", "reason"),
    [
        pytest.param("12.13.2026", None, "invalid-date", f"does not fit any of the formats {US}, {EU}", id="format"),
        pytest.param("01/02/2026", None, "ambiguous-date", "2026-01-02 or 2026-02-01", id="two results"),
        pytest.param("2026-02-30", None, "invalid-date", "is not a date that exists", id="30 February"),
        pytest.param("20261301", None, "invalid-date", "is not a date that exists", id="month 13"),
        pytest.param("2026-01-05T25:00Z", None, "invalid-date", "is not a date that exists", id="hour 25"),
        pytest.param("2026-01-05T13:30", None, "invalid-date", "has a time but no offset", id="time without place"),
        pytest.param("2026-03-08T02:30", CHICAGO, "invalid-date", "no clock showed", id="put forward"),
        pytest.param("2026-11-01T01:30", CHICAGO, "ambiguous-date", "showed twice", id="put back"),
        pytest.param("0001-01-01", ZoneInfo("Asia/Tokyo"), "invalid-date", "too far away", id="midnight of year 1"),
        pytest.param("0001-01-01T00:00", ZoneInfo("Asia/Tokyo"), "invalid-date", "too far away", id="year 1"),
        pytest.param("1850-01-01", CHICAGO, "invalid-date", "whole minutes", id="before time zones"),
        pytest.param("2026-1-5", None, "invalid-date", "does not fit", id="nearly ISO"),
    ],
)
def test_refused(text: str, zone: ZoneInfo | None, code: str, reason: str) -> None:
    with pytest.raises(CellRefused) as caught:
        convert_date(text, (US, EU), zone)
    assert caught.value.code == code
    assert reason in caught.value.reason


@given(st.dates())
def test_any_date_comes_back(day: date) -> None:
    assert convert_date(day.isoformat(), (), None) == day.isoformat()


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.integers(-14 * 60, 14 * 60),
)
def test_any_moment_comes_back(clock: datetime, minutes: int) -> None:
    moment = clock.replace(tzinfo=UTC) + timedelta(minutes=minutes)
    assert datetime.fromisoformat(convert_date(moment.isoformat(), (), CHICAGO)) == moment
