"""Every exception of the product; the class carries the exit code, the message says where, what, what next.

CandidateSyncError
├── UsageError            2   nothing was sent: option, mapping, file or credentials
│   ├── MappingError          the mapping YAML, with file and line
│   ├── SourceError           the spreadsheet
│   └── SettingsError         an option, a variable, credentials that are missing
├── RunAborted            4   the run ended early; `resume` goes on
├── LedgerBusy            5   another run is pushing from the same ledger
├── GuardStop             6   stopped before sending what looks wrong
└── RunInterrupted  130/143   SIGINT or SIGTERM, after what was in flight
"""

from __future__ import annotations

from pathlib import Path


class CandidateSyncError(Exception):
    """The root of all errors that are told to the user as one message, without a traceback."""

    exit_code = 1


class UsageError(CandidateSyncError):
    """Something the user gave is wrong; nothing was sent."""

    exit_code = 2


class MappingError(UsageError):
    """The mapping is wrong. `line` is 1-based; the message reads `file:line: reason`."""

    def __init__(self, path: Path | str, line: int | None, reason: str) -> None:
        self.path = str(path)
        self.line = line
        self.reason = reason
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {reason}")


class SourceError(UsageError):
    """The source file cannot be read as a table. The message reads `file: reason`."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")

    def rename(self, name: str) -> None:
        """Let it speak of `name` instead of the path: of what the user gave, not of a private copy."""
        self.path = name
        self.args = (f"{name}: {self.reason}",)


class SettingsError(UsageError):
    """An option, an environment variable or the credentials are wrong or missing."""


class RunAborted(CandidateSyncError):
    """The run ended before its last row: credentials refused, too many errors, the API down."""

    exit_code = 4


class LedgerBusy(CandidateSyncError):
    """Another run is pushing from the same ledger; nothing was sent."""

    exit_code = 5


class GuardStop(CandidateSyncError):
    """A guard stopped the run before it sent what looks wrong."""

    exit_code = 6


class RunInterrupted(CandidateSyncError):
    """A signal ended the run after what was in flight; `exit_code` is 128 + the signal's number."""

    def __init__(self, signal_number: int, message: str) -> None:
        self.exit_code = 128 + signal_number
        super().__init__(message)
