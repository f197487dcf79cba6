"""How answers are read, and what follows from each kind: as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import get_args

import pytest

from sync.api.answer import Kind, read_answer
from sync.push.policy import RULES

ERRORS = {"errors": [{"code": 1015, "message": "Invalid request.", "field": "email"}]}
CASES = [
    pytest.param(200, {"success": True, "candidate": {"OID": "1"}}, "ok", [], id="success"),
    pytest.param(200, {"candidate": {"OID": "1"}}, "ok", [], id="candidate alone"),
    pytest.param(200, ERRORS, "refusal", ["api-1015"], id="errors in a 200"),
    pytest.param(200, {"success": False, "message": "No."}, "refusal", ["http-200"], id="success false in a 200"),
    pytest.param(200, {"success": True, **ERRORS}, "refusal", ["api-1015"], id="errors win over success"),
    pytest.param(200, None, "garbage", ["invalid-answer"], id="not JSON"),
    pytest.param(200, {}, "garbage", ["invalid-answer"], id="empty object"),
    pytest.param(400, ERRORS, "refusal", ["api-1015"], id="bad field"),
    pytest.param(404, None, "refusal", ["http-404"], id="no such candidate"),
    pytest.param(403, {"success": False, "message": "No."}, "refusal", ["http-403"], id="forbidden"),
    pytest.param(401, None, "unauthorised", ["http-401"], id="token refused"),
    pytest.param(432, None, "unauthorised", ["http-432"], id="token expired"),
    pytest.param(429, None, "throttled", ["http-429"], id="throttled"),
    pytest.param(500, None, "fault", ["http-500"], id="internal error"),
    pytest.param(502, None, "fault", ["http-502"], id="bad gateway"),
    pytest.param(503, None, "unavailable", ["http-503"], id="unavailable"),
    pytest.param(504, None, "fault", ["http-504"], id="gateway gave up"),
    pytest.param(302, None, "redirect", ["http-302"], id="redirect"),
    pytest.param(400, {"errors": ["odd"]}, "refusal", ["http-400"], id="errors as texts"),
    pytest.param(400, {"errors": [{"code": "a\nb", "message": "m"}]}, "refusal", ["http-400"], id="code that is none"),
    pytest.param(400, {"errors": [{"code": "E-7.1", "message": "m"}]}, "refusal", ["api-E-7.1"], id="code as text"),
    pytest.param(400, {"errors": [{"message": "m"}]}, "refusal", ["http-400"], id="error without a code"),
]


@pytest.mark.parametrize(("status", "body", "kind", "codes"), CASES)
def test_reading_of_answers(status: int, body: object, kind: str, codes: list[str]) -> None:
    answer = read_answer(status, {}, body)
    assert (answer.kind, [error.code for error in answer.errors]) == (kind, codes)


def test_an_error_carries_the_apis_own_message_and_field() -> None:
    (error,) = read_answer(400, {}, ERRORS).errors
    assert (error.message, error.field) == ("Invalid request.", "email")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        pytest.param("7", 7, id="seconds"),
        pytest.param("0.5", 0.5, id="fraction"),
        pytest.param("Wed, 21 Oct 2015 07:28:00 GMT", 0, id="past date"),
        pytest.param("soon", None, id="neither"),
        pytest.param("", None, id="empty"),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    assert read_answer(429, {"retry-after": text}, None).retry_after == seconds


def test_retry_after_as_a_date_to_come() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert read_answer(429, {"retry-after": date}, None).retry_after == pytest.approx(90, abs=10)


def test_every_kind_of_answer_has_its_line_in_the_retry_table() -> None:
    assert set(RULES) == set(get_args(Kind))


def test_what_may_have_been_applied_is_never_refused_outright() -> None:
    assert not [kind for kind, rule in RULES.items() if rule.applied == "maybe" and rule.then != "again"]


def test_what_never_left_was_not_applied() -> None:
    assert {rule.applied for rule in RULES.values() if not rule.left} == {"no"}
