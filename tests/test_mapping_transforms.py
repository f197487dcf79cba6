"""What each transform makes of a cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.api.fields import MAX_FILE_BYTES
from tests.mapping_cases import errors_of, mapping_of, outcome


@pytest.mark.parametrize(
    ("transform", "cell", "value"),
    [
        pytest.param("lower", "ANN Ä", "ann ä", id="lower"),
        pytest.param("upper", "store 9", "STORE 9", id="upper"),
        pytest.param("title", "o'neil mary-JANE", "O'Neil Mary-Jane", id="title"),
        pytest.param("collapse_spaces", "a \u00a0 b\t c", "a b c", id="collapse_spaces"),
        pytest.param("digits", "A-0 0 7/٣", "007", id="digits"),
        pytest.param("{truncate: 3}", "abcdef", "abc", id="truncate"),
        pytest.param("{truncate: 3}", "ab", "ab", id="truncate shorter"),
        pytest.param('{replace: {pattern: "\\\\s+", with: "_"}}', "a b  c", "a_b_c", id="replace"),
        pytest.param('{replace: {pattern: "(.)-(.)", with: "\\\\2-\\\\1"}}', "a-b", "b-a", id="replace with groups"),
        pytest.param('{replace: {pattern: "x", with: ""}}', "axb", "ab", id="replace by nothing"),
        pytest.param("boolean", "Yes", "true", id="boolean yes"),
        pytest.param("boolean", "0", "false", id="boolean 0"),
        pytest.param("boolean", "off", "false", id="boolean off"),
        pytest.param("boolean", "maybe", "!unknown-value", id="boolean other"),
        pytest.param("{boolean: {true: [ja], false: [nein]}}", "JA", "true", id="own words"),
        pytest.param("{boolean: {true: [ja], false: [nein]}}", "yes", "!unknown-value", id="own words replace"),
        pytest.param("{boolean: {true: ja}}", "no", "false", id="one list only"),
        pytest.param("digits", "none", "!missing-value", id="empty after digits"),
        pytest.param('{replace: {pattern: ".", with: " "}}', "ab", "!missing-value", id="spaces after replace"),
        pytest.param("lower, {truncate: 2}, upper", "AbC", "AB", id="in order"),
    ],
)
def test_transform(tmp_path: Path, transform: str, cell: str, value: str) -> None:
    assert outcome(tmp_path, f"{{column: X, transform: [{transform}]}}", cell) == value


def test_empty_result_names_the_transform(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{note: {column: X, transform: [lower, digits]}}")
    (error,) = errors_of(mapping, ["ID", "X"], ["C1", "Ann"])
    assert error.message == "'Ann' is empty after the transform digits"


@pytest.fixture
def resumes(tmp_path: Path) -> Path:
    """A folder with files, one of them behind a link that leads out."""
    folder = tmp_path / "resumes"
    (folder / "sub").mkdir(parents=True)
    for name in ("ann.pdf", "ANN.PDF", "sub/bob.docx", "ann.exe"):
        (folder / name).write_bytes(b"x")
    (folder / "empty.pdf").touch()
    (tmp_path / "secret.pdf").write_bytes(b"x")
    (tmp_path / "resumes-other").mkdir()
    (tmp_path / "resumes-other" / "x.pdf").write_bytes(b"x")
    (folder / "out.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "loop.pdf").symlink_to(folder / "loop.pdf")
    (folder / "in.pdf").symlink_to(folder / "ann.pdf")
    with (folder / "large.pdf").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    return folder


FILE = "{column: X, transform: [{file: resumes/}]}"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        pytest.param("ann.pdf", "ann.pdf", id="plain"),
        pytest.param("ANN.PDF", "ANN.PDF", id="ending in upper case"),
        pytest.param("sub/bob.docx", "sub/bob.docx", id="folder within"),
        pytest.param("sub/../ann.pdf", "ann.pdf", id="up and within"),
        pytest.param("in.pdf", "ann.pdf", id="link within"),
    ],
)
def test_file_is_found(resumes: Path, cell: str, found: str) -> None:
    assert outcome(resumes.parent, FILE, cell, field="resume") == str(resumes.resolve() / found)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        pytest.param("../secret.pdf", "is outside the folder resumes", id="up"),
        pytest.param("../resumes-other/x.pdf", "is outside", id="folder that begins alike"),
        pytest.param("/etc/passwd", "is outside", id="absolute"),
        pytest.param("out.pdf", "is outside", id="link that leads out"),
        pytest.param("nobody.pdf", "is not in the folder", id="missing"),
        pytest.param("ann.pdf/x.pdf", "is not in the folder", id="file as folder"),
        pytest.param("loop.pdf", "cannot be opened", id="link to itself"),
        pytest.param("sub", "is not a file", id="folder"),
        pytest.param("ann.exe", "is not one of the kinds .pdf .doc", id="kind"),
        pytest.param("empty.pdf", "is empty", id="empty"),
        pytest.param("large.pdf", "10,000,001 bytes; at most 10,000,000", id="large"),
        pytest.param("a\0.pdf", "cannot be opened", id="NUL"),
        pytest.param("a" * 300 + ".pdf", "cannot be opened", id="long name"),
    ],
)
def test_file_is_refused(resumes: Path, cell: str, reason: str) -> None:
    mapping = mapping_of(resumes.parent, f"{{resume: {FILE}}}")
    (error,) = errors_of(mapping, ["ID", "X"], ["C1", cell])
    assert (error.code, error.column, error.cell) == ("invalid-file", "X", "B2")
    assert reason in error.message


def test_offer_letters_may_be_of_other_kinds(resumes: Path) -> None:
    (resumes / "offer.html").write_bytes(b"x")
    assert outcome(resumes.parent, FILE, "offer.html", field="offer_letter") == str(resumes.resolve() / "offer.html")
    assert outcome(resumes.parent, FILE, "offer.html", field="resume") == "!invalid-file"
