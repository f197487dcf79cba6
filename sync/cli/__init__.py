"""The command line: it parses, calls a job, and presents what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import load_dotenv

from sync.errors import CandidateSyncError, RunInterrupted, SettingsError


def main() -> None:
    """Run the program with the arguments of the process; exits with the contract's codes."""
    try:
        _refuse_undecodable(sys.argv[1:])
        _read_dotenv()  # before the options are read, which look at the environment
        from sync.cli.app import app  # noqa: PLC0415

        app()
    except CandidateSyncError as error:
        sys.stderr.write(f"candidate-sync: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(RunInterrupted(2, "").exit_code)


def _refuse_undecodable(arguments: Sequence[str]) -> None:
    """Raise SettingsError for a name that is not text: neither the ledger nor a report could hold it."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise SettingsError(f"{argument!r} is not UTF-8 text: rename the file or folder") from None


def _read_dotenv() -> None:
    """Add what `.env` says to the environment, without overriding what that says. Raises SettingsError."""
    try:
        load_dotenv(Path(".env"))
    except OSError as error:
        raise SettingsError(f".env: cannot be read ({error.strerror}): check its permissions") from None
    except UnicodeDecodeError:
        raise SettingsError(".env: is not UTF-8 text; save it as UTF-8") from None
