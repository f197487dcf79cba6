"""Workbooks are read in a process of their own, with limits: whatever happens to it, the user reads one line."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sync.errors import SettingsError, SourceError
from sync.source import SourceSpec, open_source
from sync.source.workbooks.child import opened_in_child
from sync.source.workbooks.limits import Limits
from tests.conftest import ROOT
from tests.corpus import CORPUS, needs_corpus
from tests.source_files import raw_workbook, with_rows, workbook_file

needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")


def children() -> list[int]:
    return [int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


@pytest.fixture
def others() -> set[int]:
    """The processes that other tests have left to this one."""
    return set(children())


def gone(pid: int, within_s: float = 20.0) -> bool:
    """Whether the process has ended, or does so in time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor):
        return bool(select.select([descriptor], [], [], within_s)[0])


def long_workbook(folder: Path) -> Path:
    return raw_workbook(folder, "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 5001)))


def test_what_needs_more_memory_than_allowed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_MEMORY", "100MB")
    strings = "".join(f"<si><t>{n}{'x' * 900}</t></si>" for n in range(150_000))
    path = raw_workbook(tmp_path, '<row><c t="s"><v>149999</v></c></row>', strings=strings)
    with pytest.raises(SourceError, match=r"needs more than 100.*MB of memory .* CANDIDATE_SYNC_MEMORY, such as 400MB"):
        open_source(path, SourceSpec(), ())


def test_more_memory_can_be_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_MEMORY", "2GB")
    assert open_source(long_workbook(tmp_path), SourceSpec(), ()).header == ("1",)


def test_a_memory_that_is_no_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_MEMORY", "plenty")
    with pytest.raises(SettingsError, match="CANDIDATE_SYNC_MEMORY must be a size such as 4GB, not 'plenty'"):
        open_source(long_workbook(tmp_path), SourceSpec(), ())


def test_what_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path, '<row><c t="s"><v>999999999</v></c></row>', strings="<si><r/></si>" * 6_000_000)
    with opened_in_child(path, Limits(processor_s=0.5)) as reader:
        rows = reader.rows(0)
        with pytest.raises(SourceError, match="takes longer to read than honest"):
            next(rows)


@needs_proc
def test_a_reader_that_dies_midway_is_one_line(tmp_path: Path, others: set[int]) -> None:
    source = open_source(long_workbook(tmp_path), SourceSpec(), ())
    chunks = source.chunks(10)
    next(chunks)
    (child,) = set(children()) - others
    os.kill(child, signal.SIGKILL)
    with pytest.raises(SourceError, match="the system ended its reader"):
        list(chunks)


def test_rows_are_not_read_on_once_another_sheet_was_begun(tmp_path: Path) -> None:
    with opened_in_child(long_workbook(tmp_path)) as reader:
        begun = reader.rows(0)
        next(begun)
        assert next(reader.rows(0)).number == 1
        with pytest.raises(RuntimeError, match="another operation was begun"):
            list(begun)


@needs_proc
def test_rows_that_are_not_read_on_leave_no_process_behind(tmp_path: Path, others: set[int]) -> None:
    chunks = open_source(long_workbook(tmp_path), SourceSpec(), ()).chunks(10)
    next(chunks)
    chunks.close()  # type: ignore[attr-defined]
    assert set(children()) <= others


@needs_proc
def test_the_process_gets_no_secret(tmp_path: Path, others: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARADOX_CLIENT_SECRET", "canary-secret")
    with opened_in_child(long_workbook(tmp_path)):
        (child,) = set(children()) - others
        told = Path(f"/proc/{child}/environ").read_bytes() + Path(f"/proc/{child}/cmdline").read_bytes()
    assert (b"canary" in told, b"PATH=" in told) == (False, True)


@needs_proc
def test_the_process_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from sync.source.workbooks.child import opened_in_child
from sync.source.workbooks.limits import Limits
with opened_in_child(Path({str(long_workbook(tmp_path))!r})):
    print(Path("/proc/self/task/" + str(__import__("os").getpid()) + "/children").read_text(), flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    assert gone(child)


def test_a_module_of_the_working_directory_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit")
    path = workbook_file(tmp_path, with_rows(("A",), ("1",)))
    monkeypatch.chdir(tmp_path)
    assert open_source(path, SourceSpec(), ()).header == ("A",)


def test_a_part_that_says_it_is_smaller_than_it_is_is_refused(tmp_path: Path) -> None:
    path = long_workbook(tmp_path)
    with zipfile.ZipFile(path) as archive:
        size = next(info.file_size for info in archive.infolist() if "sheet" in info.filename)
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (size // 2).to_bytes(4, "little")))
    with pytest.raises(SourceError, match="is a damaged workbook"):
        list(open_source(path, SourceSpec(), ()).chunks(1000))


@needs_corpus
@pytest.mark.parametrize("folder", ["poi-hostile", "made"])
def test_hostile_files_are_cells_or_one_line_within_the_limits(folder: str) -> None:
    for path in sorted(one for one in (CORPUS / folder).rglob("*") if one.is_file()):
        try:
            rows = sum(len(chunk.frame) for chunk in open_source(path, SourceSpec(), ()).chunks(5000))
        except SourceError as refused:
            said = str(refused)
        else:
            said = f"{rows} rows"
        assert ("\n" in said, "Traceback" in said) == (False, False)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000
