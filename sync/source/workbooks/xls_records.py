"""The records of an .xls: the stream that holds them, and texts that run on from one record into the next."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

import olefile  # type: ignore[import-untyped]

from sync.errors import SourceError
from sync.source.local_file import reading

_HEAD = struct.Struct("<HH")
_LENGTH = struct.Struct("<H")
_CONTINUE = 0x3C
_WIDE, _PHONETIC, _RICH = 1, 4, 8


class Record(NamedTuple):
    """A record's type, where its data begins in the stream, and how many bytes they are."""

    type: int
    at: int
    length: int


def workbook_stream(path: Path) -> bytes:
    """The bytes of the workbook's records, which stand in an OLE2 file or, rarely, alone.

    Raises SourceError when the OLE2 file has no workbook, ValueError when it is damaged.
    """
    with reading(path):
        content = path.read_bytes()
    if not content.startswith(olefile.MAGIC):
        return content
    try:
        with olefile.OleFileIO(content) as ole:
            for name in ("Workbook", "Book"):
                if ole.exists(name):
                    stream: bytes = ole.openstream(name).read()
                    return stream
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise ValueError("not a whole OLE2 file") from error
    raise SourceError(path, "is a damaged workbook (its main part is missing): get the file again")


def heads(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """The records from `start` on, as what a Record names. Raises ValueError where the stream ends within one."""
    at = start
    size = len(stream)
    unpack = _HEAD.unpack_from
    while at < size:
        if at + 4 > size:
            raise ValueError("it ends in the middle of a record")
        kind, length = unpack(stream, at)
        at += 4
        if at + length > size:
            raise ValueError("it ends in the middle of a record")
        yield kind, at, length
        at += length


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """The records from `start` on. Raises ValueError where the stream ends within one."""
    return starmap(Record, heads(stream, start))


class Continued:
    """The data of a record and of those that continue it, read from the start."""

    def __init__(self, stream: bytes, at: int, length: int) -> None:
        self._stream = stream
        self._at = at
        self._end = at + length

    @property
    def ended(self) -> bool:
        """Whether nothing is left, in the records that continue this one either."""
        return self._at >= self._end and not self._go_on()

    def take(self, count: int) -> bytes:
        """The next bytes. Raises ValueError when there are fewer."""
        taken = self._stream[self._at : min(self._at + count, self._end)]
        self._at += len(taken)
        while len(taken) < count:
            self._need_more()
            more = self._stream[self._at : min(self._at + count - len(taken), self._end)]
            self._at += len(more)
            taken += more
        return taken

    def text(self, length_bytes: int = 2) -> str:
        """A Unicode string of BIFF8 ([MS-XLS] 2.5.293, 2.5.294), behind its length in one byte or two."""
        length = int.from_bytes(self.take(length_bytes), "little")
        [flags] = self.take(1)
        runs = _LENGTH.unpack(self.take(2))[0] if flags & _RICH else 0
        phonetic = int.from_bytes(self.take(4), "little") if flags & _PHONETIC else 0
        text = self._characters(length, wide=bool(flags & _WIDE))
        self._skip(4 * runs + phonetic)
        return text

    def _skip(self, count: int) -> None:
        while count > self._end - self._at:
            count -= self._end - self._at
            self._need_more()
        self._at += count

    def _characters(self, count: int, *, wide: bool) -> str:
        """Characters; a record that continues them says anew whether they are of two bytes each."""
        pieces: list[bytes] = []
        while True:
            here = min(count, (self._end - self._at) // (2 if wide else 1))
            piece = self.take(here * (2 if wide else 1))
            # A byte alone is the lower half of a UTF-16 unit: joined first, for a pair may be cut in two.
            pieces.append(piece if wide else piece.decode("latin-1").encode("utf-16-le"))
            count -= here
            if not count:
                return b"".join(pieces).decode("utf-16-le", "replace")
            self._need_more()
            wide = bool(self.take(1)[0] & _WIDE)

    def _need_more(self) -> None:
        if not self._go_on():
            raise ValueError("a text ends too early")

    def _go_on(self) -> bool:
        """Step into the next record that continues this one; empty ones are passed over."""
        while self._end + 4 <= len(self._stream):
            kind, length = _HEAD.unpack_from(self._stream, self._end)
            if kind != _CONTINUE:
                return False
            self._at = self._end + 4
            self._end = min(self._at + length, len(self._stream))
            if length:
                return True
        return False
