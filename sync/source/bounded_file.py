"""A private file that is written block by block, counted while it comes, and never fills the disk."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from sync.errors import SettingsError, SourceError

VARIABLE = "CANDIDATE_SYNC_FILE_SIZE"
DEFAULT_MOST_BYTES = 20_000_000_000
_LEFT_FREE_BYTES = 200_000_000
_LOOKED_EVERY_BYTES = 64 << 20
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def most_bytes() -> int | None:
    """The size that the environment allows, e.g. `50GB`; None where it says nothing. Raises SettingsError."""
    text = os.environ.get(VARIABLE, "").strip()
    if not text:
        return None
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)b?", text.lower())
    if match is None:
        raise SettingsError(f"{VARIABLE}: {text!r} is not a size such as 500MB or 50GB")
    return int(float(match[1]) * _UNITS[match[2]])


def size_text(size: int) -> str:
    """A size for people, e.g. `20 GB`."""
    for unit, one in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= one:
            return f"{size / one:.3g} {unit}"
    return f"{size} bytes"


@dataclass
class BoundedFile:
    """The file, open for writing.

    `name`: what the user gave, for messages. `most`: bytes it may hold. `why`: what a larger one is told, after its
    size. `wrote` is told the bytes so far.
    """

    file: FileIO
    path: Path
    name: str
    most: int
    why: str
    wrote: Callable[[int], None]
    size: int = 0
    _look_at: int = _LOOKED_EVERY_BYTES

    def expect(self, size: int | None) -> None:
        """Raise SourceError when a file of the announced `size`, if any is, cannot be taken."""
        if size is not None:
            self._refuse(size)
            if size >= _LOOKED_EVERY_BYTES:
                self._refuse_full_disk(size)

    def write(self, block: bytes) -> None:
        """Add a block. Raises SourceError when the file gets too large, or the disk full."""
        self.size += len(block)
        self._refuse(self.size)
        if self.size >= self._look_at:
            self._refuse_full_disk(0)
            self._look_at = self.size + _LOOKED_EVERY_BYTES
        left = memoryview(block)
        with self.writing():
            while left:
                left = left[self.file.write(left) :]
        self.wrote(self.size)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the operating system says into a SettingsError."""
        try:
            yield
        except OSError as error:
            raise _unwritable(self.path, error) from None

    def _refuse(self, size: int) -> None:
        if size > self.most:
            raise SourceError(self.name, f"is larger than {size_text(self.most)}{self.why}")

    def _refuse_full_disk(self, coming: int) -> None:
        if shutil.disk_usage(self.path.parent).free < coming + _LEFT_FREE_BYTES:
            raise SettingsError(
                f"{self.path.parent} has no room for a private copy of {self.name}: free some space, or name a ledger "
                "on another disk with --state."
            )


def _unwritable(path: Path, error: OSError) -> SettingsError:
    reason = error.strerror or str(error)
    return SettingsError(
        f"No private copy can be written to {path.parent}: {reason}. Name another ledger with --state."
    )


@contextmanager
def bounded_file(
    path: Path, name: str, wrote: Callable[[int], None] = lambda _size: None, packed_size: int | None = None
) -> Iterator[BoundedFile]:
    """Write the new file `path` (0600), safely on disk at the end; removed when the block raises.

    `name`: what the user gave. `wrote` is told the bytes so far.
    `packed_size`: what is written is unpacked from a file of so many bytes, and may be so many times larger only.
    """
    most, why = _bound(packed_size)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with FileIO(handle, "wb") as file:
            bounded = BoundedFile(file, path, name, most, why, wrote)
            yield bounded
            with bounded.writing():
                os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


_EXPANDS_AT_MOST = 250
_ALWAYS_FINE_BYTES = 1_000_000_000


def _bound(packed_size: int | None) -> tuple[int, str]:
    """How many bytes may come, and what to do where more do."""
    allow = f"if that is right, allow it with {VARIABLE}, e.g. {VARIABLE}=50GB"
    said = most_bytes()
    most = DEFAULT_MOST_BYTES if said is None else said
    if packed_size is None:
        return most, f": {allow}"
    if said is None:
        most = min(most, max(_ALWAYS_FINE_BYTES, packed_size * _EXPANDS_AT_MOST))
    return most, f" when it is unpacked: {allow}, or unpack it and give the file inside"
