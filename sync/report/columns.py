"""The columns in which the errors of one row are told, one line an error in each."""

from __future__ import annotations

from sync.model import RowError


def told(errors: tuple[RowError, ...]) -> tuple[str, str, str, str]:
    """Code, column, message and tip of a row's errors; line N of each belongs to the N-th error."""
    return (
        "\n".join(error.code for error in errors),
        "\n".join(_line(error.column) for error in errors),
        "\n".join(_line(error.message) for error in errors),
        "\n".join(_line(error.tip) for error in errors),
    )


def _line(text: str) -> str:
    """The text on one line, so that it takes one line of the cell only."""
    return " ".join(text.splitlines())
