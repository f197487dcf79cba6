"""Private copies: of what is no local file, kept as long as a run reads them, and gone with it."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sync
from sync.errors import SourceError
from sync.sandbox import RunningSandbox
from tests.black_box import TOKEN, answering, report_of, summary_of
from tests.conftest import MAPPING, ROOT, Workplace, access_to
from tests.file_server import Reply, serving

PEOPLE = b"ID,First,Last,Email\nC1,Ann,Lee,ann@example.com\nC2,Bo,Lee,bo.example\n"
Sandbox = Callable[..., RunningSandbox]


@pytest.fixture
def mapped(workplace: Workplace) -> Workplace:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    return workplace


def copies(workplace: Workplace, ledger: str = "ledger.db") -> list[Path]:
    return sorted((workplace.folder / f"{ledger}.copies").glob("*"))


def piped(workplace: Workplace, content: bytes, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """The real command with a file on its standard input."""
    file = workplace.folder / "piped"
    file.write_bytes(content)
    with file.open("rb") as stdin:
        file.unlink()
        return workplace.command(*arguments, "--state", "ledger.db", url=url, stdin=stdin)


def stopped_run(workplace: Workplace, access: sync.Access) -> str:
    """A run over an address, stopped before it sent anything; the file is not there any more."""
    with serving({"/people.csv": Reply(PEOPLE)}) as server:
        file = f"{server.url}/people.csv?sig=1"
        result = sync.run(file, workplace.mapping, workplace.options(), access, ask=lambda _question: False)
    assert result.exit_code == 6
    return result.summary.run_id


@pytest.mark.parametrize("go_on", [sync.resume, sync.retry], ids=["resume", "retry"])
def test_a_run_is_gone_on_with_from_the_copy(
    mapped: Workplace, sandbox: Sandbox, go_on: Callable[..., sync.JobResult]
) -> None:
    api = sandbox()
    run_id = stopped_run(mapped, access_to(api))
    result = go_on(run_id, mapped.options(), access_to(api))
    assert (result.summary.updated, result.summary.rejected) == (1, 1 if go_on is sync.resume else 0)
    assert [one.candidate for one in api.state.applied] == ["C1"]


def test_the_report_is_written_again_from_the_copy(mapped: Workplace, sandbox: Sandbox) -> None:
    run_id = stopped_run(mapped, access_to(sandbox()))
    failed = report_of(mapped) / "failed.csv"
    before = failed.read_bytes()
    failed.unlink()
    sync.report_again(run_id, mapped.options())
    assert failed.read_bytes() == before


def test_a_copy_is_private(mapped: Workplace, sandbox: Sandbox) -> None:
    stopped_run(mapped, access_to(sandbox()))
    (copy,) = copies(mapped)
    assert copy.read_bytes() == PEOPLE
    assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)] == [0o600, 0o700]


@pytest.mark.parametrize("job", ["resume", "retry"])
def test_a_copy_that_has_gone_is_told(mapped: Workplace, sandbox: Sandbox, job: str) -> None:
    access = access_to(sandbox())
    run_id = stopped_run(mapped, access)
    copies(mapped)[0].unlink()
    with pytest.raises(SourceError, match=r"/people\.csv: the private copy that run .* works on has gone: start a new"):
        getattr(sync, job)(run_id, mapped.options(), access)


def test_a_copy_that_was_changed_is_told_by_the_address(mapped: Workplace, sandbox: Sandbox) -> None:
    access = access_to(sandbox())
    run_id = stopped_run(mapped, access)
    copies(mapped)[0].write_bytes(PEOPLE.replace(b"Ann", b"Eve"))
    with pytest.raises(SourceError, match=r"^http://.*/people\.csv: the file was changed since run"):
        sync.resume(run_id, mapped.options(), access)


def test_a_report_without_its_copy_lacks_just_the_failed_rows(mapped: Workplace, sandbox: Sandbox) -> None:
    run_id = stopped_run(mapped, access_to(sandbox()))
    copies(mapped)[0].unlink()
    again = sync.report_again(run_id, mapped.options())
    assert (again.summary.rejected, again.files.failed) == (1, None)


def test_purge_deletes_a_copy_with_the_last_run_that_reads_it(mapped: Workplace, sandbox: Sandbox) -> None:
    access = access_to(sandbox())
    run_id = stopped_run(mapped, access)
    sync.retry(run_id, mapped.options(), access)
    sync.purge(3600, mapped.options())
    assert len(copies(mapped)) == 1
    assert len(sync.purge(0, mapped.options())) == 2
    assert not (mapped.folder / "ledger.db.copies").exists()


def test_a_check_keeps_its_copy(mapped: Workplace) -> None:
    with serving({"/people.csv": Reply(PEOPLE)}) as server:
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())
    assert len(copies(mapped)) == 1


def test_a_run_that_is_forgotten_leaves_no_copy(mapped: Workplace, sandbox: Sandbox) -> None:
    unclosed = Reply(PEOPLE + b'C3,"Cy,Lee,cy@example.com\n')
    with serving({"/people.csv": unclosed}) as server, pytest.raises(SourceError, match=r"^http://"):
        sync.run(f"{server.url}/people.csv", mapped.mapping, mapped.options(), access_to(sandbox()))
    assert copies(mapped) == []


def test_standard_input_is_run_as_csv_and_resumed_without_it(mapped: Workplace) -> None:
    answers = {"POST": (401, "{}"), "PUT": (200, '{"success": true}')}
    with answering(answers) as (url, seen):
        refused = piped(mapped, PEOPLE, "run", "-", "-m", "mapping.yaml", url=url)
        assert (refused.returncode, summary_of(mapped)["source"]) == (4, "-")
        answers["POST"] = TOKEN
        resumed = mapped.command("resume", "--state", "ledger.db", url=url)
    assert (resumed.returncode, [path[-3:] for method, path, _ in seen if method == "PUT"]) == (3, ["/C1"])


def test_a_check_of_standard_input_says_how_to_go_on(mapped: Workplace) -> None:
    done = piped(mapped, PEOPLE, "check", "-", "-m", "mapping.yaml")
    assert (done.returncode, len(copies(mapped))) == (3, 1)
    assert "mapping.yaml fits standard input." in done.stdout
    assert "Let standard input bring the same file again." in done.stdout


def test_a_workbook_on_standard_input_is_read(workplace: Workplace) -> None:
    workbook = (ROOT / "sample_data" / "recruiter-upload.xlsx").read_bytes()
    done = piped(workplace, workbook, "check", "-", "-m", str(ROOT / "mappings" / "recruiter-upload.yaml"))
    assert (done.returncode, summary_of(workplace)["rejected"]) == (3, 9)


def test_empty_standard_input_is_told(mapped: Workplace) -> None:
    done = piped(mapped, b"", "check", "-", "-m", "mapping.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("candidate-sync: standard input: is empty: it needs a header line and rows below it\n")
    assert copies(mapped) == []


def test_a_terminal_as_standard_input_is_told(mapped: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    with pytest.raises(SourceError, match=r"standard input: is a terminal: send a file there, as in"):
        sync.check("-", mapped.mapping, mapped.options())


@pytest.mark.parametrize(("answer", "sent", "code"), [("n", 0, 6), ("y", 1, 3)])
def test_a_question_is_answered_at_the_terminal_and_not_by_the_piped_file(
    mapped: Workplace, sandbox: Sandbox, answer: str, sent: int, code: int
) -> None:
    api = sandbox()
    (mapped.folder / "people.csv").write_bytes(PEOPLE)
    spawn = (
        "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh', '-c', "
        f"'{sys.executable} -m sync run - -m mapping.yaml < people.csv'])))"
    )
    environment = {
        "PARADOX_API_URL": api.base_url,
        "PARADOX_ACCESS_TOKEN": "token",
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [sys.executable, "-c", spawn],
        cwd=mapped.folder,
        env=environment,
        input=f"{answer}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "1 rows change email" in done.stdout
    assert (len(api.state.applied), done.returncode) == (sent, code)
