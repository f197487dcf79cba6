"""candidate-sync: the rows of a spreadsheet become candidate updates in Paradox, and each has its outcome.

For Python programs, the same jobs as the command line's:

    import sync
    result = sync.run(Path("people.csv"), Path("mapping.yaml"), sync.Options(rate=20))
    print(result.summary.updated, result.exit_code, result.files.page)

`check`, `run`, `resume`, `retry`, `report_again`, `list_runs` and `purge` are the jobs; `Options` says how, `Access`
where to; errors are `CandidateSyncError` and its subclasses in `sync.errors`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.errors import CandidateSyncError
    from sync.jobs.check import check
    from sync.jobs.finishing import JobResult
    from sync.jobs.listing import list_runs, report_again
    from sync.jobs.purge import purge
    from sync.jobs.resume import resume
    from sync.jobs.retry import retry
    from sync.jobs.run import run
    from sync.settings import Access, MaxErrors, Options

__version__ = "0.1.0"

__all__ = [
    "Access",
    "CandidateSyncError",
    "JobResult",
    "MaxErrors",
    "Options",
    "check",
    "list_runs",
    "purge",
    "report_again",
    "resume",
    "retry",
    "run",
]

_HOMES = {
    "Access": "settings",
    "CandidateSyncError": "errors",
    "JobResult": "jobs.finishing",
    "MaxErrors": "settings",
    "Options": "settings",
    "check": "jobs.check",
    "list_runs": "jobs.listing",
    "purge": "jobs.purge",
    "report_again": "jobs.listing",
    "resume": "jobs.resume",
    "retry": "jobs.retry",
    "run": "jobs.run",
}


def __getattr__(name: str) -> object:
    """Load a job when it is first asked for: pandas and its like take a second that `--help` need not wait for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sync' has no attribute {name!r}")
    return getattr(import_module(f"sync.{_HOMES[name]}"), name)
