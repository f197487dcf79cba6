"""Finds the runs that the rows of a file of failed rows are of, by what the file says of each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sync.headers import normalise_header
from sync.ledger import Ledger, RunRecord, ToMend
from sync.model import Source
from sync.report import told

_MOST_VAIN_SEARCHES = 20
"""A search goes over every run of the ledger; a file that none of them knows is not looked for without end."""
_CODES_OF_THE_ID = frozenset({"missing-id", "invalid-id", "duplicate-candidate", "http-404"})
"""Where the id itself was wrong, the mended row has another."""


class Said(NamedTuple):
    """What a row says of its failure, and its candidate here. `row`: its number in the run that it failed in."""

    row: int
    candidate: str
    code: str
    message: str


class Origins:
    """The runs that the rows of `source` failed in; a file may have been joined from those of several runs."""

    def __init__(self, ledger: Ledger, record: RunRecord, source: Source) -> None:
        self._ledger = ledger
        self._record = record
        self._source = source
        self._found: list[RunRecord] = []
        self._vain = 0

    def of_rows(self, rows: dict[int, Said]) -> Iterator[tuple[RunRecord | None, dict[int, Said]]]:
        """The rows (by number in this file) of each run, and last those of no run of this ledger, with None."""
        for run in self._found:
            if fitting := self._fitting(run, rows):
                yield run, fitting
                rows = {number: said for number, said in rows.items() if number not in fitting}
        while rows and self._vain < _MOST_VAIN_SEARCHES:
            best = self._most_like(rows)
            if best is None:
                self._vain += 1
                break
            self._found.append(best)
            fitting = self._fitting(best, rows)
            yield best, fitting
            rows = {number: said for number, said in rows.items() if number not in fitting}
        if rows:
            yield None, rows

    def _most_like(self, rows: dict[int, Said]) -> RunRecord | None:
        """The run that most of the rows are of: the newest of several that sent rows, as a check changes nothing.

        A run over this very content is none: the file was there before. One of whose report the file lies in the folder
        goes before all others.
        """
        lies_in = self._source.path.absolute().parent.name
        best = (False, 0, False, 0)
        found = None
        for run in self._ledger.runs():
            if not self._may_be_of(run):
                continue
            rank = (run.run_id == lies_in, self._likeness(run, rows), run.verb != "check", run.run)
            if rank[1] and rank > best:
                best, found = rank, run
        return found

    def _may_be_of(self, run: RunRecord) -> bool:
        record = self._record
        return run.run < record.run and run.source_hash != record.source_hash and run.target in {record.target, ""}

    def _fitting(self, run: RunRecord, rows: dict[int, Said]) -> dict[int, Said]:
        known = self._ledger.to_mend(run.run, [said.row for said in rows.values()])
        return {number: said for number, said in rows.items() if said.row in known and _fits(known[said.row], said)}

    def _likeness(self, run: RunRecord, rows: dict[int, Said]) -> int:
        """How many rows fit, and of how many the code and the message are still there and the same."""
        known = self._ledger.to_mend(run.run, [said.row for said in rows.values()])
        likeness = 0
        for said in rows.values():
            if said.row in known and _fits(known[said.row], said):
                code, _, message, _ = told(known[said.row].errors)
                likeness += 1 + (code.split() == said.code.split()) + (message.split() == said.message.split())
        return likeness


def _fits(failed: ToMend, said: Said) -> bool:
    code, _, message, _ = told(failed.errors)
    if said.code and said.code.split() != code.split():
        return False
    return failed.candidate == said.candidate or (
        said.message.split() == message.split() and not _CODES_OF_THE_ID.isdisjoint(code.split())
    )


def failed_rows(ledger: Ledger, run: int, source: Source, size: int) -> Iterator[dict[int, Said]]:
    """What the rows say of their failure, by their number in this file, at most `size` a time.

    A row whose cell sync_row was emptied is left out. `run` is the run that has recorded the rows of this file.
    """
    places = {normalise_header(text): place for place, text in reversed(list(enumerate(source.header)))}
    if "sync_row" not in places:
        return
    wanted = [places.get(name) for name in ("sync_row", "sync_code", "sync_message")]
    for chunk in source.chunks(size):
        numbers = chunk.frame.index.tolist()
        said = zip(
            *([""] * len(numbers) if place is None else chunk.frame[place].tolist() for place in wanted), strict=True
        )
        stated = {number: told for number, told in zip(numbers, said, strict=True) if _is_number(told[0])}
        candidates = ledger.candidates(run, list(stated))
        yield {
            number: Said(int(row), candidates.get(number, ""), code, message)
            for number, (row, code, message) in stated.items()
        }


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < len("10000000000")
