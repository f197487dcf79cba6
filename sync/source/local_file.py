"""The source as a file of bytes: that it is there and holds something, and its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SourceError

BLOCK = 1 << 20
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the operating system says while the file is read into a SourceError."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(path, f"cannot be read ({reason}): check the file and its permissions") from error


def blocks(path: Path) -> Iterator[bytes]:
    """The file's bytes, about a megabyte at a time."""
    with reading(path), path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def refuse_unreadable(path: Path) -> None:
    """Raise SourceError unless the path is a readable file with something else than white space in it."""
    with reading(path):
        if path.is_dir():
            raise SourceError(path, "is a directory: give a .csv or .xlsx file")
        if not path.exists():
            raise SourceError(path, "there is no such file: check the name and the directory")
        if not path.is_file():
            raise SourceError(path, "is not a regular file: give a .csv or .xlsx file")
    for block in blocks(path):
        for mark in _BYTE_ORDER_MARKS:
            block = block.removeprefix(mark)  # noqa: PLW2901
        if block.strip():
            return
    raise SourceError(path, "is empty: it needs a header line and rows below it")


def fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes as they are now, in hex. Raises SourceError when the file cannot be read."""
    digest = hashlib.sha256()
    for block in blocks(path):
        digest.update(block)
    return digest.hexdigest()
