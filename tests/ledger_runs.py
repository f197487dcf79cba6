"""A run as the tests of the ledger add it."""

from __future__ import annotations

from sync.ledger import Ledger, NewRun


def added_run(ledger: Ledger, run_id: str = "run-1") -> int:
    """Add a run of which nothing was read yet."""
    return ledger.create_run(
        NewRun(
            run_id=run_id,
            verb="run",
            mapping="x",
            mapping_path="x",
            mapping_hash="x",
            source="x",
            source_path="x",
            source_hash="x",
            target="https://api.example.com",
            row_limit=None,
            report_dir="x",
            started_at="2026-01-01T00:00:00+00:00",
        )
    )
