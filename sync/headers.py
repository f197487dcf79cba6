"""How headers are compared: without regard to case, and to outer or repeated spaces."""

from __future__ import annotations


def normalise_header(text: str) -> str:
    """Return the form under which two headers are the same; no-break and other Unicode spaces count as spaces."""
    return " ".join(text.split()).casefold()
