"""The record of what the sandbox was asked and what it applied, and its form for others to compare."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sync.sandbox.candidates import Candidate, Candidates


@dataclass(frozen=True, slots=True)
class Applied:
    """One applied update.

    `candidate` is the id of the path, `digest` that of the applied values (see `digest`), `received` the request's
    arrival in seconds of the machine's monotonic clock.
    """

    sequence: int
    candidate: str
    oid: str
    digest: str
    received: float


class State:
    """Candidates, applied updates in their order, and the requests; safe to read from another thread.

    `answers` counts requests by status, or by fault where there was no answer; `faults` counts faults by kind;
    `arrivals` has each request's arrival (seconds of the monotonic clock) and its call, e.g. `PUT /candidates/{id}`.
    """

    def __init__(self, seed: list[Candidate] | None = None) -> None:
        self.candidates = Candidates(seed)
        self.applied: list[Applied] = []
        self.answers: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.arrivals: list[tuple[float, str]] = []
        self.lock = threading.Lock()

    def record(self, candidate: Candidate, candidate_id: str, values: Mapping[str, Any], received: float) -> None:
        """Record an update that has been applied; the caller holds the lock."""
        candidate.puts += 1
        sequence = len(self.applied) + 1
        self.applied.append(Applied(sequence, candidate_id, candidate.oid, digest(values), received))

    def puts(self, candidate_id: str) -> int:
        """How many updates were applied to the candidate with this id."""
        candidate = self.candidates.known(candidate_id)
        return candidate.puts if candidate else 0

    def values(self, candidate_id: str) -> dict[str, Any]:
        """All that was applied to the candidate with this id, by field, those that no read shows too."""
        candidate = self.candidates.known(candidate_id)
        return dict(candidate.values) if candidate else {}

    def changes(self) -> int:
        """A number that grows with everything that is recorded."""
        return len(self.arrivals) + self.answers.total()

    def document(self) -> dict[str, Any]:
        """The whole record as JSON has it.

        `candidates`: list of OID, external_oid, ex_id, created_at, updated_at, puts, values. `applied`: list of
        sequence, candidate, OID, digest, received. `answers`, `faults`: counts. `arrivals`: list of [seconds, call].
        """
        with self.lock:
            return {
                "candidates": [candidate.full() for candidate in self.candidates],
                "applied": [
                    {
                        "sequence": applied.sequence,
                        "candidate": applied.candidate,
                        "OID": applied.oid,
                        "digest": applied.digest,
                        "received": applied.received,
                    }
                    for applied in self.applied
                ],
                "answers": dict(self.answers),
                "faults": dict(self.faults),
                "arrivals": [list(arrival) for arrival in self.arrivals],
            }

    def write(self, path: Path) -> None:
        """Write the record to a file, whole or not at all."""
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_text(json.dumps(self.document(), separators=(",", ":")), encoding="ascii")
        fresh.replace(path)


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of values as compact JSON in ASCII with sorted keys; files as their name, size and sha256."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
