"""Writes to standard output; needs no job, so that what answers at once does."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def say(text: str) -> None:
    """Print to standard output, as UTF-8 whatever the locale says.

    That it cannot be written, or that nobody reads on, changes nothing about what a job came to.
    """
    try:
        sys.stdout.buffer.write(f"{text.rstrip()}\n".encode())
        sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries again when it ends
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"candidate-sync: standard output cannot be written to: {error.strerror}\n")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side, as wide as their widest cell."""
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = [header, *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
