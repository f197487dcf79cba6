"""gz and zip of one table: read by content, measured while unpacked, refused where they are anything else."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import sync
from sync.errors import SourceError
from sync.ledger import Ledger
from sync.sandbox import RunningSandbox
from tests.black_box import report_of
from tests.conftest import MAPPING, ROOT, Workplace, access_to

PEOPLE = b"ID,First,Last,Email\nC1,Ann,Lee,ann@example.com\nC2,Bo,Lee,bo.example\n"
WORKBOOK = (ROOT / "sample_data" / "recruiter-upload.xlsx").read_bytes()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("people.csv"), io.BytesIO())
    return packed.getvalue()


def broken(packed: bytes, place: int) -> bytes:
    return packed[:place] + bytes([packed[place] ^ 0xFF]) + packed[place + 1 :]


def encrypted() -> bytes:
    """A zip that says its file is encrypted, in both places where zips say so."""
    packed = bytearray(zipped({"people.csv": PEOPLE}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    return bytes(packed)


def check(workplace: Workplace, content: bytes, name: str = "people.bin") -> sync.JobResult:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    (workplace.folder / name).write_bytes(content)
    result, _ = sync.check(workplace.folder / name, workplace.mapping, workplace.options())
    return result


GOOD = {
    "gz": gzip.compress(PEOPLE),
    "gz in two pieces": gzip.compress(PEOPLE[:30]) + gzip.compress(PEOPLE[30:]),
    "zip": zipped({"people.csv": PEOPLE}),
    "zip, stored": zipped({"people.csv": PEOPLE}, zipfile.ZIP_STORED),
    "zip with what systems leave": zipped(
        {"export/": b"", "export/people.csv": PEOPLE, "__MACOSX/export/._people.csv": b"x", "export/.DS_Store": b"x"}
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_packed_table_is_read(workplace: Workplace, name: str) -> None:
    summary = check(workplace, GOOD[name]).summary
    assert (summary.rows_read, summary.unprocessed, summary.rejected) == (2, 1, 1)
    assert summary.source == str(workplace.folder / "people.bin")


@pytest.mark.parametrize("packed", [gzip.compress(WORKBOOK), zipped({"a.xlsx": WORKBOOK})], ids=["gz", "zip"])
def test_a_packed_workbook_is_read_and_its_failed_rows_come_back_as_one(workplace: Workplace, packed: bytes) -> None:
    (workplace.folder / "people.csv.gz").write_bytes(packed)
    mapping = ROOT / "mappings" / "recruiter-upload.yaml"
    result, _ = sync.check(workplace.folder / "people.csv.gz", mapping, workplace.options())
    assert result.summary.rejected == 9
    assert result.files.failed is not None
    assert result.files.failed.name == "failed.xlsx"


BAD = {
    "several": (zipped({"a.csv": PEOPLE, "b\x1b.csv": PEOPLE}), r"holds 2 files \(a\.csv, b\?\.csv\): give the one"),
    "many": (zipped({f"{n}.csv": b"x" for n in range(9)}), r"holds 9 files \(0\.csv, .*, 4\.csv and 4 more\)"),
    "none": (zipped({"export/": b""}), "is a zip archive with no file in it"),
    "empty zip": (zipped({}), "is a zip archive with no file in it"),
    "empty inside": (gzip.compress(b""), "is empty: it needs a header line"),
    "encrypted": (encrypted(), "is protected by a password: unpack it"),
    "bzip2 in zip": (zipped({"a.csv": PEOPLE}, zipfile.ZIP_BZIP2), "is packed in a way that is not read"),
    "lzma in zip": (zipped({"a.csv": PEOPLE}, zipfile.ZIP_LZMA), "is packed in a way that is not read"),
    "gz in gz": (gzip.compress(gzip.compress(PEOPLE)), "holds another archive: unpack it"),
    "zip in gz": (gzip.compress(zipped({"a.csv": PEOPLE})), "holds another archive: unpack it"),
    "zip in zip": (zipped({"a.zip": zipped({"a.csv": PEOPLE})}), "holds another archive: unpack it"),
    "gz in zip": (zipped({"a.csv.gz": gzip.compress(PEOPLE)}), "holds another archive: unpack it"),
    "tar in gz": (gzip.compress(tarred()), "holds another archive: unpack it"),
    "cut gz": (gzip.compress(PEOPLE)[:-12], r"is a damaged gzip archive \(it ends too early\)"),
    "gz of wrong checksum": (broken(gzip.compress(PEOPLE), -8), "is a damaged gzip archive"),
    "gz of wrong content": (broken(gzip.compress(PEOPLE), 12), "is a damaged gzip archive"),
    "garbage after gz": (gzip.compress(PEOPLE) + b"garbage", "is a damaged gzip archive"),
    "zip of wrong content": (broken(zipped({"a.csv": PEOPLE}, zipfile.ZIP_STORED), 50), "is a damaged zip archive"),
    "cut zip": (zipped({"a.csv": PEOPLE})[:-30], "is a damaged "),
}


@pytest.mark.parametrize("name", BAD)
def test_other_archives_are_refused_in_one_line_that_names_the_archive(workplace: Workplace, name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(SourceError, match=reason) as caught:
        check(workplace, content)
    assert str(caught.value).startswith(f"{workplace.folder / 'people.bin'}: ")
    assert "\n" not in str(caught.value)
    assert not list(workplace.folder.glob("ledger.db*"))


def test_an_error_in_the_table_names_the_archive(workplace: Workplace) -> None:
    with pytest.raises(SourceError, match=r"people\.csv\.gz: is a PDF document"):
        check(workplace, gzip.compress(b"%PDF-1.7\n"), "people.csv.gz")


def test_what_unpacks_beyond_measure_is_refused(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.source.bounded_file._ALWAYS_FINE_BYTES", 1_000_000)
    bomb = gzip.compress(bytes(20_000_000))
    with pytest.raises(SourceError, match=r"is larger than 4\.\d+ MB when it is unpacked: if that is right, allow it"):
        check(workplace, bomb)


def test_how_much_may_unpack_can_be_said(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANDIDATE_SYNC_FILE_SIZE", "60")
    with pytest.raises(SourceError, match="is larger than 60 bytes when it is unpacked"):
        check(workplace, gzip.compress(PEOPLE))


def test_what_was_unpacked_is_gone_and_the_fingerprint_is_that_of_the_given_file(workplace: Workplace) -> None:
    result = check(workplace, GOOD["gz"])
    assert not (workplace.folder / "ledger.db.copies").exists()
    record = Ledger(workplace.folder / "ledger.db").get_run(result.summary.run_id)
    assert record.source_hash == hashlib.sha256(GOOD["gz"]).hexdigest()


def test_the_report_is_written_again_from_the_archive(workplace: Workplace) -> None:
    result = check(workplace, GOOD["zip"])
    before = result.files.failed.read_bytes() if result.files.failed else b""
    result.files.results.unlink()
    again = sync.report_again(result.summary.run_id, workplace.options())
    assert (again.files.failed.read_bytes() if again.files.failed else b"") == before != b""


@pytest.mark.parametrize("go_on", [sync.resume, sync.retry], ids=["resume", "retry"])
def test_a_run_over_an_archive_is_gone_on_with(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], go_on: Callable[..., sync.JobResult]
) -> None:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    archive = workplace.folder / "people.zip"
    archive.write_bytes(GOOD["zip"])
    api = sandbox()
    options = workplace.options(wait=0.1)  # so that the archive is opened again after the wait
    stopped = sync.run(archive, workplace.mapping, options, access_to(api), ask=lambda _question: False)
    assert (stopped.exit_code, stopped.summary.unprocessed) == (6, 1)
    result = go_on(stopped.summary.run_id, workplace.options(), access_to(api))
    assert (result.summary.updated, [one.candidate for one in api.state.applied]) == (1, ["C1"])


def test_an_archive_that_was_changed_is_not_gone_on_with(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox]
) -> None:
    workplace.mapping.write_text(MAPPING, encoding="utf-8")
    archive = workplace.folder / "people.csv.gz"
    archive.write_bytes(gzip.compress(PEOPLE))
    access = access_to(sandbox(faults={"503": 1.0}))
    first = sync.run(archive, workplace.mapping, workplace.options(patience=0.1), access)
    assert first.exit_code == 4
    archive.write_bytes(gzip.compress(PEOPLE + b"C3,Cy,Lee,cy@example.com\n"))
    with pytest.raises(SourceError, match=r"people\.csv\.gz: the file was changed since run"):
        sync.resume(first.summary.run_id, workplace.options(), access)


def test_the_failed_rows_of_an_archive_come_back_by_the_form_inside(workplace: Workplace) -> None:
    check(workplace, GOOD["zip"])
    with (report_of(workplace) / "failed.csv").open(encoding="utf-8", newline="") as file:
        assert [row["ID"] for row in csv.DictReader(file)] == ["C2"]


def test_what_is_being_unpacked_is_private(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    modes: list[int] = []

    def looked_at(path: Path, *_: object) -> None:
        modes.extend(stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent))
        raise SourceError(path, "seen")

    monkeypatch.setattr("sync.jobs.prepare.open_source", looked_at)
    with pytest.raises(SourceError, match=r"people\.bin: seen"):
        check(workplace, GOOD["gz"])
    assert modes == [0o600, 0o700]
