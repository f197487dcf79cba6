"""What the mapping says about the file: which sheet, which header row, which dialect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """The mapping's `source` section; None means that the file itself decides.

    `sheet`: a name, or a number as text: 1 is the first tab that can be seen. `header`: the header's row, 1-based.
    `encoding`: a codec's name. `delimiter`: one character, or tab, comma, semicolon, pipe.
    """

    sheet: str | None = None
    header: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    hidden_rows: Literal["include", "skip"] = "include"
