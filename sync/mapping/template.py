"""Templates such as `{Stage}: {Step}`: placeholders are column names and nothing more."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def split_template(text: str) -> list[str]:
    """Return literal text and placeholder names in turn, beginning and ending with literal text (maybe empty)."""
    return _PLACEHOLDER.split(text)


def template_problem(text: str) -> str | None:
    """Say what is wrong with a template, or None."""
    parts = split_template(text)
    if any("{" in literal or "}" in literal for literal in parts[::2]):
        return "has a { or } without its counterpart"
    if not all(name.strip() for name in parts[1::2]):
        return "has an empty placeholder {}"
    if len(parts) == 1:
        return "has no placeholder such as {Column}; use `value` for a constant"
    return None
