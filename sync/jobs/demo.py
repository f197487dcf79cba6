"""`demo`: the whole job on a sample file, against the sandbox with faults; needs no account and no network."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from sync.errors import CandidateSyncError
from sync.jobs.finishing import JobResult
from sync.jobs.progress import Progress
from sync.jobs.run import run
from sync.jobs.samples import samples_folder
from sync.sandbox import SandboxOptions, running_sandbox
from sync.settings import Access, Options

_SANDBOX = SandboxOptions(
    rate_limit=20,
    faults={"503": 0.06, "reset-before": 0.04, "errors-in-200": 0.03},
    random_seed=7,
)
_REJECTED = 9


class DemoFailed(CandidateSyncError):
    """The demo did not go as designed: a defect of the program or of its installation."""


def demo(say: Callable[[str], None], progress: Progress) -> JobResult:
    """Push the recruiter's sample through a sandbox and check that the report says what the sandbox applied.

    Raises DemoFailed when the outcomes are not what the sample and the sandbox's state make them.
    """
    folder = samples_folder()
    file, mapping = folder / "sample_data" / "recruiter-upload.xlsx", folder / "mappings" / "recruiter-upload.yaml"
    place = Path(tempfile.mkdtemp(prefix="candidate-sync-demo-"))
    options = Options(rate=25, state=place / "ledger.db", report_dir=place / "reports")
    with running_sandbox(_SANDBOX) as sandbox:
        say(f"A stand-in for the API listens at {sandbox.base_url}; it loses some requests on purpose.")
        say(f"Pushing {file.name} through it, with {mapping.name}.\n")
        access = Access(api_url=sandbox.base_url, client_id="demo", client_secret=SecretStr("demo"), access_token=None)
        result = run(file, mapping, options, access, progress)
        applied = len({one.candidate for one in sandbox.state.applied})
    summary = result.summary
    if result.reason:
        return result
    if summary.updated != applied or summary.rejected != _REJECTED or summary.unprocessed:
        raise DemoFailed(
            f"The demo did not go as designed: {summary.updated} rows are reported as updated and {applied} candidates "
            f"were changed; {summary.rejected} rows were rejected ({_REJECTED} expected)."
        )
    return result
