"""Finds the runs that the rows of a file of failed rows are of, by what the file says of each row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sync.headers import normalise_header
from sync.ledger import Ledger, RunRecord, ToMend
from sync.model import Source
from sync.report import told

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
        self._lies_in = source.path.absolute().parent.name
        # A run over this very content is none of them: the file was there before.
        self._runs = [
            run
            for run in ledger.runs()
            if run.run < record.run and run.source_hash != record.source_hash and run.target in {record.target, ""}
        ]

    def of_rows(self, rows: dict[int, Said]) -> list[tuple[RunRecord | None, dict[int, Said]]]:
        """The rows, by number in this file, of each run; with None those of no run of this ledger.

        Of several runs in which a row failed alike, nobody can tell which one it is of, but for the folder in which the
        file lies. Then the first counts that sent rows: taken for a later one, the row would be sent over an update
        that came between them; taken for an earlier one, at worst it is held back, and says so.
        """
        best: dict[int, tuple[_Rank, RunRecord]] = {}
        for run in self._runs:
            known = self._ledger.to_mend(run.run, [said.row for said in rows.values()])
            for number, said in rows.items():
                likeness = _likeness(known[said.row], said) if said.row in known else 0
                rank = (run.run_id == self._lies_in, likeness, run.verb != "check", -run.run)
                if likeness and (number not in best or rank > best[number][0]):
                    best[number] = rank, run
        of_run: dict[int, tuple[RunRecord | None, dict[int, Said]]] = {}
        for number, said in rows.items():
            origin = best[number][1] if number in best else None
            of_run.setdefault(origin.run if origin else 0, (origin, {}))[1][number] = said
        return list(of_run.values())


_Rank = tuple[bool, int, bool, int]


def _likeness(failed: ToMend, said: Said) -> int:
    """How much a row that failed is like what the file says of it; 0 where it is another one."""
    code, _, message, _ = told(failed.errors)
    same_code, same_message = code.split() == said.code.split(), message.split() == said.message.split()
    if said.code and not same_code:
        return 0
    mended_id = same_message and not _CODES_OF_THE_ID.isdisjoint(code.split())
    return 1 + same_code + same_message if failed.candidate == said.candidate or mended_id else 0


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
        stated = {number: texts for number, texts in zip(numbers, said, strict=True) if _is_number(texts[0])}
        candidates = ledger.candidates(run, list(stated))
        yield {
            number: Said(int(row), candidates[number], code, message)
            for number, (row, code, message) in stated.items()
            if number in candidates  # which those beyond a --limit are not
        }


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < len("10000000000")
