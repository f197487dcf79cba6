"""FILE as a file of this machine: what is none is copied, what is packed is unpacked, both into private files."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import RunInterrupted, SourceError
from sync.jobs.copies import PrivateFiles, copies_folder, is_recorded
from sync.jobs.progress import Progress, Silent
from sync.ledger import RunRecord
from sync.source.address import STANDARD_INPUT, Address, address_of
from sync.source.bounded_file import bounded_file
from sync.source.local_file import fingerprint
from sync.source.remote.fetching import STANDARD_INPUT_NAME, fetch
from sync.source.unpacked import packing_of, unpack


class GivenFile:
    """FILE as a job was given it.

    `shown`: as the user wrote it, less what is secret in an address. `fingerprint`: SHA-256, in hex, of the bytes that
    it stands for, as `table` found them; "" where they cannot be read.
    """

    def __init__(self, shown: str, bytes_at: Path | Callable[[], Path], files: PrivateFiles) -> None:
        self.shown = shown
        self.fingerprint = ""
        self._bytes_at = bytes_at
        self._files = files
        self._unpacked: Path | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return _name(self.shown)

    @property
    def path(self) -> Path:
        """Where the bytes lie: in the user's own file, or in a private copy, made when it is first asked for."""
        if not isinstance(self._bytes_at, Path):
            self._bytes_at = self._bytes_at()
        return self._bytes_at

    def table(self) -> Path:
        """The file to read the table from: the bytes as they are now, unpacked. Raises SourceError, SettingsError."""
        if not (os.access(self.path, os.R_OK) and self.path.is_file()):
            return self.path  # whoever opens it says what is wrong
        self.fingerprint = self.current_fingerprint()
        packing = packing_of(self.path)
        if packing is None:
            return self.path
        if self._unpacked is not None:
            self._unpacked.unlink()
        self._unpacked = self._files.new(".table")
        with bounded_file(self._unpacked, self.name, packed_size=self.path.stat().st_size) as into:
            unpack(self.path, packing, into)
        return self._unpacked

    def current_fingerprint(self) -> str:
        """The fingerprint of the bytes as they are by now. Raises SourceError when they cannot be read."""
        return fingerprint(self.path)

    def name_in(self, error: SourceError) -> None:
        """Let an error that speaks of a private file speak of what the user gave."""
        if error.path in {str(self._bytes_at), str(self._unpacked)}:
            error.rename(self.name)


@contextmanager
def local_file(
    file: str | Path, state: Path | None, progress: Progress | None = None, target: str = ""
) -> Iterator[GivenFile]:
    """FILE (a path, an address, or `-`) while a job reads it; nothing is fetched before its table is asked for.

    `state`: the ledger, whose runs keep the copy that they have read; without one, nothing is kept. `target`: where
    the run will write to, for whoever watches. SourceErrors raised within name what the user gave.
    """
    address = address_of(str(file))
    with _private_files(state) as files:
        if address is None and str(file) != STANDARD_INPUT:
            given = GivenFile(str(Path(file)), Path(file), files)
        else:
            shown = address.shown if address else STANDARD_INPUT
            watcher = progress or Silent()

            def copied() -> Path:
                watcher.fetching(source=_name(shown), target=target, ledger=str(state or ""))
                return _copied(address, _name(shown), files, watcher)

            given = GivenFile(shown, copied, files)
        with _named(given):
            yield given


@contextmanager
def recorded_file(record: RunRecord, state: Path) -> Iterator[GivenFile]:
    """The file of a run of the ledger `state`, while a job reads it again; of what was no local file, the copy."""
    with _private_files(state) as files:
        given = GivenFile(record.source, Path(record.source_path), files)
        with _named(given):
            yield given


def is_copied(shown: str) -> bool:
    """Whether what was given was no local file, so that a private copy of it is read."""
    return shown == STANDARD_INPUT or address_of(shown) is not None


def _copied(address: Address | None, name: str, files: PrivateFiles, watcher: Progress) -> Path:
    path = files.new("")
    try:
        with bounded_file(path, name, watcher.fetched) as into:
            fetch(address, into)
    except RunInterrupted as error:
        number = error.exit_code - 128
        raise RunInterrupted(number, f"Interrupted while {name} was copied; nothing was sent.") from None
    return path


def _name(shown: str) -> str:
    return STANDARD_INPUT_NAME if shown == STANDARD_INPUT else shown


@contextmanager
def _named(given: GivenFile) -> Iterator[None]:
    try:
        yield
    except SourceError as error:
        given.name_in(error)
        raise


@contextmanager
def _private_files(state: Path | None) -> Iterator[PrivateFiles]:
    temporary = Path(tempfile.gettempdir(), f"candidate-sync-{secrets.token_hex(8)}")
    files = PrivateFiles(copies_folder(state) if state else temporary)
    try:
        yield files
    finally:
        files.close(lambda path: state is not None and is_recorded(state, path))
