"""Reading source files: a spreadsheet becomes chunks of text cells."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.headers import normalise_header
    from sync.source.header import MissingColumns, shows_data
    from sync.source.opening import first_rows, open_source
    from sync.source.spec import SourceSpec

__all__ = ["MissingColumns", "SourceSpec", "first_rows", "normalise_header", "open_source", "shows_data"]

_HOMES = {
    "MissingColumns": "sync.source.header",
    "SourceSpec": "sync.source.spec",
    "first_rows": "sync.source.opening",
    "normalise_header": "sync.headers",
    "open_source": "sync.source.opening",
    "shows_data": "sync.source.header",
}


def __getattr__(name: str) -> object:
    """Load what is asked for when it is: the process that reads workbooks needs no pandas and starts the sooner."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sync.source' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
