"""Private files that are seen whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import SettingsError


class NotAsWritten(SettingsError):
    """The file does not read as what was to be written; it is not handed out."""

    def __init__(self, path: Path, what: str) -> None:
        self.name = path.name
        super().__init__(
            f"{path.name} was not written, as {what} would not load again as it is: results.csv says what is wrong "
            "with which row, to be mended in the source itself."
        )


def private_folder(folder: Path) -> None:
    """Make the folder and those above it; it is its owner's alone (0700), whatever it was before."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Yield a private file (0600) beside `path`; it takes the place of `path` when the block ends well.

    When the block raises, `path` is left as it was and the file beside it is removed.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write `text` as UTF-8; characters that UTF-8 has no form for are written as escapes."""
    with replaced(path) as beside:
        beside.write_text(text, encoding="utf-8", errors="backslashreplace")
