"""The summary as JSON: what `summary.json` holds and `--json` prints."""

from __future__ import annotations

import json
from dataclasses import fields

from sync.model import RunSummary

_DIGITS = {"duration_s": 3, "rate_limit": 2, "achieved_rate": 2}


def summary_json(summary: RunSummary) -> str:
    """The summary's fields in their order, as ASCII-only JSON with a final newline; no value of a cell is in it."""
    document = {field.name: _shown(summary, field.name) for field in fields(summary)}
    return json.dumps(document, indent=2) + "\n"


def _shown(summary: RunSummary, name: str) -> object:
    if name == "errors":
        return [{"code": error.code, "title": error.title, "rows": error.rows} for error in summary.errors]
    value = getattr(summary, name)
    if name in _DIGITS and value is not None:
        return round(value, _DIGITS[name])
    return value
