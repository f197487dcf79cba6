"""`resume`: goes on with a run that was interrupted, aborted or killed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sync.errors import SettingsError, SourceError
from sync.jobs.finishing import JobResult
from sync.jobs.kept import GivenFile, is_copied, recorded_file
from sync.jobs.listing import rewrite, shown_status
from sync.jobs.prepare import Prepared, prepare
from sync.jobs.progress import Progress, Silent
from sync.jobs.record import only_pusher
from sync.jobs.signals import raise_on_signals
from sync.jobs.sitting import Ask, Sitting, limits_in_force
from sync.ledger import Ledger, RunRecord
from sync.settings import Access, Options
from sync.source.local_file import fingerprint

_CAN_GO_ON = {"interrupted", "aborted", "killed", "stopped_by_guard"}


def resume(
    run_id: str | None = None,
    options: Options | None = None,
    access: Access | None = None,
    progress: Progress | None = None,
    ask: Ask | None = None,
) -> JobResult:
    """Go on with run `run_id`, or with the one run of the ledger that can be gone on with.

    A run that has ended has its report written again and returns its exit code. Raises SettingsError when none or
    several can be resumed, and when the target, the file or the mapping is not the run's; LedgerBusy as `run` does.
    """
    options, access = options or Options(), access or Access()
    with raise_on_signals(), closing(Ledger.existing(options.state)) as ledger:
        record = ledger.get_run(run_id) if run_id else _the_one_to_resume(ledger)
        if record.verb == "check" or shown_status(ledger, record) not in _CAN_GO_ON | {"running"}:
            return rewrite(ledger, record)
        with only_pusher(ledger, options.wait):
            record = ledger.get_run(record.run_id)  # another process may have gone on with it during the wait
            if shown_status(ledger, record) not in _CAN_GO_ON:
                return rewrite(ledger, record)
            access.require_credentials()
            with recorded_file(record, ledger.path) as given:
                prepared = prepare_again(record, given, access.base_url)
                limits = limits_in_force(prepared, options)
                sitting = Sitting(ledger, prepared, access, limits, options.patience, progress or Silent(), ask)
                return sitting.go_on(record)


def _the_one_to_resume(ledger: Ledger) -> RunRecord:
    found = [one for one in ledger.runs() if one.verb != "check" and shown_status(ledger, one) in _CAN_GO_ON]
    if not found:
        raise SettingsError(f"No run of the ledger {ledger.path} is waiting to be resumed.")
    if len(found) > 1:
        listed = "\n".join(f"  {one.run_id}  {one.source}  {shown_status(ledger, one)}" for one in found)
        raise SettingsError(f"Several runs can be resumed; name one:\n{listed}")
    return found[0]


def prepare_again(record: RunRecord, given: GivenFile, target: str) -> Prepared:
    """Open the run's mapping and source again, refusing what is not the same as when it began."""
    if target != record.target:
        raise SettingsError(
            f"Run {record.run_id} writes to {record.target}, but PARADOX_API_URL is {target}: set it to the run's."
        )
    if is_copied(given.shown) and not given.path.is_file():
        raise SourceError(
            given.name, f"the private copy that run {record.run_id} works on has gone: start a new run of the same file"
        )
    for name, path, known in (
        ("mapping", Path(record.mapping_path), record.mapping_hash),
        ("file", given.path, record.source_hash),
    ):
        if not path.is_file():
            raise SourceError(path, f"the {name} of run {record.run_id} is no longer there; put it back to resume")
        if fingerprint(path) != known:
            raise SourceError(
                path,
                f"the {name} was changed since run {record.run_id} began: put the old one back, or start a new run",
            )
    return prepare(given, Path(record.mapping_path))
