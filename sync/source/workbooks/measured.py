"""A part's stream that counts what comes out of it: what a zip states of its parts' sizes is a claim."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO

from sync.errors import SourceError
from sync.source.workbooks.ration import MEMORY_VARIABLE


class MeasuredStream(io.BufferedIOBase):
    """The bytes of a stream, up to `most`; then `read` raises SourceError. Closes the stream with itself."""

    def __init__(self, stream: IO[bytes], most: int, path: Path, part: str) -> None:
        self._stream = stream
        self._most = most
        self._left = most
        self._path = path
        self._part = part

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes, at most `size` of them."""
        block = self._stream.read(-1 if size is None else size)
        self._left -= len(block)
        if self._left < 0:
            raise SourceError(
                self._path,
                f"its part {self._part} unpacks to more than {self._most:,} bytes: save the table as .csv, or, "
                f"if you trust it, allow more by the environment variable {MEMORY_VARIABLE}, such as 4GB",
            )
        return block

    def readable(self) -> bool:
        """That it can be read."""
        return True

    def close(self) -> None:
        """Close it, and what it is of."""
        self._stream.close()
        super().close()
