"""Asks a person at the terminal, also while standard input brings the file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from sync.source.address import STANDARD_INPUT

_TERMINAL = Path("/dev/tty")


def way_to_ask(file: str) -> Callable[[str], bool] | None:
    """Puts a question and says whether the answer was yes; None where nobody sits at a terminal."""
    if not sys.stderr.isatty():
        return None
    if file == STANDARD_INPUT:
        return _confirmed_beside if _has_terminal() else None
    return _confirmed if sys.stdin.isatty() else None


def _confirmed(question: str) -> bool:
    try:
        return typer.confirm(question, default=False, err=True)
    except typer.Abort:
        return False


def _has_terminal() -> bool:
    try:
        with _TERMINAL.open(encoding="utf-8"):
            return True
    except OSError:
        return False


def _confirmed_beside(question: str) -> bool:
    """Read the answer from the terminal itself: standard input holds candidates, no answers."""
    before = sys.stdin
    with _TERMINAL.open(encoding="utf-8") as terminal:
        sys.stdin = terminal
        try:
            return _confirmed(question)
        finally:
            sys.stdin = before
