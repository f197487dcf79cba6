"""The folder of private files beside the ledger: copies of what is not a local file, and what is being unpacked.

`<ledger>.copies/` (0700) holds, per file that a job was given, `KEY` (the copy, 0600), `KEY.table` (what was unpacked,
while the job works) and `KEY.lock` (held while the job works: meanwhile nobody else deletes its files).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sync.errors import CandidateSyncError, SettingsError
from sync.ledger import Ledger
from sync.ledger.lock import RunLock
from sync.report.files import private_folder

_LOCK = ".lock"
_PURGES_LOOK_S = 5.0
"""A purge that comes by takes each lock for a moment."""


class PrivateFiles:
    """The files of one job in the folder, which is made when the first is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = secrets.token_hex(8)
        self._lock: RunLock | None = None
        self._given: list[Path] = []

    def new(self, ending: str) -> Path:
        """The place of a new file. Raises SettingsError when the folder cannot be made."""
        if self._lock is None:
            self._lock = self._held()
        path = self._folder.absolute() / f"{self._key}{ending}"
        self._given.append(path)
        return path

    def _held(self) -> RunLock:
        try:
            private_folder(self._folder)
            lock = RunLock(self._folder / f"{self._key}{_LOCK}")
            lock.acquire(_PURGES_LOOK_S)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SettingsError(
                f"No private copy can be written to {self._folder}: {reason}. Name another ledger with --state."
            ) from None
        return lock

    def close(self, is_kept: Callable[[Path], bool]) -> None:
        """Delete all files but those that are to be kept."""
        if self._lock is None:
            return
        for path in self._given:
            if not is_kept(path):
                path.unlink(missing_ok=True)
        self._lock.release()
        self._lock.remove()
        _remove_if_empty(self._folder)


def copies_folder(state: Path) -> Path:
    """Where the copies of a ledger's runs lie."""
    return state.with_name(f"{state.name}.copies")


def is_recorded(state: Path, copy: Path) -> bool:
    """Whether a run of the ledger reads the copy; also where the ledger cannot say: then `purge` will see."""
    try:
        return copy.name in _read_by_runs(state)
    except CandidateSyncError:
        return True


def purge_copies(state: Path) -> None:
    """Delete the copies that no run of the ledger reads and no living job holds."""
    folder = copies_folder(state)
    if not folder.is_dir():
        return
    kept = _read_by_runs(state)
    by_key: dict[str, list[Path]] = {}
    for path in folder.iterdir():
        by_key.setdefault(path.name.partition(".")[0], []).append(path)
    for key, paths in by_key.items():
        if all(path.name in kept for path in paths):
            continue
        lock = RunLock(folder / f"{key}{_LOCK}")
        if not lock.acquire():
            continue
        kept = _read_by_runs(state)  # whoever has let go of the lock meanwhile has recorded its run
        for path in paths:
            if path.name not in kept and path.suffix != _LOCK:
                path.unlink(missing_ok=True)
        lock.release()
        lock.remove()
    _remove_if_empty(folder)


def _read_by_runs(state: Path) -> set[str]:
    """The names of the files that the ledger's runs have read; none where there is no ledger."""
    if not state.exists():
        return set()
    with closing(Ledger(state)) as ledger:
        return {Path(record.source_path).name for record in ledger.runs()}


def _remove_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
