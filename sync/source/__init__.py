"""Reading source files: a spreadsheet becomes chunks of text cells."""

from __future__ import annotations

from sync.headers import normalise_header
from sync.source.header import MissingColumns
from sync.source.opening import open_source
from sync.source.spec import SourceSpec

__all__ = ["MissingColumns", "SourceSpec", "normalise_header", "open_source"]
