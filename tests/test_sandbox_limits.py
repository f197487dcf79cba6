"""Tokens and rate limits of the sandbox."""

from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.sandbox.limits import limiter
from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox

CREDENTIALS = {"grant_type": "client_credentials", "client_id": "account", "client_secret": "secret"}


def connect(sandbox: RunningSandbox, token: str = "ready-made") -> httpx2.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx2.Client(base_url=sandbox.base_url, headers=headers, trust_env=False)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(SandboxOptions(token_ttl_s=60)) as running:
        yield running


def call(sandbox: RunningSandbox, method: str, path: str, **options: Any) -> httpx2.Response:
    return httpx2.request(method, sandbox.base_url + path, trust_env=False, **options)


def test_a_token_is_given_for_credentials(sandbox: RunningSandbox) -> None:
    token = call(sandbox, "POST", "/auth/token", data=CREDENTIALS).json()
    assert (token["expires_in"], token["token_type"]) == (60, "bearer")
    with connect(sandbox, token["access_token"]) as http:
        assert http.get("/candidates/x").status_code == 200


def test_a_token_is_given_for_http_basic(sandbox: RunningSandbox) -> None:
    form = {"grant_type": "client_credentials"}
    answer = call(sandbox, "POST", "/auth/token", data=form, auth=("account", "secret"))
    assert answer.json()["access_token"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"grant_type": "password"}, id="another grant"),
        pytest.param({"client_id": ""}, id="no account"),
        pytest.param({"client_secret": ""}, id="no secret"),
    ],
)
def test_wrong_credentials_are_refused_with_400(sandbox: RunningSandbox, change: dict[str, str]) -> None:
    answer = call(sandbox, "POST", "/auth/token", data=CREDENTIALS | change)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, 1015)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="none"),
        pytest.param({"Authorization": "Bearer"}, id="empty"),
        pytest.param({"Authorization": "Basic YTpi"}, id="another scheme"),
    ],
)
def test_a_call_without_a_token_gets_401(sandbox: RunningSandbox, headers: dict[str, str]) -> None:
    answer = call(sandbox, "PUT", "/candidates/no-token", json={}, headers=headers)
    assert answer.status_code == 401
    assert sandbox.state.puts("no-token") == 0


def test_an_expired_token_gets_432() -> None:
    with running_sandbox(SandboxOptions(token_ttl_s=1e-9)) as sandbox:
        token = call(sandbox, "POST", "/auth/token", data=CREDENTIALS).json()["access_token"]
        with connect(sandbox, token) as http:
            assert http.get("/candidates/x").status_code == 432


def test_ping_needs_no_token(sandbox: RunningSandbox) -> None:
    assert call(sandbox, "GET", "/ping").json() == {"success": True, "message": "pong"}


@pytest.mark.parametrize("kind", ["window", "bucket"])
def test_above_the_rate_limit_is_429(kind: str) -> None:
    options = SandboxOptions(rate_limit=3, assumptions={"limit": kind})
    with running_sandbox(options) as sandbox, connect(sandbox) as http:
        statuses = [http.get("/candidates/x").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


@pytest.mark.parametrize("form", ["none", "seconds", "date"])
def test_429_says_when_to_come_back_as_assumed(form: str) -> None:
    options = SandboxOptions(rate_limit=0.01, assumptions={"retry-after": form})
    with running_sandbox(options) as sandbox, connect(sandbox) as http:
        http.get("/candidates/x")
        answer = http.get("/candidates/x")
        read: Callable[[Any], bool] = {
            "none": lambda text: text is None,
            "seconds": lambda text: 98 <= int(text) <= 100,
            "date": lambda text: parsedate_to_datetime(text) > parsedate_to_datetime(answer.headers["date"]),
        }[form]
        assert read(answer.headers.get("retry-after"))


@given(
    rate=st.floats(0.5, 20),
    gaps=st.lists(st.floats(0, 2), max_size=60),
    kind=st.sampled_from(["window", "bucket"]),
)
def test_waiting_as_told_is_enough(rate: float, gaps: list[float], kind: str) -> None:
    wait = limiter(rate, kind)
    now = 0.0
    for gap in gaps:
        now += gap
        if (seconds := wait(now)) > 0:
            now += seconds + 1e-6
            assert wait(now) == 0


@given(rate=st.integers(1, 10), gaps=st.lists(st.floats(0, 0.5), max_size=60))
def test_no_second_has_more_than_the_window_allows(rate: int, gaps: list[float]) -> None:
    wait = limiter(rate, "window")
    now, passed = 0.0, []
    for gap in gaps:
        now += gap
        if wait(now) == 0:
            passed.append(now)
    assert all(sum(start <= other < start + 0.999 for other in passed) <= rate for start in passed)
