"""Finds the run that a file of failed rows is of: by where it lies, else by what it says of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sync.headers import normalise_header
from sync.ledger import Ledger, RunRecord
from sync.model import Source
from sync.report import told

_SAMPLE_ROWS = 200
_NEARLY_ALL = 0.9


class Evidence:
    """What the columns of an earlier report say in a source. `sample`: its first rows' number, codes and messages."""

    def __init__(self, source: Source) -> None:
        self._source = source
        places = {normalise_header(text): place for place, text in reversed(list(enumerate(source.header)))}
        self._row = places["sync_row"]
        self._said = [places.get(name) for name in ("sync_code", "sync_message")]
        self.sample = list(islice(self._first(), _SAMPLE_ROWS))

    def failed_rows(self, size: int) -> Iterator[dict[int, int]]:
        """Number in this file to number in the run that the file is of, at most `size` a time; emptied ones not."""
        for chunk in self._source.chunks(size):
            rows = zip(chunk.frame.index.tolist(), chunk.frame[self._row].tolist(), strict=True)
            yield {row: int(text) for row, text in rows if _is_number(text)}

    def _first(self) -> Iterator[tuple[int, str, str]]:
        for chunk in self._source.chunks(_SAMPLE_ROWS):
            for cells in chunk.frame.to_numpy().tolist():
                if _is_number(cells[self._row]):
                    code, message = ("" if place is None else cells[place] for place in self._said)
                    yield int(cells[self._row]), code, message

    def lies_in(self, run_id: str) -> bool:
        """Whether the file lies in the folder of that run's report."""
        return self._source.path.absolute().parent.name == run_id


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < len("10000000000")


def origin_of(ledger: Ledger, record: RunRecord, evidence: Evidence) -> RunRecord | None:
    """The run whose failed rows the file holds, or None where no run of this ledger and target has such rows.

    Of several with the same failures it is the newest that sent rows, as a check in between changes nothing. A run over
    this very content is none: the file was there before.
    """
    best = (False, 0, False, 0)
    found = None
    for run in ledger.runs():
        if run.run >= record.run or run.source_hash == record.source_hash or run.target not in {record.target, ""}:
            continue
        lies_there = evidence.lies_in(run.run_id)
        likeness = _likeness(ledger, run, evidence, certain=lies_there)
        rank = (lies_there, likeness, run.verb != "check", run.run)
        if likeness and rank > best:
            best, found = rank, run
    return found


def _likeness(ledger: Ledger, run: RunRecord, evidence: Evidence, *, certain: bool) -> int:
    """How much the run's failed rows are like what the file says of its rows; 0 where the file is not of that run.

    Nearly all rows must have failed there, as a few numbers in common are chance; and most of the codes that the file
    still holds must be the run's, unless it is `certain` that it is this run.
    """
    known = ledger.to_mend(run.run, [row for row, _, _ in evidence.sample])
    there = [(known[row], code, message) for row, code, message in evidence.sample if row in known]
    if len(there) < _NEARLY_ALL * len(evidence.sample):
        return 0
    said = [(told(errors), code, message) for errors, code, message in there if code]
    same = [(told_message, message) for (told_code, _, told_message, _), code, message in said if told_code == code]
    if len(same) < len(said) / 2 and not certain:
        return 0
    return len(there) + len(same) + sum(1 for told_message, message in same if told_message == message)
