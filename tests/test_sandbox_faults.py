"""Faults on demand: what each looks like to a client, and whether the update was applied."""

import json
import socket
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

import httpx2
import pytest

from sync.sandbox.faults import Faults
from sync.sandbox.options import FAULTS, SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox


def connect(sandbox: RunningSandbox) -> httpx2.Client:
    headers = {"Authorization": "Bearer ready-made"}
    return httpx2.Client(base_url=sandbox.base_url, headers=headers, trust_env=False)


def always(kind: str, assumptions: Mapping[str, str] | None = None) -> AbstractContextManager[RunningSandbox]:
    return running_sandbox(SandboxOptions(faults={kind: 1}, assumptions=assumptions or {}))


@pytest.mark.parametrize(
    ("kind", "status", "content_type", "applied"),
    [
        pytest.param("401", 401, "application/json", 0, id="401"),
        pytest.param("429", 429, "application/json", 0, id="429"),
        pytest.param("432", 432, "application/json", 0, id="432"),
        pytest.param("500", 500, "application/json", 0, id="500"),
        pytest.param("502", 502, "text/html; charset=utf-8", 0, id="502"),
        pytest.param("503", 503, "text/html; charset=utf-8", 0, id="503"),
        pytest.param("504-before", 504, "text/html; charset=utf-8", 0, id="504-before"),
        pytest.param("504-after", 504, "text/html; charset=utf-8", 1, id="504-after"),
        pytest.param("errors-in-200", 200, "application/json", 0, id="errors-in-200"),
    ],
)
def test_an_answered_fault(kind: str, status: int, content_type: str, applied: int) -> None:
    with always(kind) as sandbox, connect(sandbox) as http:
        answer = http.put("/candidates/x", json={"job_title": "Clerk"})
        assert (answer.status_code, answer.headers["content-type"]) == (status, content_type)
        assert (sandbox.state.puts("x"), sandbox.state.faults) == (applied, {kind: 1})


def test_errors_in_200_has_a_list_of_errors() -> None:
    with always("errors-in-200") as sandbox, connect(sandbox) as http:
        assert http.put("/candidates/x", json={}).json()["errors"][0]["code"] == 1015


@pytest.mark.parametrize(("kind", "applied"), [("reset-before", 0), ("reset-after", 1)])
def test_a_reset_is_a_reset_of_the_connection(kind: str, applied: int) -> None:
    with always(kind) as sandbox:
        with socket.create_connection(("127.0.0.1", urlsplit(sandbox.base_url).port), timeout=10) as connection:
            connection.sendall(
                b"PUT /api/v1/public/candidates/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n"
                b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            )
            with pytest.raises(ConnectionResetError, match="reset"):
                connection.recv(1)
        assert sandbox.state.puts("x") == applied
        assert sandbox.state.answers == {kind: 1}


def test_a_time_out_never_answers() -> None:
    with always("timeout") as sandbox, connect(sandbox) as http:
        with pytest.raises(httpx2.ReadTimeout, match="timed out"):
            http.put("/candidates/x", json={}, timeout=0.2)
        assert sandbox.state.puts("x") == 0


def test_a_silent_connection_does_not_keep_the_sandbox_from_stopping() -> None:
    with always("timeout") as sandbox:
        connection = socket.create_connection(("127.0.0.1", urlsplit(sandbox.base_url).port), timeout=10)
        connection.sendall(b"GET /api/v1/public/candidates/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t\r\n\r\n")
        with connect(sandbox) as http:
            assert any(sandbox.state.faults for _ in range(1000) if http.get("/ping"))
    with connection:
        assert connection.recv(1) == b""


def test_slow_is_late_but_true() -> None:
    with always("slow") as sandbox, connect(sandbox) as http:
        answer = http.put("/candidates/x", json={"job_title": "Clerk"}, timeout=10)
        assert answer.json()["candidate"]["job_title"] == "Clerk"
        assert answer.elapsed.total_seconds() >= 1.9


def test_garbage_is_a_page_and_json_cut_short_in_turn() -> None:
    with always("garbage") as sandbox, connect(sandbox) as http:
        page, cut = (http.put("/candidates/x", json={}) for _ in range(2))
        assert (page.status_code, page.text[:6]) == (200, "<html>")
        with pytest.raises(json.JSONDecodeError, match=r"Expecting|Unterminated"):
            cut.json()
        assert sandbox.state.puts("x") == 2


def test_the_token_call_and_ping_get_no_faults() -> None:
    credentials = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
    with always("503") as sandbox, connect(sandbox) as http:
        assert http.post("/auth/token", data=credentials).status_code == 200
        assert http.get("/ping").status_code == 200


@pytest.mark.parametrize(("form", "value"), [("none", None), ("seconds", "1")])
def test_a_429_on_demand_has_retry_after_as_assumed(form: str, value: str | None) -> None:
    with always("429", assumptions={"retry-after": form}) as sandbox, connect(sandbox) as http:
        assert http.get("/candidates/x").headers.get("retry-after") == value


def test_an_unknown_candidate_is_hidden_by_a_fault_after() -> None:
    with always("504-after") as sandbox, connect(sandbox) as http:
        assert http.put("/candidates/missing", json={}).status_code == 504


def draws(seed: int, calls: Iterable[str]) -> dict[str, str | None]:
    faults = Faults(dict.fromkeys(FAULTS, 0.05), seed)
    return {call: faults.draw(call) for call in calls}


def test_a_seed_repeats_the_faults_in_any_order_of_calls() -> None:
    calls = [f"PUT /candidates/{number}" for number in range(200)]
    assert draws(1, calls) == draws(1, reversed(calls))
    assert draws(1, calls) != draws(2, calls)


def test_faults_come_by_their_shares() -> None:
    faults = Faults({"429": 0.25, "500": 0.5}, seed=1)
    drawn = [faults.draw("PUT /candidates/x") for _ in range(4000)]
    assert drawn.count("429") == pytest.approx(1000, abs=100)
    assert drawn.count("500") == pytest.approx(2000, abs=100)
