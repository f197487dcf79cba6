"""The command line: it parses, calls a job, and presents what came of it."""

from __future__ import annotations

import sys
from pathlib import Path

from dotenv import load_dotenv

from sync.errors import CandidateSyncError, RunInterrupted


def main() -> None:
    """Run the program with the arguments of the process; exits with the contract's codes."""
    load_dotenv(Path(".env"))  # before the options are read, and without overriding what the environment says
    from sync.cli.app import app  # noqa: PLC0415 (its options look at the environment)

    try:
        app()
    except CandidateSyncError as error:
        sys.stderr.write(f"candidate-sync: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(RunInterrupted(2, "").exit_code)
