"""The rules that the sandbox holds a body against, in JSON and in multipart."""

import base64
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from sync.api.fields import FIELDS, Field
from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox

PDF = b"%PDF-1.4 resume"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(SandboxOptions()) as running:
        yield running


@pytest.fixture(scope="module")
def http(sandbox: RunningSandbox) -> Iterator[httpx2.Client]:
    headers = {"Authorization": "Bearer ready-made"}
    with httpx2.Client(base_url=sandbox.base_url, headers=headers, trust_env=False) as client:
        yield client


def errors_of(answer: httpx2.Response) -> list[tuple[int, str]]:
    return [(error["code"], error["field"]) for error in answer.json().get("errors", [])]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"name": "Ann", "first_name": "Ann"}, id="first name beside name"),
        pytest.param({"status": "5"}, id="status"),
        pytest.param({"audience_type": "Blue Collar & White Collar"}, id="audience"),
        pytest.param({"hired_date": "2026-03-01"}, id="date"),
        pytest.param({"hired_date": "2026-03-01T09:30:00-06:00"}, id="date and time"),
        pytest.param({"hired_date": "2026-03-01T09:30:00Z"}, id="date and time in UTC"),
        pytest.param({"phone": "+44 20 7946 0018"}, id="phone of another country"),
        pytest.param({"candidate_journey_status": "Interview: Scheduled"}, id="journey status"),
        pytest.param({"candidate_attribute_data": {"size": "x" * 255}}, id="longest attribute"),
        pytest.param({"use_paradox_status_map": False}, id="no status map"),
        pytest.param(
            {"use_paradox_status_map": True, "status_map_name": "m", "status_map_ex_id": "1"}, id="whole status map"
        ),
        pytest.param({"resume": base64.b64encode(PDF).decode()}, id="resume"),
        pytest.param({"job_title": "\ud83d half a character"}, id="lone surrogate"),
    ],
)
def test_a_right_body_is_taken(http: httpx2.Client, body: dict[str, Any]) -> None:
    assert http.put("/candidates/right", content=json.dumps(body), headers=JSON).status_code == 200


JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"e_mail": "ann@example.com"}, "e_mail", id="unknown field"),
        pytest.param({"email": "ann@example"}, "email", id="email without an ending"),
        pytest.param({"email": "ann lee@example.com"}, "email", id="email with a space"),
        pytest.param({"phone": "call me"}, "phone", id="no phone number"),
        pytest.param({"phone": "12"}, "phone", id="phone number too short"),
        pytest.param({"status": "APPROVED"}, "status", id="status by name"),
        pytest.param({"status": 1}, "status", id="status as a number"),
        pytest.param({"status": "6"}, "status", id="no such status"),
        pytest.param({"audience_type": "blue collar"}, "audience_type", id="audience in lower case"),
        pytest.param({"hired_date": "03/01/2026"}, "hired_date", id="date of another form"),
        pytest.param({"hired_date": "2026-02-30"}, "hired_date", id="no such day"),
        pytest.param({"job_title": None}, "job_title", id="null"),
        pytest.param({"first_name": "Ann"}, "last_name", id="no last name"),
        pytest.param({"last_name": "Lee"}, "first_name", id="no first name"),
        pytest.param({"candidate_journey_status": "Scheduled"}, "candidate_journey_status", id="no stage"),
        pytest.param({"candidate_attribute_data": "x"}, "candidate_attribute_data", id="attributes as text"),
        pytest.param({"candidate_attribute_data": {"a": 1}}, "candidate_attribute_data", id="attribute no text"),
        pytest.param({"candidate_attribute_data": {"": "x" * 256}}, "candidate_attribute_data", id="long attribute"),
        pytest.param({"use_paradox_status_map": "true"}, "use_paradox_status_map", id="boolean as text"),
        pytest.param(
            {"use_paradox_status_map": True, "status_map_name": "m"}, "status_map_ex_id", id="half a status map"
        ),
        pytest.param({"resume": "not base64!"}, "resume", id="not base64"),
        pytest.param({"offer_letter": "eA==", "offer_file_name": "offer.exe"}, "offer_letter", id="offer's ending"),
    ],
)
def test_a_wrong_value_is_refused_with_its_field(
    http: httpx2.Client, sandbox: RunningSandbox, body: dict[str, Any], field: str
) -> None:
    answer = http.put("/candidates/wrong", json=body)
    assert (answer.status_code, errors_of(answer)) == (400, [(1015, field)])
    assert sandbox.state.puts("wrong") == 0


@pytest.mark.parametrize("field", [field for field in FIELDS if field.max_length], ids=lambda field: field.name)
def test_a_value_above_the_length_is_refused(http: httpx2.Client, field: Field) -> None:
    assert field.max_length is not None
    long = "a" * (field.max_length - 11) + "@example.com"
    assert errors_of(http.put("/candidates/long", json={field.name: long})) == [(1015, field.name)]


def test_all_errors_of_a_body_are_told(http: httpx2.Client) -> None:
    answer = http.put("/candidates/wrong", json={"status": "9", "oops": "x"})
    assert sorted(errors_of(answer)) == [(1015, "oops"), (1015, "status")]


def test_nothing_of_a_refused_body_is_applied(http: httpx2.Client, sandbox: RunningSandbox) -> None:
    http.put("/candidates/half", json={"job_title": "Clerk", "status": "9"})
    assert sandbox.state.values("half") == {}


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        pytest.param("{", JSON, id="not JSON"),
        pytest.param("[]", JSON, id="not an object"),
        pytest.param('{"status": NaN}', JSON, id="not a number"),
        pytest.param("[" * 100_000, JSON, id="deep"),
        pytest.param("{}", {"Content-Type": "text/plain"}, id="another type"),
        pytest.param("{}", {}, id="no type"),
        pytest.param("{}", {"Content-Type": "multipart/form-data"}, id="multipart without a boundary"),
        pytest.param("{}", {"Content-Type": "multipart/form-data; boundary=x"}, id="not multipart"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(http: httpx2.Client, content: str, headers: dict[str, str]) -> None:
    answer = http.put("/candidates/unread", content=content, headers=headers)
    assert (answer.status_code, errors_of(answer)) == (400, [(1015, "")])


def test_multipart_is_read_as_json_is(http: httpx2.Client, sandbox: RunningSandbox) -> None:
    form = {
        "first_name": "Ann",
        "last_name": "Lee",
        "candidate_attribute_data": '{"size": "M"}',
        "use_paradox_status_map": "false",
    }
    http.put("/candidates/form", data=form, files={"resume": ("cv.pdf", PDF)})
    assert sandbox.state.values("form") == {
        "first_name": "Ann",
        "last_name": "Lee",
        "candidate_attribute_data": {"size": "M"},
        "use_paradox_status_map": False,
        "resume": [{"name": "cv.pdf", "size": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest()}],
    }


@pytest.mark.parametrize(
    ("data", "files", "field"),
    [
        pytest.param({"use_paradox_status_map": "yes"}, {}, "use_paradox_status_map", id="boolean"),
        pytest.param({"candidate_attribute_data": "{"}, {}, "candidate_attribute_data", id="attributes"),
        pytest.param({}, {"resume": ("cv.exe", PDF)}, "resume", id="ending"),
        pytest.param({}, {"resume": ("cv", PDF)}, "resume", id="no ending"),
        pytest.param({}, {"email": ("email.txt", PDF)}, "email", id="file for a text"),
    ],
)
def test_a_wrong_part_is_refused(
    http: httpx2.Client, data: dict[str, str], files: dict[str, tuple[str, bytes]], field: str
) -> None:
    parts: dict[str, tuple[str | None, str | bytes]] = {**{name: (None, text) for name, text in data.items()}, **files}
    assert errors_of(http.put("/candidates/wrong", files=parts)) == [(1015, field)]


def test_a_repeated_file_is_added(http: httpx2.Client, sandbox: RunningSandbox) -> None:
    for _ in range(2):
        http.put("/candidates/files", json={"resume": base64.b64encode(PDF).decode()})
    assert len(sandbox.state.values("files")["resume"]) == 2


def test_a_request_above_the_limit_meets_the_gateway(http: httpx2.Client) -> None:
    answer = http.put("/candidates/large", json={"resume": "A" * 10_000_001})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
