"""How headers are compared: without regard to case, and to outer or repeated spaces."""

from __future__ import annotations

_UNSEEN = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)


def normalise_header(text: str) -> str:
    """Return the form under which two headers are the same.

    No-break and other Unicode spaces count as spaces; characters that nobody sees, such as a zero-width space, do not
    count.
    """
    return " ".join(text.translate(_UNSEEN).split()).casefold()
