"""The real command seen from outside: children beside the test, servers with one answer, and what a report says."""

from __future__ import annotations

import csv
import json
import os
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from tests.conftest import ROOT, Workplace

T = TypeVar("T")
Completed = subprocess.CompletedProcess[str]

FAST = ("--rate", "1000")
SUMMARY_KEYS = (
    "run_id status mapping source target started_at finished_at duration_s rows_read updated unchanged rejected failed "
    "unknown unprocessed requests retries throttled rate_limit achieved_rate errors"
).split()
OUTCOMES = "updated unchanged rejected failed unknown unprocessed".split()
RESULT_COLUMNS = "row candidate outcome code column message tip http_status attempts".split()
SYNC_COLUMNS = "sync_row sync_code sync_column sync_message sync_tip".split()
TOKEN = (200, '{"access_token": "canary-token", "expires_in": 3600, "token_type": "bearer"}')


def at_once(calls: Mapping[str, Callable[[], T]]) -> dict[str, T]:
    """The results by name; a few calls at a time, since a child mostly waits for its imports."""
    with ThreadPoolExecutor(3) as pool:
        return dict(zip(calls, pool.map(lambda call: call(), calls.values()), strict=True))


def report_of(workplace: Workplace) -> Path:
    """The folder of the newest run's report."""
    return max((workplace.folder / "reports").iterdir())


def lines_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def header_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def results_of(workplace: Workplace) -> list[dict[str, str]]:
    return lines_of(report_of(workplace) / "results.csv")


def summary_of(workplace: Workplace) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((report_of(workplace) / "summary.json").read_text(encoding="utf-8"))
    return summary


@contextmanager
def child(workplace: Workplace, *arguments: str, url: str = "") -> Iterator[subprocess.Popen[str]]:
    """The real command beside the test; killed at the end if it has not ended by itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARADOX_", "CANDIDATE_"))}
    access = {"PARADOX_API_URL": url, "PARADOX_CLIENT_ID": "id", "PARADOX_CLIENT_SECRET": "canary-secret"}
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "sync", *arguments],
        cwd=workplace.folder,
        env={**kept, **(access if url else {}), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(reached: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Come back when the child has brought something about; fails when it ends without, or takes too long."""
    for _ in range(3000):
        if reached():
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.01)
            break
    raise AssertionError(f"the child did not get there: {process.communicate()[1]}")


Seen = list[tuple[str, str, str]]


@contextmanager
def answering(
    answers: Mapping[str, tuple[int, str]], location: str = "", tls: ssl.SSLContext | None = None
) -> Iterator[tuple[str, Seen]]:
    """A server with one answer (status, body) per method; its base URL, and the method, path and token of each call."""
    seen: Seen = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            seen.append((self.command, self.path, self.headers.get("authorization") or ""))
            status, body = answers[self.command]
            self.send_response(status)
            if location:
                self.send_header("location", location)
            self.send_header("content-length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_GET = do_PUT = do_POST = do_CONNECT = answer  # noqa: N815 (the base class's names)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/api/v1/public", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
