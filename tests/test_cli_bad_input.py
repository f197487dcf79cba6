"""Bad mappings, bad files and bad rows: each is told by its place and reason, and the other rows go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

import sync
from sync.errors import SourceError
from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from tests.black_box import FAST, Completed, at_once, results_of
from tests.conftest import MAPPING, ROOT, Workplace, access_to

Start = Callable[..., RunningSandbox]

WORKBOOK = (ROOT / "sample_data" / "recruiter-upload.xlsx").read_bytes()
WHOLE = MAPPING.encode()
BOMB = "\n".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcd", "bcde", strict=True))

WRONG_MAPPINGS: dict[str, tuple[bytes, list[str]]] = {
    "several at once": (
        MAPPING.replace("name: small", "nmae: small").replace("  email: Email", "  emial: Email").encode()
        + b"duplicates: sometimes\nblank_values: {a: b}\n",
        [
            "2: unknown key 'nmae'; did you mean 'name'?",
            "7: unknown field 'emial'; did you mean 'email'?",
            "8: duplicates: 'sometimes' is not possible; use reject, first, last, all",
            "9: blank_values: must be a list, not a mapping",
        ],
    ),
    "repeated key": (WHOLE + b"name: again\n", ["8: the key 'name' is repeated: it is already in line 2"]),
    "not YAML": (WHOLE + b"limits: [\n", ["9: not YAML: "]),
    "not UTF-8": (WHOLE + b"# \xe9\n", ["8: is not UTF-8 text; save the mapping as UTF-8"]),
    "alias bomb": (f"a: &a [x, x]\n{BOMB}\n".encode(), ["aliases add more than 1000 values"]),
    "tag that builds an object": (
        b"version: !!python/object/apply:os.system [touch built]\n",
        ["1: the tag tag:yaml.org,2002:python/object/apply:os.system is not allowed"],
    ),
    "missing": (b"", ["there is no such file"]),
}


@pytest.fixture(scope="module")
def mapping_checks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Completed]:
    workplace = Workplace(tmp_path_factory.mktemp("mappings"))
    for name, (content, _) in WRONG_MAPPINGS.items():
        if content:
            (workplace.folder / f"{name}.yaml").write_bytes(content)
    return at_once({name: partial(workplace.command, "mapping", "check", f"{name}.yaml") for name in WRONG_MAPPINGS})


@pytest.mark.parametrize("name", WRONG_MAPPINGS)
def test_a_wrong_mapping_exits_2_with_file_line_and_reason(mapping_checks: dict[str, Completed], name: str) -> None:
    done = mapping_checks[name]
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"candidate-sync: {name}.yaml:")
    assert [reason for reason in WRONG_MAPPINGS[name][1] if reason not in done.stderr] == []


def test_a_column_that_is_not_in_the_file_is_told_by_the_mappings_line(workplace: Workplace) -> None:
    workplace.write("ID,First,Last,E-mail\n")
    done = workplace.command("check", "people.csv", "-m", "mapping.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "candidate-sync: mapping.yaml:7: column 'Email' is not in the file; did you mean 'E-mail'?\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        pytest.param("nowhere.csv", None, "there is no such file", id="missing"),
        pytest.param("empty.csv", b"", "is empty: it needs a header line", id="empty"),
        pytest.param("blank.csv", b"\n \n", "is empty: it needs a header line", id="blank"),
        pytest.param("page.xls", b"<html></html>", "is a web page", id="web page as .xls"),
        pytest.param("book.csv", WORKBOOK[:-99], "is a damaged workbook", id="damaged workbook as .csv"),
        pytest.param("page.csv", b"<html></html>", "is a web page", id="web page as .csv"),
        pytest.param("n" * 300 + ".csv", None, "cannot be read (File name too long)", id="name too long"),
    ],
)
def test_a_wrong_file_is_refused(workplace: Workplace, name: str, content: bytes | None, reason: str) -> None:
    workplace.write("")
    if content is not None:
        (workplace.folder / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        sync.check(workplace.folder / name, workplace.mapping, workplace.options())
    assert f"{name}: {reason}" in str(caught.value)
    assert not (workplace.folder / "reports").exists()


def test_a_file_with_a_header_only_is_nothing_to_do(workplace: Workplace, sandbox: Start) -> None:
    workplace.write("ID,First,Last,Email\n")
    result = sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(sandbox()))
    assert (result.exit_code, result.summary.status, result.summary.rows_read) == (0, "succeeded", 0)
    assert result.files.failed is None


ROWS_MAPPING = """\
version: 1
candidate: {id: ex_id, column: ID}
fields:
  first_name: First
  last_name: Last
  email: Email
  phone: {column: Mobile, transform: [phone]}
  status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}
  hired_date: {column: Hired, transform: [{date: {formats: ["%m/%d/%Y", "%d/%m/%Y"]}}]}
  resume: {column: CV, transform: [{file: docs}]}
  job_title: Title
  note: {column: Note, required: true, when: {Status: Closed}}
clear_marker: "#CLEAR"
"""

COLUMNS = ("First", "Last", "Email", "Mobile", "Status", "Hired", "CV", "Title", "Note")

WRONG_ROWS: dict[str, tuple[str, dict[str, str], str, str, str]] = {
    "no id": ("", {"Title": "x"}, "missing-id", "ID", "the cell is blank"),
    "id .": (".", {}, "invalid-id", "ID", "'.' cannot be a candidate's id"),
    "id ..": ("..", {}, "invalid-id", "ID", "'..' cannot be a candidate's id"),
    "too long": ("R1", {"Title": "t" * 256}, "too-long", "Title", "has 256 characters; job_title takes at most 255"),
    "email": ("R2", {"Email": "ann@example"}, "invalid-email", "Email", "'ann@example' is not an e-mail address"),
    "phone": ("R3", {"Mobile": "+1 415"}, "invalid-phone", "Mobile", "'+1 415' is not a valid phone number"),
    "no country": ("R4", {"Mobile": "415 555 0101"}, "phone-without-country", "Mobile", "'415 555 0101' has no"),
    "unknown value": ("R5", {"Status": "Activ"}, "unknown-value", "Status", "'Activ' is not listed"),
    "date": ("R6", {"Hired": "31/31/2026"}, "invalid-date", "Hired", "'31/31/2026' does not fit any"),
    "two dates": ("R7", {"Hired": "02/03/2026"}, "ambiguous-date", "Hired", "2026-02-03 or 2026-03-02"),
    "half a name": ("R8", {"First": "Ann"}, "incomplete-name", "Last", "the first name 'Ann' has no last name"),
    "required": ("R9", {"Status": "Closed"}, "missing-value", "Note", ""),
    "file outside": ("F1", {"CV": "../outside.txt"}, "invalid-file", "CV", "'../outside.txt' is outside the folder"),
    "absolute file": ("F2", {"CV": "/etc/hostname"}, "invalid-file", "CV", "'/etc/hostname' is outside the folder"),
    "link outside": ("F3", {"CV": "link.txt"}, "invalid-file", "CV", "'link.txt' is outside the folder"),
    "no such file": ("F4", {"CV": "none.txt"}, "invalid-file", "CV", "'none.txt' is not in the folder"),
    "kind of file": ("F5", {"CV": "cv.exe"}, "invalid-file", "CV", "'cv.exe' is not one of the kinds"),
    "empty file": ("F6", {"CV": "empty.txt"}, "invalid-file", "CV", "'empty.txt' is empty"),
    "big file": ("F7", {"CV": "big.pdf"}, "invalid-file", "CV", "'big.pdf' has 10,000,001 bytes"),
    "one of two": ("D1", {"Title": "x"}, "duplicate-candidate", "ID", "'D1' is also in row"),
    "two of two": ("D1", {"Title": "y"}, "duplicate-candidate", "ID", "'D1' is also in row"),
}


@dataclass(frozen=True)
class Ran:
    completed: Completed
    lines: list[dict[str, str]]
    applied: list[str]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """One run over all wrong rows, between two good ones and before one that the API refuses."""
    workplace = Workplace(tmp_path_factory.mktemp("rows"))
    files_of_rows(workplace.folder)
    good = [("G1", {"Title": "first"}), ("G2", {"Title": "last"}), ("G3", {"Title": "#CLEAR"})]
    table = [good[0], *((row[0], row[1]) for row in WRONG_ROWS.values()), *good[1:]]
    lines = [",".join([one, *(cells.get(column, "") for column in COLUMNS)]) for one, cells in table]
    text = "\n".join([",".join(["ID", *COLUMNS]), *lines, "S1,short", f"S2{',' * 10},long"])
    workplace.write(text + "\n", ROWS_MAPPING)
    with running_sandbox(SandboxOptions(assumptions={"empty": "refuse"})) as server:
        done = workplace.command("run", "people.csv", "-m", "mapping.yaml", *FAST, url=server.base_url)
        return Ran(done, results_of(workplace), [one.candidate for one in server.state.applied])


def files_of_rows(folder: Path) -> None:
    docs = folder / "docs"
    docs.mkdir()
    (folder / "outside.txt").write_text("outside")
    (docs / "link.txt").symlink_to("../outside.txt")
    (docs / "cv.exe").write_text("x")
    (docs / "empty.txt").touch()
    with (docs / "big.pdf").open("wb") as file:
        file.truncate(10_000_001)


@pytest.mark.parametrize("name", WRONG_ROWS)
def test_a_wrong_row_is_rejected_with_its_code_column_and_reason(rows: Ran, name: str) -> None:
    line = rows.lines[1 + list(WRONG_ROWS).index(name)]
    _, _, code, column, reason = WRONG_ROWS[name]
    assert (line["outcome"], line["code"], line["column"]) == ("rejected", code, column)
    assert reason in line["message"]
    assert line["tip"]


@pytest.mark.parametrize(
    ("place", "code", "column", "message"),
    [
        pytest.param(-2, "ragged-row", "Last", "the line has 2 cells, the header 10", id="too few cells"),
        pytest.param(-1, "ragged-row", "", "the line has 12 cells, the header 10", id="too many cells"),
    ],
)
def test_a_ragged_row_is_rejected_and_not_shifted(rows: Ran, place: int, code: str, column: str, message: str) -> None:
    line = rows.lines[place]
    assert (line["outcome"], line["code"], line["column"]) == ("rejected", code, column)
    assert message in line["message"]


def test_the_other_rows_go_on(rows: Ran) -> None:
    assert (rows.completed.returncode, rows.applied) == (3, ["G1", "G2"])


def test_a_refusal_of_the_api_is_a_failure_with_its_code_message_and_column(rows: Ran) -> None:
    line = rows.lines[-3]
    assert (line["candidate"], line["outcome"], line["code"]) == ("G3", "failed", "api-1015")
    assert (line["column"], line["message"]) == ("Title", "job_title must not be empty")


def test_a_link_to_nowhere_or_a_folder_is_no_file(workplace: Workplace, sandbox: Start) -> None:
    docs = workplace.folder / "docs"
    docs.mkdir()
    (docs / "loop.txt").symlink_to("loop.txt")
    (docs / "folder.txt").mkdir()
    head = ",".join(["ID", *COLUMNS])
    workplace.write(f"{head}\nC1,,,,,,,loop.txt,,\nC2,,,,,,,folder.txt,,\n", ROWS_MAPPING)
    server = sandbox()
    sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    lines = results_of(workplace)
    assert [(line["code"], line["message"]) for line in lines] == [
        ("invalid-file", "'loop.txt' cannot be opened"),
        ("invalid-file", "'folder.txt' is not a file"),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param("ID,Frist,Lst,Emial", ["mapping.yaml:", "did you mean 'Emial'?"], id="near"),
        pytest.param("Ref,Vorname,Nachname,Post", ["mapping.yaml:", "row 1 has nothing like that"], id="far"),
    ],
)
def test_columns_that_are_not_there_are_told_by_the_mappings_lines(
    workplace: Workplace, header: str, said: list[str]
) -> None:
    workplace.write(f"{header}\nC1,Ann,Lee,ann@example.com\n")
    completed = workplace.command("check", "people.csv", "-m", "mapping.yaml")
    assert (completed.returncode, [text in completed.stderr for text in said]) == (2, [True, True])
    assert "Vorname" not in completed.stderr
