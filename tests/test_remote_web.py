"""FILE as an address: fetched once, shown without its secrets, and refused in one line where it cannot be had."""

from __future__ import annotations

import base64
import gzip
import ssl
import stat
from collections.abc import Callable

import pytest
import trustme

import sync
from sync.errors import SourceError
from sync.sandbox import RunningSandbox
from sync.source.address import address_of
from tests.black_box import FAST, answering, child, summary_of, wait_until
from tests.conftest import MAPPING, Workplace
from tests.file_server import Reply, serving

PEOPLE = b"ID,First,Last,Email\nC1,Ann,Lee,ann@example.com\nC2,Bo,Lee,bo@example.com\n"
FILE = {"/people.csv": Reply(PEOPLE)}
SECRETS = ("canary-user", "canary-password", "canary-signature", "canary-fragment")


@pytest.fixture
def mapped(workplace: Workplace) -> Workplace:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    return workplace


def with_secrets(url: str) -> str:
    user = "canary-user:canary-password@"
    return f"{url.replace('://', f'://{user}')}/people.csv?sig=canary-signature#canary-fragment"


def test_a_file_from_a_private_https_server_is_pushed_and_no_secret_of_its_address_stays_anywhere(
    mapped: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(mapped.folder / "authority.pem"))
    api = sandbox()
    with serving(FILE, context) as server:
        arguments = ("run", with_secrets(server.url), "-m", "mapping.yaml", *FAST)
        done = mapped.command(*arguments, url=api.base_url, SSL_CERT_FILE="authority.pem")
    assert (done.returncode, len(api.state.applied)) == (0, 2)
    assert summary_of(mapped)["source"] == f"{server.url}/people.csv"
    written = [path.read_bytes() for path in mapped.folder.rglob("*") if path.is_file()]
    shown = [done.stdout.encode(), done.stderr.encode(), *written]
    assert [secret for secret in SECRETS for text in shown if secret.encode() in text] == []
    ((path, headers),) = server.seen
    assert path == "/people.csv?sig=canary-signature"
    assert base64.b64decode(headers["authorization"].removeprefix("Basic ")) == b"canary-user:canary-password"


def test_the_apis_credentials_do_not_go_to_the_files_server(
    mapped: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    with serving(FILE) as server:
        mapped.command("run", f"{server.url}/people.csv", "-m", "mapping.yaml", url=sandbox().base_url)
    ((_, headers),) = server.seen
    assert sorted(headers) == ["accept", "accept-encoding", "host", "user-agent"]


def test_a_run_names_its_target_and_ledger_before_it_fetches(
    mapped: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    url = sandbox().base_url
    with serving(FILE) as server:
        done = mapped.command("run", f"{server.url}/people.csv", "-m", "mapping.yaml", url=url)
    first = done.stderr.splitlines()[0]
    assert url.split("/")[2] in first
    assert ".candidate-sync/ledger.db" in first


def test_a_wrong_mapping_is_told_before_anything_is_fetched(mapped: Workplace) -> None:
    mapped.mapping.write_text("version: 2\n", encoding="utf-8")
    with serving(FILE) as server, pytest.raises(sync.CandidateSyncError, match="version"):
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())
    assert server.seen == []


def test_a_body_that_the_server_packs_is_unpacked(mapped: Workplace) -> None:
    packed = Reply(gzip.compress(PEOPLE), headers={"Content-Encoding": "gzip"})
    with serving({"/people.csv": packed}) as server:
        result, _ = sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())
    assert result.summary.unprocessed == 2


REPLIES = {
    "redirect": (
        Reply(status=302, headers={"Location": "https://h.example/?sig=canary-signature"}),
        r"is somewhere else \(HTTP 302\), and redirects are not followed: give the final address",
    ),
    "missing": (Reply(status=404), r"is not there \(HTTP 404\): check the address"),
    "forbidden": (Reply(status=403), r"is refused \(HTTP 403\): .* a signed link may have expired"),
    "unauthorised": (Reply(status=401), r"is refused \(HTTP 401\): check user and password"),
    "overloaded": (Reply(status=503), r"cannot be fetched \(HTTP 503\): try again later"),
    "partial": (Reply(PEOPLE, status=206), r"cannot be fetched \(HTTP 206\)"),
    "truncated": (Reply(PEOPLE, short=10), "came incomplete, the connection broke: try again"),
    "encoded": (Reply(PEOPLE, headers={"Content-Encoding": "br"}), "comes packed in a way that is not read"),
    "a login page": (Reply(b"<!DOCTYPE html><html>"), r"is a web page \(HTML\)"),
    "empty": (Reply(), "is empty: it needs a header line"),
}


@pytest.mark.parametrize("name", REPLIES)
def test_what_is_no_whole_file_is_refused_in_one_line_without_secrets(mapped: Workplace, name: str) -> None:
    reply, reason = REPLIES[name]
    with serving({"/people.csv": reply}) as server, pytest.raises(SourceError, match=reason) as caught:
        sync.check(with_secrets(server.url), mapped.mapping, mapped.options())
    message = str(caught.value)
    assert message.startswith(f"{server.url}/people.csv: ")
    assert not any(secret in message for secret in SECRETS)
    assert "\n" not in message
    assert not list(mapped.folder.glob("ledger.db*"))


def test_nobody_there_is_told(mapped: Workplace) -> None:
    with serving({}) as server:
        url = server.url
    with pytest.raises(SourceError, match="cannot be reached: check the address and the network"):
        sync.check(with_secrets(url), mapped.mapping, mapped.options())


def test_an_authority_that_nobody_knows_is_told(mapped: Workplace) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with (
        serving(FILE, context) as server,
        pytest.raises(SourceError, match="certificate is not trusted; SSL_CERT_FILE"),
    ):
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())


def test_the_environments_proxy_is_used(mapped: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering({"CONNECT": (502, "")}) as (proxy, seen):
        monkeypatch.setenv("HTTPS_PROXY", proxy.removesuffix("/api/v1/public"))
        with pytest.raises(SourceError, match="cannot be reached through the proxy"):
            sync.check("https://files.example.com/people.csv", mapped.mapping, mapped.options())
    assert seen[0][1] == "files.example.com:443"


def test_a_file_larger_than_allowed_is_refused(mapped: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_FILE_SIZE", "50B")
    with serving(FILE) as server, pytest.raises(SourceError, match=r"is larger than 50 bytes: .*FILE_SIZE=50GB"):
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())


def test_a_body_that_does_not_say_its_length_is_measured(mapped: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_FILE_SIZE", "0.05kB")
    chunked = Reply(b"%x\r\n%b\r\n0\r\n\r\n" % (len(PEOPLE), PEOPLE), headers={"Transfer-Encoding": "chunked"})
    with serving({"/people.csv": chunked}) as server, pytest.raises(SourceError, match="is larger than 50 bytes"):
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())


def test_a_size_that_is_none_is_told(mapped: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_FILE_SIZE", "much")
    with serving(FILE) as server, pytest.raises(sync.CandidateSyncError, match="CANDIDATE_SYNC_FILE_SIZE: 'much'"):
        sync.check(f"{server.url}/people.csv", mapped.mapping, mapped.options())


def test_an_interrupted_fetch_leaves_nothing(mapped: Workplace) -> None:
    hanging = {"/people.csv": Reply(PEOPLE, short=10, hangs=True)}
    with (
        serving(hanging) as server,
        child(mapped, "check", f"{server.url}/people.csv", "-m", "mapping.yaml") as process,
    ):
        wait_until(server.hanging.is_set, process)
        process.terminate()
        _, errors = process.communicate()
    assert process.returncode == 143
    assert errors.splitlines()[-1].endswith("/people.csv was copied; nothing was sent.")
    assert not [path for path in mapped.folder.rglob("*") if path.is_file() and path != mapped.mapping]


def test_a_killed_fetch_leaves_a_private_file_that_purge_deletes(mapped: Workplace) -> None:
    hanging = {"/people.csv": Reply(PEOPLE, short=10, hangs=True)}
    copies = mapped.folder / ".candidate-sync" / "ledger.db.copies"
    state = sync.Options(state=mapped.folder / ".candidate-sync" / "ledger.db")
    with (
        serving(hanging) as server,
        child(mapped, "check", f"{server.url}/people.csv", "-m", "mapping.yaml") as process,
    ):
        wait_until(server.hanging.is_set, process)
        sync.purge(0, state)
        assert [path for path in copies.iterdir() if path.suffix != ".lock"], "a living fetch was purged"
        process.kill()
        process.wait()
    left = [path for path in copies.iterdir() if path.suffix != ".lock"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in left] == [0o600]
    sync.purge(0, state)
    assert not copies.exists()


REFUSED = {
    "plain http": ("http://files.example.com/canary", "plain http:// would show the rows"),
    "ftp": ("ftp://files.example.com/canary", "ftp:// is not fetched from: give a path, an https://, s3://, gs://"),
    "file": ("file:///canary.csv", "file:// is not fetched from"),
    "memory": ("memory://canary", "memory:// is not fetched from"),
    "chain": ("zip::s3://bucket/canary.zip", "is a chain of addresses"),
    "chain at the end": ("zip://canary.csv::https://files.example.com/a.zip", "is a chain of addresses"),
    "cache": ("simplecache::https://files.example.com/canary", "is a chain of addresses"),
    "no host": ("https:///canary.csv", "is no address"),
    "password with a slash": ("https://user:can/ary@files.example.com/x", "is no address"),
    "line end": ("https://files.example.com/\ncanary", "is no address"),
    "bucket with credentials": ("s3://key:canary@bucket/people.csv", "belong in the environment"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_addresses_that_are_refused_show_nothing_but_their_scheme(name: str) -> None:
    url, reason = REFUSED[name]
    with pytest.raises(SourceError, match=reason) as caught:
        address_of(url)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("path", ["people.csv", r"C:\people.csv", "C://people.csv", "a::b.csv", "-", "s3:people", ""])
def test_paths_are_no_addresses(path: str) -> None:
    assert address_of(path) is None


@pytest.mark.parametrize("url", ["http://[::1]:8000/a.csv", "HTTPS://files.example.com/a.csv", "az://box/a.csv"])
def test_addresses_that_are_fetched_from(url: str) -> None:
    address = address_of(url)
    assert address is not None
    assert address.shown.partition("://")[2] == url.partition("://")[2]
