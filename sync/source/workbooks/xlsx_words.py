"""How the XML of .xlsx writes what is not a cell's value: yes and no, and where a cell is."""

from __future__ import annotations

TRUE = frozenset({"1", "true"})
_DIGITS = "0123456789"


def column_letters_of(reference: str) -> str:
    """Of a cell's reference such as B12, what names its column."""
    return reference.rstrip(_DIGITS)
