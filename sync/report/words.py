"""Numbers, times and states in the words that people read."""

from __future__ import annotations

from datetime import UTC, datetime

from sync.model import OutcomeName, RunStatus

STATUS_WORDS: dict[RunStatus, str] = {
    "running": "Still running",
    "checked": "Checked, nothing was sent",
    "succeeded": "Completed",
    "completed_with_errors": "Completed, some rows need attention",
    "aborted": "Aborted",
    "stopped_by_guard": "Stopped by a guard",
    "interrupted": "Interrupted",
    "killed": "Killed",
}

_OUTCOME_WORDS: dict[OutcomeName, str] = {
    "updated": "the API took them",
    "unchanged": "nothing to send",
    "rejected": "stopped before sending",
    "failed": "refused, not applied",
    "unknown": "may have been applied",
    "unprocessed": "not sent",
}


def outcome_words(status: RunStatus, outcome: OutcomeName) -> str:
    """What an outcome means, in a few words; a check's good rows are ready, not left over."""
    return "ready to send" if (status, outcome) == ("checked", "unprocessed") else _OUTCOME_WORDS[outcome]


def source_words(source: str) -> str:
    """What the run's file is called: its name or address, and `standard input` for `-`."""
    return "standard input" if source == "-" else source


def rows_of(number: int) -> str:
    """`1 row`, `1,240 rows`."""
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def duration_of(seconds: float) -> str:
    """A duration with its two largest units: `0.4 s`, `42 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`."""
    if seconds < 10:  # noqa: PLR2004 (below ten seconds the tenths are of interest)
        return f"{seconds:.1f} s"
    whole = round(seconds)
    parts = [(whole // 86400, "d"), (whole // 3600 % 24, "h"), (whole // 60 % 60, "min"), (whole % 60, "s")]
    first = next(place for place, (number, _) in enumerate(parts) if number)
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def time_of(iso: str) -> str:
    """An ISO 8601 time as `24 Nov 2025, 14:20:05 UTC`."""
    when = datetime.fromisoformat(iso).astimezone(UTC)
    return f"{when.day} {when:%b %Y, %H:%M:%S} UTC"


def rate_of(rate: float | None) -> str:
    """A rate as `9.8`, or `unknown`."""
    return "unknown" if rate is None else f"{rate:,.1f}".removesuffix(".0")
