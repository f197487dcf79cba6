"""The sandbox as a process: where it says it is, that it stops cleanly, and its page."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

from sync.errors import SettingsError
from sync.sandbox.calls import CALLS
from sync.sandbox.options import ASSUMPTIONS, FAULTS, SandboxOptions
from sync.sandbox.server import running_sandbox

PROGRAM = """
import sys
from pathlib import Path
from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import serve
serve(SandboxOptions(state_path=Path(sys.argv[1])))
"""


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_a_process_says_where_it_is_and_stops_cleanly(tmp_path: Path, stop: signal.Signals) -> None:
    state = tmp_path / "state.json"
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(state)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        base_url = process.stdout.readline().strip()
        headers = {"Authorization": "Bearer ready-made"}
        answer = httpx2.put(f"{base_url}/candidates/a", json={}, headers=headers, trust_env=False)
        process.send_signal(stop)
        assert (process.wait(10), process.stdout.read(), process.stderr.read()) == (0, "", "")
    assert (answer.status_code, urlsplit(base_url).path) == (200, "/api/v1/public")
    assert len(json.loads(state.read_text())["applied"]) == 1


def test_it_listens_on_loopback_only() -> None:
    with running_sandbox(SandboxOptions()) as sandbox:
        assert urlsplit(sandbox.base_url).hostname == "127.0.0.1"


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = SandboxOptions(port=taken.getsockname()[1])
        with pytest.raises(SettingsError, match="cannot be used: Address already in use"), running_sandbox(options):
            pass


def test_latency_delays_each_answer() -> None:
    with running_sandbox(SandboxOptions(latency_ms=100)) as sandbox:
        assert httpx2.get(f"{sandbox.base_url}/ping", trust_env=False).elapsed.total_seconds() >= 0.09


@pytest.fixture(scope="module")
def page() -> str:
    with running_sandbox(SandboxOptions()) as sandbox:
        return httpx2.get(f"{sandbox.base_url}/docs", trust_env=False).text


def test_the_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert "http://" not in page
    assert "https://" not in page
    assert "<script" not in page


@pytest.mark.parametrize("word", [call.name for call in CALLS] + [*FAULTS, *ASSUMPTIONS])
def test_the_page_names_every_call_fault_and_assumption(page: str, word: str) -> None:
    assert word in page


def test_a_method_that_a_path_has_not_is_refused_with_those_it_has() -> None:
    with running_sandbox(SandboxOptions()) as sandbox:
        answer = httpx2.delete(f"{sandbox.base_url}/candidates/a", trust_env=False)
        allowed = set(answer.headers["allow"].replace(" ", "").split(","))
        assert (answer.status_code, allowed) == (405, {"GET", "HEAD", "PUT"})
