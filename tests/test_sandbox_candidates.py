"""Candidates in the sandbox: which ids it knows, what reading shows, creating and listing."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox

SEED = [
    {"OID": "oid-1", "external_oid": "ext-1", "ex_id": "ex-1", "name": "Ann Lee", "email": "ann@example.com"},
    {"OID": "oid-2", "ex_id": "ex-2", "fields": {"email": "bo@example.com", "primary_contact_method": 1}},
    {"ex_id": "ex-2", "score": 7, "candidate_attribute_data": {"size": "M"}},
]


def connect(sandbox: RunningSandbox) -> httpx2.Client:
    return httpx2.Client(base_url=sandbox.base_url, headers={"Authorization": "Bearer ready-made"}, trust_env=False)


@pytest.fixture(scope="module")
def open_sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(SandboxOptions()) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def http(open_sandbox: RunningSandbox) -> Iterator[httpx2.Client]:
    with connect(open_sandbox) as client:
        yield client


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    path = tmp_path_factory.mktemp("seed") / "seed.json"
    path.write_text(json.dumps(SEED))
    with running_sandbox(SandboxOptions(seed=path)) as sandbox, connect(sandbox) as client:
        yield client


def test_an_update_answers_with_the_candidate(http: httpx2.Client) -> None:
    answer = http.put("/candidates/update-1", json={"job_title": "Clerk"})
    assert (answer.status_code, answer.json()["success"]) == (200, True)
    assert answer.json()["candidate"]["job_title"] == "Clerk"


def test_an_update_is_read_back(http: httpx2.Client) -> None:
    http.put("/candidates/read-1", json={"first_name": "Ann", "last_name": "Lee", "phone": "(415) 555-0101"})
    candidate = http.get("/candidates/read-1").json()["candidate"]
    shown = {name: candidate[name] for name in ("ex_id", "first_name", "last_name", "phone", "formatted_number")}
    assert shown == {
        "ex_id": "read-1",
        "first_name": "Ann",
        "last_name": "Lee",
        "phone": "+14155550101",
        "formatted_number": "+14155550101",
    }


def test_the_contact_method_is_shown_as_a_number(http: httpx2.Client) -> None:
    http.put("/candidates/number-1", json={"primary_contact_method": "2"})
    assert http.get("/candidates/number-1").json()["candidate"]["primary_contact_method"] == 2


def test_defaults_are_shown_where_nothing_was_written(http: httpx2.Client) -> None:
    candidate = http.get("/candidates/fresh-1").json()["candidate"]
    assert (candidate["primary_contact_method"], candidate["language_preference"], candidate["email"]) == (3, "en", "")


@pytest.mark.parametrize("name", ["status", "note", "location", "resume", "external_referrer"])
def test_fields_that_nobody_saw_in_a_read_are_not_shown(http: httpx2.Client, name: str) -> None:
    assert name not in http.get("/candidates/unshown-1").json()["candidate"]


def test_the_status_is_kept_all_the_same(http: httpx2.Client, open_sandbox: RunningSandbox) -> None:
    http.put("/candidates/status-1", json={"status": "3"})
    assert open_sandbox.state.values("status-1") == {"status": "3"}


def test_the_oid_leads_to_the_same_candidate(http: httpx2.Client) -> None:
    oid = http.get("/candidates/same-1").json()["candidate"]["OID"]
    assert http.get(f"/candidates/{oid}").json()["candidate"]["ex_id"] == "same-1"


def test_ids_that_begin_with_missing_are_unknown(http: httpx2.Client) -> None:
    answer = http.put("/candidates/missing-1", json={"job_title": "Clerk"})
    assert answer.status_code == 404
    assert answer.json() == {"errors": [{"code": 1004, "message": "Candidate not found.", "field": ""}]}


@pytest.mark.parametrize(
    ("path", "candidate_id"),
    [
        pytest.param("a%2Fb", "a/b", id="slash"),
        pytest.param("a%252Fb", "a%2Fb", id="percent sign"),
        pytest.param("a%20b+c", "a b+c", id="space and plus"),
        pytest.param("%E6%9D%8E%3F%23", "李?#", id="unicode, question mark and hash"),
    ],
)
def test_an_id_is_decoded_once(http: httpx2.Client, path: str, candidate_id: str) -> None:
    assert http.get(f"/candidates/{path}").json()["candidate"]["ex_id"] == candidate_id


@given(candidate_id=st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_id_arrives_as_it_was_sent(http: httpx2.Client, open_sandbox: RunningSandbox, candidate_id: str) -> None:
    assume(candidate_id not in {".", ".."} and not candidate_id.startswith("missing"))
    http.put(f"/candidates/{quote(candidate_id, safe='')}", json={})
    assert open_sandbox.state.applied[-1].candidate == candidate_id


def test_a_slash_as_it_is_leads_nowhere(http: httpx2.Client) -> None:
    assert http.put("/candidates/a/b", json={}).status_code == 404


def test_an_id_that_is_not_utf_8_is_refused(http: httpx2.Client) -> None:
    assert http.put("/candidates/%FF", json={}).status_code == 400


@pytest.mark.parametrize("candidate_id", ["oid-1", "ext-1", "ex-1"])
def test_a_seeded_candidate_is_known_by_each_id(seeded: httpx2.Client, candidate_id: str) -> None:
    assert seeded.get(f"/candidates/{candidate_id}").json()["candidate"]["name"] == "Ann Lee"


def test_a_seed_knows_nobody_else(seeded: httpx2.Client) -> None:
    assert seeded.get("/candidates/ex-3").status_code == 404


def test_the_list_says_how_many_there_are_in_all(seeded: httpx2.Client) -> None:
    answer = seeded.get("/candidates", params={"limit": 1, "offset": 1}).json()
    assert (answer["limit"], answer["offset"], answer["count"]) == (1, 1, 3)
    assert [candidate["OID"] for candidate in answer["candidates"]] == ["oid-2"]


def test_the_list_finds_all_candidates_of_an_ex_id(seeded: httpx2.Client) -> None:
    assert len(seeded.get("/candidates", params={"ex_id": "ex-2"}).json()["candidates"]) == 2


def test_the_list_finds_an_email_in_any_case(seeded: httpx2.Client) -> None:
    found = seeded.get("/candidates", params={"email": "BO@example.com"}).json()["candidates"]
    assert [candidate["OID"] for candidate in found] == ["oid-2"]


def test_the_list_shows_attributes_on_demand(seeded: httpx2.Client) -> None:
    candidate = seeded.get("/candidates", params={"offset": 2, "include_attributes": "true"}).json()["candidates"][0]
    assert candidate["candidate_attribute_data"] == {"size": "M"}
    assert "candidate_attribute_data" not in seeded.get("/candidates").json()["candidates"][2]


def test_a_read_shows_attributes_unless_declined(seeded: httpx2.Client) -> None:
    answer = seeded.get("/candidates/oid-1", params={"include_attributes": "false"})
    assert "candidate_attribute_data" not in answer.json()["candidate"]


def test_what_a_seed_has_beside_the_fields_is_shown(seeded: httpx2.Client) -> None:
    assert seeded.get("/candidates", params={"offset": 2}).json()["candidates"][0]["score"] == 7


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"limit": 51}, id="limit above 50"),
        pytest.param({"limit": "x"}, id="limit no number"),
        pytest.param({"offset": -1}, id="offset below 0"),
        pytest.param({"ex_id": "a", "email": "ann@example.com"}, id="two filters"),
        pytest.param({"include_attributes": "perhaps"}, id="no flag"),
    ],
)
def test_a_wrong_query_is_refused(seeded: httpx2.Client, query: dict[str, str | int]) -> None:
    assert seeded.get("/candidates", params=query).status_code == 400


def test_the_list_knows_any_ex_id_without_a_seed(http: httpx2.Client) -> None:
    found = http.get("/candidates", params={"ex_id": "never-asked-for"}).json()["candidates"]
    assert [candidate["ex_id"] for candidate in found] == ["never-asked-for"]
    assert http.get("/candidates", params={"ex_id": "missing-2"}).json()["candidates"] == []


def test_a_created_candidate_is_found(http: httpx2.Client) -> None:
    created = http.post("/candidates", json={"name": "Cy Doe", "ex_id": "missing-no-more"}).json()["candidate"]
    assert http.get("/candidates/missing-no-more").json()["candidate"]["OID"] == created["OID"]


def test_a_candidate_without_a_name_is_not_created(http: httpx2.Client) -> None:
    assert http.post("/candidates", json={"email": "cy@example.com"}).status_code == 400


def test_get_by_ex_id_can_be_switched_off() -> None:
    with running_sandbox(SandboxOptions(assumptions={"get-by-ex-id": "no"})) as sandbox, connect(sandbox) as http:
        oid = http.put("/candidates/ex-1", json={}).json()["candidate"]["OID"]
        assert http.get("/candidates/ex-1").status_code == 404
        assert http.get(f"/candidates/{oid}").status_code == 200
        assert http.get("/candidates", params={"ex_id": "ex-1"}).json()["candidates"][0]["OID"] == oid


def test_attributes_alone_are_merged_replaced_and_read(http: httpx2.Client) -> None:
    oid = http.put("/candidates/attr-1", json={"candidate_attribute_data": {"a": "1"}}).json()["candidate"]["OID"]
    merged = http.patch(f"/candidate/attributes/{oid}", json={"attributes": {"b": "2"}})
    assert merged.json() == {"success": True, "attributes": {"a": "1", "b": "2"}}
    http.put(f"/candidate/attributes/{oid}", json={"c": "3"})
    assert http.get(f"/candidate/attributes/{oid}").json()["attributes"] == {"c": "3"}


def test_wrong_attributes_are_refused(http: httpx2.Client) -> None:
    assert http.patch("/candidate/attributes/attr-2", json={"attributes": {"a": 1}}).status_code == 400


@pytest.mark.parametrize(
    ("assumptions", "expected"),
    [
        pytest.param({}, {"a": "1", "b": "2"}, id="merge"),
        pytest.param({"attributes": "replace"}, {"b": "2"}, id="replace"),
    ],
)
def test_attributes_of_an_update_are_merged_or_replace_all(
    assumptions: dict[str, str], expected: dict[str, str]
) -> None:
    with running_sandbox(SandboxOptions(assumptions=assumptions)) as sandbox, connect(sandbox) as http:
        for attributes in ({"a": "1"}, {"b": "2"}):
            http.put("/candidates/x", json={"candidate_attribute_data": attributes})
        assert http.get("/candidates/x").json()["candidate"]["candidate_attribute_data"] == expected


@pytest.mark.parametrize(
    ("assumptions", "expected"),
    [
        pytest.param({}, ["one", "two"], id="append"),
        pytest.param({"note": "set"}, ["two"], id="set"),
    ],
)
def test_notes_are_appended_or_set(assumptions: dict[str, str], expected: list[str]) -> None:
    with running_sandbox(SandboxOptions(assumptions=assumptions)) as sandbox, connect(sandbox) as http:
        for note in ("one", "two"):
            http.put("/candidates/x", json={"note": note})
        assert sandbox.state.values("x")["note"] == expected


@pytest.mark.parametrize(
    ("empty", "status", "title", "attributes"),
    [
        pytest.param("clear", 200, "", {"size": ""}, id="clear"),
        pytest.param("ignore", 200, "Clerk", {"size": "M"}, id="ignore"),
        pytest.param("refuse", 400, "Clerk", {"size": "M"}, id="refuse"),
    ],
)
def test_an_empty_string_clears_or_is_ignored_or_refused(
    empty: str, status: int, title: str, attributes: dict[str, str]
) -> None:
    with running_sandbox(SandboxOptions(assumptions={"empty": empty})) as sandbox, connect(sandbox) as http:
        http.put("/candidates/x", json={"job_title": "Clerk", "candidate_attribute_data": {"size": "M"}})
        answer = http.put("/candidates/x", json={"job_title": "", "candidate_attribute_data": {"size": ""}})
        assert answer.status_code == status
        assert sandbox.state.values("x") == {"job_title": title, "candidate_attribute_data": attributes}


def test_an_empty_note_removes_all_notes(http: httpx2.Client, open_sandbox: RunningSandbox) -> None:
    for note in ("one", ""):
        http.put("/candidates/note-1", json={"note": note})
    assert open_sandbox.state.values("note-1") == {"note": []}
