"""What a job tells whoever watches it, while it works."""

from __future__ import annotations

from typing import Protocol

from sync.model import OutcomeName


class Progress(Protocol):
    """Told of each step; implementations must be quick, since they are called for every row."""

    def fetching(self, *, source: str, target: str, ledger: str) -> None:
        """What is no local file will be copied now, for a run against `target` in `ledger`, before anything else."""
        ...

    def fetched(self, size: int) -> None:
        """So many bytes of it have come."""
        ...

    def started(self, *, run_id: str, target: str, ledger: str) -> None:
        """A run begins: whom it writes to and where it is recorded, before anything else."""
        ...

    def reading(self, rows: int) -> None:
        """So many rows have been read and checked."""
        ...

    def noted(self, note: str) -> None:
        """What the reader has to say of the file that was read: hidden rows, a guessed encoding."""
        ...

    def pushing(self, *, due: int) -> None:
        """The file has been read; so many rows are to be sent."""
        ...

    def settled(self, outcome: OutcomeName) -> None:
        """A row that was sent has its outcome."""
        ...

    def waiting(self, *, api_down: bool) -> None:
        """The API does not answer and rows are held back, or it is back."""
        ...


class Silent:
    """Progress for nobody."""

    def fetching(self, *, source: str, target: str, ledger: str) -> None:
        """Say nothing."""

    def fetched(self, size: int) -> None:
        """Say nothing."""

    def started(self, *, run_id: str, target: str, ledger: str) -> None:
        """Say nothing."""

    def reading(self, rows: int) -> None:
        """Say nothing."""

    def noted(self, note: str) -> None:
        """Say nothing."""

    def pushing(self, *, due: int) -> None:
        """Say nothing."""

    def settled(self, outcome: OutcomeName) -> None:
        """Say nothing."""

    def waiting(self, *, api_down: bool) -> None:
        """Say nothing."""
