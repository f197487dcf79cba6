"""Stops a run of which too many rows fail."""

from __future__ import annotations

from dataclasses import dataclass

from sync.errors import RunAborted
from sync.model import OutcomeName
from sync.settings import MaxErrors


class TooManyErrors(RunAborted):
    """More of the rows sent have failed or are unknown than `--max-errors` allows."""


CANARY_ROWS = 20
"""So many rows are sent and settled before any other: if they all fail, nothing else is tried."""


@dataclass(slots=True)
class Brakes:
    """Counts the outcomes of rows that were sent, over all resumes of a run."""

    max_errors: MaxErrors
    sent: int = 0
    bad: int = 0

    def count(self, outcome: OutcomeName) -> None:
        """Count one row's outcome. Raises TooManyErrors beyond the bound."""
        self.sent += 1
        self.bad += outcome in {"failed", "unknown"}
        if self.sent == self.bad == CANARY_ROWS:
            raise TooManyErrors(
                f"The first {CANARY_ROWS} rows sent have all failed or are unknown; nothing else was sent. The report "
                "says why. Correct the file, the mapping or the target and start again; `candidate-sync resume` goes "
                "on with the other rows all the same."
            )
        if self.max_errors.exceeded(sent=self.sent, bad=self.bad):
            raise TooManyErrors(
                f"{self.bad} of {self.sent} rows sent have failed or are unknown, more than --max-errors "
                f"{self.max_errors} allows. The report says why; `candidate-sync resume` goes on with the rows that "
                "were not processed, with a higher --max-errors if they are to be sent all the same."
            )
