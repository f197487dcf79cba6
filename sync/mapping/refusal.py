"""What a step of a cell's way raises when it cannot go on with a value."""

from __future__ import annotations


class CellRefused(Exception):
    """The cell's value cannot be converted.

    `code`: one of sync.codes. `reason`: goes on after the quoted value, "is not a date". `tip`: advice, "" for the
    code's own.
    """

    def __init__(self, code: str, reason: str, tip: str = "") -> None:
        self.code = code
        self.reason = reason
        self.tip = tip
        super().__init__(code)
