"""The ledger: the one place that knows what became of every row of every run."""

from sync.ledger.ledger import Ledger
from sync.ledger.origins import ToMend
from sync.ledger.rows import NewRow
from sync.ledger.runs import NewRun, RunRecord, Verb
from sync.ledger.writer import LedgerWriter

__all__ = ["Ledger", "LedgerWriter", "NewRow", "NewRun", "RunRecord", "ToMend", "Verb"]
