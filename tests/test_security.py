"""Secrets and cells: planted canaries are looked for wherever they must not be."""

from __future__ import annotations

import http.server
import ssl
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from pydantic import SecretStr

from sync.errors import SettingsError
from sync.jobs.run import run
from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from sync.settings import Access
from tests.black_box import TOKEN, answering
from tests.conftest import Workplace, access_to

SECRET = "canary-secret"
VALUE = "Canaryname"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workplace, str, str]:
    """A run with faults and bad rows through the real command: its standard output and standard error."""
    workplace = Workplace(tmp_path_factory.mktemp("security"))
    rows = "".join(f"Canaryid{n},{VALUE},Lee,canary.{n}@example.com\n" for n in range(20))
    workplace.write(f"ID,First,Last,Email\n{rows}Canaryid99,{VALUE},Lee,canary.at.example\n")
    faults = {"503": 0.1, "reset-after": 0.1, "errors-in-200": 0.1}
    with running_sandbox(SandboxOptions(faults=faults, random_seed=2)) as server:
        done = workplace.command("run", "people.csv", "-m", "mapping.yaml", "--json", url=server.base_url)
    assert done.returncode == 3
    return workplace, done.stdout, done.stderr


def test_no_secret_and_no_cell_is_in_any_output(finished: tuple[Workplace, str, str]) -> None:
    _, output, errors = finished
    for text in (output, errors):
        assert SECRET not in text
        assert "canary" not in text.lower()


def test_no_secret_is_in_any_file(finished: tuple[Workplace, str, str]) -> None:
    files = [path for path in finished[0].folder.rglob("*") if path.is_file()]
    assert len(files) >= 8
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]


def test_the_ledger_keeps_no_payloads(finished: tuple[Workplace, str, str]) -> None:
    ledger = finished[0].folder / ".candidate-sync"
    assert not [path for path in ledger.rglob("*") if path.is_file() and VALUE.encode() in path.read_bytes()]


def test_the_summary_has_no_cells(finished: tuple[Workplace, str, str]) -> None:
    (summary,) = finished[0].folder.glob("reports/*/summary.json")
    assert "canary" not in summary.read_text(encoding="utf-8").lower()


def test_what_a_run_leaves_is_private(finished: tuple[Workplace, str, str]) -> None:
    folder = finished[0].folder
    private = [folder / ".candidate-sync", *(folder / ".candidate-sync").rglob("*"), *folder.glob("reports/*/**/*")]
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in private}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        pytest.param("http://api.example.com/v1", "plain http", id="unprotected"),
        pytest.param("https://user:pass@api.example.com/v1", "plain address", id="credentials in it"),
        pytest.param("ftp://api.example.com", "not a web address", id="other scheme"),
        pytest.param("api.example.com", "not a web address", id="no scheme"),
    ],
)
def test_addresses_that_are_refused(url: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason) as caught:
        _ = Access(api_url=url, client_id=None, client_secret=None, access_token=None).base_url
    assert "user:pass" not in str(caught.value)


class Redirecting(http.server.BaseHTTPRequestHandler):
    """Sends every update elsewhere, and remembers what it was asked."""

    seen: list[str]

    def do_PUT(self) -> None:
        self.seen.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(307)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def redirecting() -> Iterator[tuple[str, list[str]]]:
    seen: list[str] = []
    handler = type("Handler", (Redirecting,), {"seen": seen})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
        server.shutdown()
        thread.join()


def test_redirects_are_not_followed(workplace: Workplace, redirecting: tuple[str, list[str]]) -> None:
    url, seen = redirecting
    workplace.write_people(1)
    access = Access(api_url=url, client_id=None, client_secret=None, access_token=SecretStr("token"))
    result = run(workplace.file, workplace.mapping, workplace.options(), access)
    assert (result.exit_code, result.summary.unprocessed) == (4, 1)
    assert seen == ["/v1/candidates/C1"]


def test_settings_show_no_secret(sandbox: Callable[..., RunningSandbox]) -> None:
    assert SECRET not in repr(access_to(sandbox()))


def test_reports_are_found_by_their_owner_alone_even_in_an_open_folder(finished: tuple[Workplace, str, str]) -> None:
    (run_folder,) = Path(finished[0].folder / "reports").iterdir()
    assert stat.S_IMODE(run_folder.stat().st_mode) == 0o700


UPDATED = (200, '{"success": true}')


@pytest.fixture(scope="module")
def private() -> tuple[trustme.CA, ssl.SSLContext]:
    """An authority that no machine knows, and a server's side of TLS that it vouches for."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return authority, context


def test_a_private_authority_can_be_named(workplace: Workplace, private: tuple[trustme.CA, ssl.SSLContext]) -> None:
    authority, context = private
    workplace.write_people(3)
    authority.cert_pem.write_to_path(str(workplace.folder / "authority.pem"))
    with answering({"POST": TOKEN, "PUT": UPDATED}, tls=context) as (url, seen):
        done = workplace.command("run", "people.csv", "-m", "mapping.yaml", url=url, SSL_CERT_FILE="authority.pem")
    assert (done.returncode, [method for method, _, _ in seen]) == (0, ["POST", "PUT", "PUT", "PUT"])


def test_an_unknown_authority_ends_the_run_before_anything_is_sent(
    workplace: Workplace, private: tuple[trustme.CA, ssl.SSLContext]
) -> None:
    workplace.write_people(3)
    with answering({"POST": TOKEN, "PUT": UPDATED}, tls=private[1]) as (url, seen):
        done = workplace.command("run", "people.csv", "-m", "mapping.yaml", url=url)
    assert (done.returncode, seen) == (4, [])
    assert "its certificate is not trusted" in done.stderr
    assert "SSL_CERT_FILE" in done.stderr


def test_a_proxy_of_the_environment_is_used(workplace: Workplace) -> None:
    workplace.write_people(1)
    with answering({"CONNECT": (502, "")}) as (proxy, seen):
        done = workplace.command(
            *("run", "people.csv", "-m", "mapping.yaml", "--patience", "1s"),
            url="https://api.example.com",
            HTTPS_PROXY=proxy.removesuffix("/api/v1/public"),
        )
    assert done.returncode == 4
    assert {(method, path) for method, path, _ in seen} == {("CONNECT", "api.example.com:443")}


def test_a_proxy_that_is_no_http_proxy_is_refused(workplace: Workplace) -> None:
    workplace.write_people(1)
    done = workplace.command(
        *("run", "people.csv", "-m", "mapping.yaml"),
        url="https://api.example.com",
        HTTPS_PROXY="socks5://127.0.0.1:1",
    )
    assert done.returncode == 4
    assert "is not an HTTP proxy" in done.stderr
