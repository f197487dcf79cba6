"""FILE on a storage: through fsspec, from hosts that are known, and with a word on what is not installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

import sync
from sync.errors import SourceError
from tests.conftest import MAPPING, Workplace
from tests.sftp_server import PASSWORD, USER, SftpServer, serving_sftp

ROWS = 40_000
PEOPLE = b"ID,First,Last,Email\n" + b"".join(b"C%d,Ann,Lee,ann%d@example.com\n" % (n, n) for n in range(ROWS))


@dataclass(frozen=True)
class Storage:
    workplace: Workplace
    server: SftpServer
    known_hosts: Path

    def check(self, name: str, password: str = PASSWORD) -> sync.JobResult:
        url = f"sftp://{USER}:{quote(password, safe='')}@127.0.0.1:{self.server.port}/{name}"
        result, _ = sync.check(url, self.workplace.mapping, self.workplace.options(limit=10))
        return result


@pytest.fixture
def storage(workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """A host that the user has connected to before."""
    folder, home = tmp_path / "files", tmp_path / "home"
    (home / ".ssh").mkdir(parents=True)
    (folder / "export").mkdir(parents=True)
    (folder / "export" / "people.csv").write_bytes(PEOPLE)
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    known_hosts = home / ".ssh" / "known_hosts"
    with serving_sftp(folder) as server:
        known_hosts.write_text(server.known_host, encoding="ascii")
        yield Storage(workplace, server, known_hosts)


def test_a_file_is_copied_whole_from_sftp_and_its_password_is_nowhere(storage: Storage) -> None:
    result = storage.check("export/people.csv")
    (copy,) = (storage.workplace.folder / "ledger.db.copies").iterdir()
    assert copy.read_bytes() == PEOPLE
    assert result.summary.source == f"sftp://127.0.0.1:{storage.server.port}/export/people.csv"
    left = [path for path in storage.workplace.folder.rglob("*") if path.is_file()]
    assert not [path for path in left if b"canary" in path.read_bytes()]


def test_the_same_host_is_connected_to_again(storage: Storage) -> None:
    results = [storage.check("export/people.csv") for _ in range(2)]
    assert [result.exit_code for result in results] == [0, 0]


def test_a_file_that_is_not_there_is_told(storage: Storage) -> None:
    with pytest.raises(SourceError, match=r"^sftp://127\.0\.0\.1:\d+/nothing\.csv: there is no such file"):
        storage.check("nothing.csv")


def test_a_folder_is_told(storage: Storage) -> None:
    with pytest.raises(SourceError, match="is a folder: give the address of one file"):
        storage.check("export")


def test_a_wrong_password_is_told_without_it(storage: Storage) -> None:
    with pytest.raises(SourceError, match=r"is refused \(AuthenticationException\)") as caught:
        storage.check("export/people.csv", "wrong-canary")
    assert "canary" not in str(caught.value)


def test_a_host_that_is_not_known_gets_no_password(storage: Storage) -> None:
    storage.known_hosts.write_text("", encoding="ascii")
    with pytest.raises(SourceError, match=r"whose key is not the one in ~/\.ssh/known_hosts, or not there"):
        storage.check("export/people.csv")


def test_a_host_with_another_key_gets_no_password(storage: Storage) -> None:
    with serving_sftp(storage.workplace.folder) as other:
        line = other.known_host.replace(str(other.port), str(storage.server.port))
    storage.known_hosts.write_text(line, encoding="ascii")
    with pytest.raises(SourceError, match=r"whose key is not the one in ~/\.ssh/known_hosts"):
        storage.check("export/people.csv")


def test_a_refused_connection_writes_nothing_but_one_line(storage: Storage) -> None:
    arguments = ("check", f"sftp://{USER}@127.0.0.1:{storage.server.port}/x", "-m", "mapping.yaml", "--quiet")
    done = storage.workplace.command(*arguments, HOME=os.environ["HOME"])
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize(("scheme", "module"), [("s3", "s3fs"), ("gs", "gcsfs"), ("az", "adlfs"), ("sftp", "paramiko")])
def test_what_is_not_installed_is_named(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch, scheme: str, module: str
) -> None:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SourceError, match=rf"pip install 'candidate-sync\[{scheme}\]'$"):
        sync.check(f"{scheme}://bucket/people.csv", workplace.mapping, workplace.options())
