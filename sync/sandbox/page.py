"""The page that shows the OpenAPI document to people: one self-contained HTML, no script, no network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sync.sandbox.options import ASSUMPTIONS, FAULTS

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def render(openapi: Mapping[str, Any]) -> str:
    """The page for this OpenAPI document."""
    return _TEMPLATES.get_template("page.html").render(api=openapi, faults=FAULTS, assumptions=ASSUMPTIONS)
