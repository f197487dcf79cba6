"""`sandbox`, through the real command: where it says it is, and what its options do to those who call."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.black_box import child
from tests.conftest import Workplace

SEED = [{"OID": "o-1", "ex_id": "C1", "first_name": "Ann", "last_name": "Lee"}]
OPTIONS = (
    *("--port", "0", "--seed", "seed.json", "--state", "state.json", "--rate-limit", "50", "--token-ttl", "60"),
    *("--fault", "errors-in-200=0", "--fault", "slow=0", "--assume", "get-by-ex-id=no", "--assume", "empty=refuse"),
)


@dataclass(frozen=True)
class Served:
    """What the child printed first, what it answered, and what it left when it was stopped."""

    first_line: str
    answers: dict[str, httpx2.Response]
    exit_code: int
    rest: tuple[str, str]
    state: dict[str, Any]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    workplace = Workplace(tmp_path_factory.mktemp("sandbox"))
    (workplace.folder / "seed.json").write_text(json.dumps(SEED))
    with child(workplace, "sandbox", *OPTIONS) as process:
        assert process.stdout is not None
        url = process.stdout.readline()
        with httpx2.Client(base_url=url.strip(), trust_env=False) as client:
            form = {"grant_type": "client_credentials", "client_id": "any", "client_secret": "any"}
            token = client.post("/auth/token", data=form)
            client.headers["Authorization"] = f"Bearer {token.json()['access_token']}"
            answers = {
                "ping": client.get("/ping"),
                "token": token,
                "update": client.put("/candidates/C1", json={"location": "here"}),
                "unknown": client.put("/candidates/C2", json={"location": "here"}),
                "empty": client.put("/candidates/C1", json={"location": ""}),
                "read by ex_id": client.get("/candidates/C1"),
                "openapi": client.get("/openapi.json"),
            }
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=20)
    state = json.loads((workplace.folder / "state.json").read_text())
    return Served(url, answers, process.returncode, rest, state)


def test_the_first_line_is_the_base_url_and_loopback(served: Served) -> None:
    assert served.first_line.startswith("http://127.0.0.1:")
    assert served.first_line.endswith("/api/v1/public\n")


@pytest.mark.parametrize(
    ("call", "status"),
    [
        pytest.param("ping", 200, id="ping"),
        pytest.param("token", 200, id="any credentials"),
        pytest.param("update", 200, id="candidate of the seed"),
        pytest.param("unknown", 404, id="candidate not of the seed"),
        pytest.param("empty", 400, id="--assume empty=refuse"),
        pytest.param("read by ex_id", 404, id="--assume get-by-ex-id=no"),
        pytest.param("openapi", 200, id="OpenAPI"),
    ],
)
def test_it_answers_as_told(served: Served, call: str, status: int) -> None:
    assert served.answers[call].status_code == status


def test_the_token_lasts_as_long_as_told(served: Served) -> None:
    assert served.answers["token"].json()["expires_in"] == 60


def test_it_stops_cleanly_and_leaves_its_state(served: Served) -> None:
    assert (served.exit_code, served.rest) == (0, ("", ""))
    assert [(one["candidate"], one["OID"]) for one in served.state["applied"]] == [("C1", "o-1")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(("--fault", "503"), "write it as KIND=SHARE", id="fault without a share"),
        pytest.param(("--fault", "5O3=0.1"), "unknown fault '5O3': did you mean 503?", id="unknown fault"),
        pytest.param(("--assume", "empty=maybe"), "unknown value of assumption empty 'maybe'", id="unknown value"),
        pytest.param(("--seed", "nowhere.json"), "nowhere.json: the seed cannot be read", id="no seed"),
    ],
)
def test_a_wrong_option_exits_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = Workplace(tmp_path).command("sandbox", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
