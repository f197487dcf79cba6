"""`kill -9` at random moments, then `resume`: no row is lost, none is counted twice, and every outcome is true."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from sync.sandbox import RunningSandbox
from tests.conftest import MAPPING, ROOT, Workplace

ROWS = 120
MAPPINGS = {
    "harmless": MAPPING.replace("  email: Email\n", ""),
    "shown by a read": MAPPING,
    "shown by no read": MAPPING.replace("email: Email", "external_group_id: Email\n  status: {value: APPROVED}"),
}


FAULTS = {"503": 0.03, "429": 0.03, "504-before": 0.02, "504-after": 0.02, "reset-before": 0.02, "reset-after": 0.02}


def start(workplace: Workplace, url: str, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PARADOX_API_URL": url, "PARADOX_CLIENT_ID": "id", "PARADOX_CLIENT_SECRET": "s"}
    return subprocess.Popen(
        [sys.executable, "-m", "sync", *arguments, "--quiet", "--rate", "60"],
        cwd=workplace.folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def end_or_kill(process: subprocess.Popen[bytes], seconds: float) -> int:
    with suppress(subprocess.TimeoutExpired):
        return process.wait(seconds)
    process.send_signal(signal.SIGKILL)
    return process.wait()


def results(folder: Path) -> list[dict[str, str]]:
    (path,) = folder.glob("reports/*/results.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kill_until_it_ends(workplace: Workplace, url: str, chance: random.Random, kills: int) -> int:
    """Run, kill and resume; returns how often the kill came before the end. Checks each killed state on the way."""
    process = start(workplace, url, "run", "people.csv", "-m", "mapping.yaml")
    for number in range(kills):
        if end_or_kill(process, chance.uniform(0.8, 3.5)) >= 0:
            return number
        listed = json.loads(workplace.command("runs", "--json").stdout)
        if not listed:
            process = start(workplace, url, "run", "people.csv", "-m", "mapping.yaml")
            continue
        (killed,) = listed
        if killed["status"] in {"succeeded", "completed_with_errors"}:
            return number  # the kill came after the final commit
        assert killed["status"] == "killed"
        assert (
            sum(killed[name] for name in ("updated", "rejected", "failed", "unknown", "unprocessed"))
            == killed["rows_read"]
        )
        process = start(workplace, url, "resume")
    assert process.wait(60) in {0, 3}
    return kills


def check_truth(workplace: Workplace, server: RunningSandbox, mapping: str) -> None:
    lines = results(workplace.folder)
    assert [int(line["row"]) for line in lines] == list(range(2, ROWS + 2))
    for line in lines:
        applied = server.state.puts(line["candidate"])
        if line["outcome"] == "updated":
            assert applied == 1 if mapping == "shown by a read" else applied >= 1
        elif line["outcome"] == "unknown":
            assert mapping == "shown by no read"
            assert applied <= 1
        else:
            assert (line["outcome"], applied) == ("failed", 0)


def kill_and_check(workplace: Workplace, server: RunningSandbox, mapping: str, seed: int, kills: int) -> int:
    workplace.write_people(ROWS, MAPPINGS[mapping])
    killed = kill_until_it_ends(workplace, server.base_url, random.Random(seed), kills)
    check_truth(workplace, server, mapping)
    return killed


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_outcomes_are_true_after_kills(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], mapping: str
) -> None:
    assert kill_and_check(workplace, sandbox(latency_ms=40), mapping, seed=1, kills=3) > 0


def test_outcomes_are_true_after_kills_among_faults(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    server = sandbox(latency_ms=40, faults=FAULTS, random_seed=3)
    assert kill_and_check(workplace, server, "shown by a read", seed=2, kills=3) > 0


@pytest.mark.soak
@pytest.mark.parametrize("mapping", MAPPINGS)
def test_outcomes_are_true_after_at_least_70_kills(
    tmp_path: Path, sandbox: Callable[..., RunningSandbox], mapping: str
) -> None:
    kills, seed = 0, 100
    while kills < 70:
        seed += 1
        workplace = Workplace(tmp_path / str(seed))
        workplace.folder.mkdir()
        server = sandbox(latency_ms=40, faults=FAULTS if seed % 2 else {}, random_seed=seed)
        kills += kill_and_check(workplace, server, mapping, seed, kills=8)
