"""`retry`: a new run of just the rows of another whose failure may have passed, or that have no certain outcome."""

from __future__ import annotations

from contextlib import closing

from sync.errors import SettingsError
from sync.jobs.finishing import JobResult
from sync.jobs.kept import recorded_file
from sync.jobs.progress import Progress, Silent
from sync.jobs.record import add_run, only_pusher
from sync.jobs.resume import prepare_again
from sync.jobs.signals import raise_on_signals
from sync.jobs.sitting import Ask, Sitting, limits_in_force
from sync.ledger import Ledger
from sync.settings import Access, Options


def retry(
    run_id: str,
    options: Options | None = None,
    access: Access | None = None,
    progress: Progress | None = None,
    ask: Ask | None = None,
) -> JobResult:
    """Send again the rows of run `run_id` that failed for a passing cause, are unknown, or were never processed.

    Raises SettingsError for a check, and when the target, the file or the mapping is not the run's; LedgerBusy as
    `run` does.
    """
    options, access = options or Options(), access or Access()
    with raise_on_signals(), closing(Ledger.existing(options.state)) as ledger:
        retried = ledger.get_run(run_id)
        if retried.verb == "check":
            raise SettingsError(f"Run {run_id} was a check and sent nothing: `candidate-sync run` sends its rows.")
        access.require_credentials()
        with only_pusher(ledger, options.wait):
            retried = ledger.get_run(run_id)  # another process may have gone on with it during the wait
            if retried.phase == "reading":
                raise SettingsError(f"Run {run_id} was not read to its end: `candidate-sync resume {run_id}` goes on.")
            with recorded_file(retried, ledger.path) as given:
                prepared = prepare_again(retried, given, access.base_url)
                limits = limits_in_force(prepared, options)
                sitting = Sitting(ledger, prepared, access, limits, options.patience, progress or Silent(), ask)
                return sitting.go_on(add_run(ledger, "retry", prepared, options, retried.target, retried))
