"""Takes what FILE names into a private file: an address by its scheme's way, or standard input."""

from __future__ import annotations

import sys

from sync.errors import SourceError
from sync.source.address import STANDARD_INPUT, Address
from sync.source.bounded_file import BoundedFile
from sync.source.local_file import BLOCK

STANDARD_INPUT_NAME = "standard input"


def fetch(address: Address | None, into: BoundedFile) -> None:
    """Write the file at the address; without one, what comes on standard input. Raises SourceError."""
    if address is None:
        _take_standard_input(into)
    elif address.scheme in {"https", "http"}:
        from sync.source.remote.web import fetch_web  # noqa: PLC0415 (a local file needs none of these)

        fetch_web(address, into)
    else:
        from sync.source.remote.storage import fetch_storage  # noqa: PLC0415

        fetch_storage(address, into)


def _take_standard_input(into: BoundedFile) -> None:
    if sys.stdin is None:
        raise SourceError(STANDARD_INPUT_NAME, "is closed: pipe a file into it, or give its name")
    if sys.stdin.isatty():
        raise SourceError(
            STANDARD_INPUT_NAME,
            f"is a terminal: send a file there, as in `candidate-sync check {STANDARD_INPUT} "
            "-m mapping.yaml < people.csv`, or give its name",
        )
    try:
        while block := sys.stdin.buffer.read(BLOCK):
            into.write(block)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(STANDARD_INPUT_NAME, f"cannot be read ({reason}): give the file's name") from None
