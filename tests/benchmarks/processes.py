"""Whole processes: the real command with its summary, time and peak memory, and the bare server beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
MAPPING = ROOT / "mappings" / "nightly-export.yaml"


@dataclass(frozen=True)
class Finished:
    """`seconds` of wall time, `peak_mb` of memory of the process, its summary."""

    seconds: float
    peak_mb: float
    summary: dict[str, Any]


@dataclass
class BareServer:
    """`arrivals`: when each update came, in seconds, known once it was stopped."""

    url: str
    arrivals: list[float] = field(default_factory=list)


@contextmanager
def bare_server() -> Iterator[BareServer]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    server = BareServer(process.stdout.readline().strip())
    try:
        yield server
    finally:
        output, _ = process.communicate("")
        server.arrivals.extend(json.loads(output))


def candidate_sync(*arguments: str, folder: Path, url: str = "", one_core: bool = False) -> Finished:
    """Run the real command in `folder`, on one core if asked."""
    environment = {**os.environ, "PARADOX_API_URL": url, "PARADOX_ACCESS_TOKEN": "t", "PYTHONPATH": str(ROOT)}
    pin = ["taskset", "-c", "0"] if one_core and sys.platform == "linux" else []
    output = folder / "summary.txt"
    began = time.perf_counter()
    with output.open("wb") as standard_output:
        process = subprocess.Popen(
            [*pin, sys.executable, "-m", "sync", *arguments, "--json"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=standard_output,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)  # so that it is not waited for again
    return Finished(time.perf_counter() - began, usage.ru_maxrss / 1024, json.loads(output.read_text()))


def other(kind: str, url: str, file: Path) -> float:
    """Requests a second of what the push is compared with."""
    command = [sys.executable, "-m", "tests.benchmarks.others", kind, url, str(file)]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
