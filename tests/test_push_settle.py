"""What a read says of an update that is in doubt."""

from __future__ import annotations

from typing import Any

import pytest

from sync.model import Payload
from sync.push.settle import compare

CASES = [
    pytest.param({"email": "a@example.com"}, {"email": "A@example.com"}, "applied", id="case of an e-mail"),
    pytest.param({"email": "a@example.com"}, {"email": "b@example.com"}, "not-applied", id="another value"),
    pytest.param({"email": "a@example.com"}, {}, "cannot-tell", id="not shown"),
    pytest.param({"status": "1"}, {"status": "1"}, "cannot-tell", id="shown under no documented name"),
    pytest.param({"phone": "+14155550101"}, {"phone": "+1 (415) 555-0101"}, "applied", id="form of a phone number"),
    pytest.param({"phone": "+14155550101"}, {"formatted_number": "+14155550101"}, "applied", id="other name"),
    pytest.param({"primary_contact_method": "3"}, {"primary_contact_method": 3}, "applied", id="number"),
    pytest.param({"audience_type": "Blue Collar"}, {"audience_type": "blue collar"}, "applied", id="choice"),
    pytest.param({"hired_date": "2026-03-01"}, {"hired_date": "2026-03-01T00:00:00Z"}, "applied", id="day"),
    pytest.param(
        {"hired_date": "2026-03-01T09:00:00-06:00"}, {"hired_date": "2026-03-01T15:00:00+00:00"}, "applied", id="moment"
    ),
    pytest.param({"email": ""}, {"email": None}, "applied", id="cleared"),
    pytest.param({"email": ""}, {"email": "a@example.com"}, "cannot-tell", id="not cleared, or ignored"),
    pytest.param(
        {"candidate_attribute_data": {"k": "v"}},
        {"candidate_attribute_data": {"k": "v", "other": "x"}},
        "applied",
        id="attributes among others",
    ),
    pytest.param(
        {"candidate_attribute_data": {"k": "v"}},
        {"candidate_attribute_data": {}},
        "not-applied",
        id="attribute missing",
    ),
    pytest.param(
        {"first_name": "Ann", "status": "1"}, {"first_name": "Ann"}, "cannot-tell", id="one same, one not shown"
    ),
    pytest.param(
        {"first_name": "Ann", "status": "1"}, {"first_name": "Bo"}, "not-applied", id="one other, one not shown"
    ),
]


@pytest.mark.parametrize(("sent", "shown", "finding"), CASES)
def test_comparison(sent: dict[str, Any], shown: dict[str, Any], finding: str) -> None:
    assert compare(Payload(2, "C1", sent), shown) == finding
