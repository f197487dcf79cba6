"""What several tests share: a sandbox over real HTTP, a workplace of its own, and the real command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from pydantic import SecretStr

from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from sync.settings import Access, Options

ROOT = Path(__file__).parent.parent

MAPPING = """\
version: 1
name: small
candidate: {id: ex_id, column: ID}
fields:
  first_name: First
  last_name: Last
  email: Email
"""
"""A small mapping: two harmless fields and one that can reach a person, all of which a read shows."""


@pytest.fixture
def sandbox() -> Iterator[Callable[..., RunningSandbox]]:
    """Start a sandbox: `sandbox(faults=…, assumptions=…, …)`; it stops at the test's end."""
    with ExitStack() as stack:

        def start(**options: object) -> RunningSandbox:
            return stack.enter_context(running_sandbox(SandboxOptions(**options)))  # type: ignore[arg-type]

        yield start


@dataclass(frozen=True)
class Workplace:
    """A folder with a file and a mapping, and ways to run jobs and the real command in it."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "people.csv"

    @property
    def mapping(self) -> Path:
        return self.folder / "mapping.yaml"

    def write(self, text: str, mapping: str = MAPPING) -> None:
        self.file.write_text(text, encoding="utf-8")
        self.mapping.write_text(mapping, encoding="utf-8")

    def write_people(self, count: int, mapping: str = MAPPING) -> None:
        rows = [f"C{n},Ann{n},Lee,ann{n}@example.com\n" for n in range(1, count + 1)]
        self.write("ID,First,Last,Email\n" + "".join(rows), mapping)

    def options(self, **changes: object) -> Options:
        defaults = {
            "rate": 1000.0,
            "state": self.folder / "ledger.db",
            "report_dir": self.folder / "reports",
        }
        return Options(**{**defaults, **changes})  # type: ignore[arg-type]

    def command(
        self, *arguments: str, url: str = "", stdin: IO[bytes] | int = subprocess.DEVNULL, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the real command in this folder, with credentials if it has an address to send to."""
        access = {"PARADOX_API_URL": url, "PARADOX_CLIENT_ID": "id", "PARADOX_CLIENT_SECRET": "canary-secret"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARADOX_", "CANDIDATE_"))}
        environment = {**kept, **(access if url else {}), **variables, "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "sync", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=stdin,
            timeout=120,
        )


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


def access_to(sandbox: RunningSandbox) -> Access:
    """Credentials for a sandbox."""
    return Access(api_url=sandbox.base_url, client_id="id", client_secret=SecretStr("canary-secret"), access_token=None)
