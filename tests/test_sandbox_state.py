"""The sandbox's record: over HTTP, in a file, and within the process."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync.errors import SettingsError
from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox
from sync.sandbox.state import digest


def connect(sandbox: RunningSandbox) -> httpx2.Client:
    headers = {"Authorization": "Bearer ready-made"}
    return httpx2.Client(base_url=sandbox.base_url, headers=headers, trust_env=False)


@pytest.fixture
def state() -> Iterator[dict[str, Any]]:
    with running_sandbox(SandboxOptions()) as sandbox, connect(sandbox) as http:
        http.put("/candidates/a", json={"note": "one"})
        http.put("/candidates/b", json={"status": "2"})
        http.put("/candidates/a", json={"note": "two"})
        http.get("/candidates/missing")
        http.get("/nowhere")
        yield http.get("http://{}:{}/_sandbox/state".format(*sandbox.base_url[7:].split("/")[0].split(":"))).json()


def test_updates_are_recorded_in_their_order(state: dict[str, Any]) -> None:
    assert [(update["sequence"], update["candidate"]) for update in state["applied"]] == [(1, "a"), (2, "b"), (3, "a")]


def test_an_update_is_recorded_with_the_digest_of_its_values(state: dict[str, Any]) -> None:
    assert state["applied"][1]["digest"] == hashlib.sha256(b'{"status":"2"}').hexdigest() == digest({"status": "2"})


def test_candidates_have_all_their_values_and_the_count_of_their_updates(state: dict[str, Any]) -> None:
    candidates = {candidate["ex_id"]: (candidate["puts"], candidate["values"]) for candidate in state["candidates"]}
    assert candidates == {"a": (2, {"note": ["one", "two"]}), "b": (1, {"status": "2"})}


def test_answers_are_counted_by_status(state: dict[str, Any]) -> None:
    assert state["answers"] == {"200": 3, "404": 2}


def test_each_arrival_is_recorded_with_its_call_in_order(state: dict[str, Any]) -> None:
    assert [call for _, call in state["arrivals"]] == [
        "PUT /candidates/{id}",
        "PUT /candidates/{id}",
        "PUT /candidates/{id}",
        "GET /candidates/{id}",
        "GET (no call)",
    ]
    times = [seconds for seconds, _ in state["arrivals"]]
    assert times == sorted(times)


def test_an_update_was_received_when_its_request_arrived(state: dict[str, Any]) -> None:
    assert [update["received"] for update in state["applied"]] == [seconds for seconds, _ in state["arrivals"][:3]]


def test_the_file_has_the_same_record_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with running_sandbox(SandboxOptions(state_path=path)) as sandbox, connect(sandbox) as http:
        assert json.loads(path.read_text())["applied"] == []
        http.put("/candidates/a", json={"note": "one"})
    assert json.loads(path.read_text()) == sandbox.state.document()
    assert [file.name for file in tmp_path.iterdir()] == ["state.json"]


def test_the_file_is_kept_up_to_date_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with running_sandbox(SandboxOptions(state_path=path)) as sandbox, connect(sandbox) as http:
        http.put("/candidates/a", json={"note": "one"})
        assert any(json.loads(path.read_text())["applied"] for _ in range(10_000) if http.get("/ping"))


def test_a_state_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    options = SandboxOptions(state_path=tmp_path / "no folder" / "state.json")
    with pytest.raises(SettingsError, match="the state cannot be written: No such file"), running_sandbox(options):
        pass


def test_looking_at_a_candidate_does_not_make_it() -> None:
    with running_sandbox(SandboxOptions()) as sandbox:
        assert (sandbox.state.puts("a"), sandbox.state.values("a"), len(sandbox.state.candidates)) == (0, {}, 0)
