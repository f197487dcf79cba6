"""A file of failed rows is run again: as it is, and not where a later run has touched a candidate since."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.jobs.check import check
from sync.jobs.run import run
from sync.sandbox import RunningSandbox
from tests.conftest import Workplace, access_to

Start = Callable[..., RunningSandbox]
HEADER = ("ID", "First", "Last", "Email")


def people(folder: Path, kind: str, *rows: tuple[str, ...], name: str = "people") -> Path:
    path = folder / f"{name}.{kind}"
    if kind == "csv":
        path.write_text("".join(",".join(row) + "\n" for row in (HEADER, *rows)), encoding="utf-8")
        return path
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (HEADER, *rows):
        sheet.append(row)
    book.save(path)
    return path


def mended(failed: Path, old: str, new: str) -> Path:
    """The file, moved out of the report's folder, with one text replaced by another."""
    path = failed.parent.parent.parent / f"mended{failed.suffix}"
    if failed.suffix == ".csv":
        path.write_bytes(failed.read_bytes().replace(old.encode(), new.encode()))
        return path
    book = load_workbook(failed)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    book.save(path)
    return path


def without_sync_row(path: Path) -> Path:
    if path.suffix == ".csv":
        path.write_bytes(path.read_bytes().replace(b",2,invalid-email", b",,invalid-email"))
        return path
    book = load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["E2"].value = None
    book.save(path)
    return path


@pytest.fixture(params=["csv", "xlsx"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def failed(workplace: Workplace, sandbox: Start, kind: str) -> tuple[Path, RunningSandbox]:
    """The failed rows of a run: C1's, for its e-mail."""
    server = sandbox()
    workplace.write("")
    file = people(workplace.folder, kind, ("C1", "Ann", "Lee", "ann@example"), ("C2", "Bo", "Lee", "bo@example.com"))
    result = run(file, workplace.mapping, workplace.options(), access_to(server))
    assert result.files.failed is not None
    assert (result.summary.rejected, result.summary.updated) == (1, 1)
    return result.files.failed, server


def test_mended_rows_are_sent(workplace: Workplace, failed: tuple[Path, RunningSandbox]) -> None:
    file = mended(failed[0], "ann@example", "ann@example.com")
    result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert (result.exit_code, result.summary.updated) == (0, 1)
    assert failed[1].state.values("C1")["email"] == "ann@example.com"


def touched_since(workplace: Workplace, server: RunningSandbox, kind: str) -> None:
    other = people(workplace.folder, kind, ("C1", "Ann", "Moore", "ann@example.com"), name="other")
    assert run(other, workplace.mapping, workplace.options(), access_to(server)).summary.updated == 1


@pytest.mark.parametrize("moved", [pytest.param(True, id="moved"), pytest.param(False, id="in the report's folder")])
def test_a_row_is_not_sent_where_a_later_run_has_touched_its_candidate(
    workplace: Workplace, failed: tuple[Path, RunningSandbox], kind: str, moved: bool
) -> None:
    touched_since(workplace, failed[1], kind)
    file = mended(failed[0], "ann@example", "ann@example.com")
    if not moved:
        shutil.copy(file, failed[0])
        file = failed[0]
    result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert [error.code for error in result.summary.errors] == ["superseded"]
    assert "empty its sync_row cell" in result.summary.errors[0].tip
    assert failed[1].state.values("C1")["last_name"] == "Moore"


def test_whoever_empties_sync_row_insists(workplace: Workplace, failed: tuple[Path, RunningSandbox], kind: str) -> None:
    touched_since(workplace, failed[1], kind)
    file = without_sync_row(mended(failed[0], "ann@example", "ann@example.com"))
    result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert (result.exit_code, result.summary.updated) == (0, 1)
    assert failed[1].state.values("C1")["last_name"] == "Lee"


def test_what_was_refused_since_does_not_count(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("ID,First,Last,Email\nmissing1,Ann,Lee,ann@example.com\n")
    for _ in range(2):
        result = run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert result.files.failed is not None
    result = run(result.files.failed, workplace.mapping, workplace.options(), access_to(server))
    assert (result.summary.failed, result.summary.rejected) == (1, 0)


def test_the_same_file_again_is_not_sent_again(workplace: Workplace, failed: tuple[Path, RunningSandbox]) -> None:
    file = mended(failed[0], "ann@example", "ann@example.com")
    for _ in range(2):
        result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert [error.code for error in result.summary.errors] == ["superseded"]
    assert failed[1].state.puts("C1") == 1


def test_a_check_of_the_file_is_not_taken_for_its_run(
    workplace: Workplace, failed: tuple[Path, RunningSandbox], kind: str
) -> None:
    touched_since(workplace, failed[1], kind)
    file = mended(failed[0], "no such text", "")
    check(file, workplace.mapping, workplace.options())
    file = mended(failed[0], "ann@example", "ann@example.com")
    result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert [error.code for error in result.summary.errors] == ["superseded"]


def test_rows_of_an_unknown_run_are_sent_and_that_is_said(
    workplace: Workplace, failed: tuple[Path, RunningSandbox]
) -> None:
    file = mended(failed[0], "ann@example", "ann@example.com")
    options = workplace.options(state=workplace.folder / "another.db")
    result = run(file, workplace.mapping, options, access_to(failed[1]))
    assert (result.exit_code, result.summary.updated) == (0, 1)
    assert "not in which run of this ledger" in result.files.page.read_text(encoding="utf-8")


def test_one_row_in_common_does_not_make_it_the_run(workplace: Workplace, sandbox: Start, kind: str) -> None:
    server = sandbox()
    workplace.write("")
    bad = [(f"C{number}", "Ann", "Lee", "ann@example") for number in range(1, 4)]
    elsewhere = workplace.options(state=workplace.folder / "another.db")
    first = run(people(workplace.folder, kind, *bad), workplace.mapping, elsewhere, access_to(server))
    assert first.files.failed is not None
    other = people(workplace.folder, kind, ("C9", "Bo", "Lee", "bo@example"), ("C8", "Bo", "Lee", "b@example.com"))
    run(other, workplace.mapping, workplace.options(), access_to(server))
    result = run(
        mended(first.files.failed, "C2", "C7"),
        workplace.mapping,
        workplace.options(),
        access_to(server),
    )
    assert "not in which run of this ledger" in result.files.page.read_text(encoding="utf-8")


def test_a_file_of_failed_rows_may_take_the_place_of_its_source(
    workplace: Workplace, failed: tuple[Path, RunningSandbox], kind: str
) -> None:
    touched_since(workplace, failed[1], kind)
    source = workplace.folder / f"people.{kind}"
    shutil.copy(mended(failed[0], "ann@example", "ann@example.com"), source)
    result = run(source, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert [error.code for error in result.summary.errors] == ["superseded"]


def test_emptied_codes_do_not_hide_the_run(
    workplace: Workplace, failed: tuple[Path, RunningSandbox], kind: str
) -> None:
    touched_since(workplace, failed[1], kind)
    file = mended(mended(failed[0], "ann@example", "ann@example.com"), "invalid-email", "")
    result = run(file, workplace.mapping, workplace.options(), access_to(failed[1]))
    assert [error.code for error in result.summary.errors] == ["superseded"]


def test_files_of_two_runs_may_be_joined(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("")
    joined = workplace.folder / "joined.csv"
    joined.write_text("", encoding="utf-8")
    for candidate in ("C1", "C5"):
        file = people(workplace.folder, "csv", (candidate, "Ann", "Lee", "ann@example"), name=candidate)
        result = run(file, workplace.mapping, workplace.options(), access_to(server))
        assert result.files.failed is not None
        header, *rows = result.files.failed.read_text(encoding="utf-8").splitlines(keepends=True)
        lines = joined.read_text(encoding="utf-8") or header
        mended_rows = (row.replace("ann@example,", "ann@example.com,") for row in rows)
        joined.write_text(lines + "".join(mended_rows), encoding="utf-8")
        if candidate == "C1":
            touched_since(workplace, server, "csv")
    result = run(joined, workplace.mapping, workplace.options(), access_to(server))
    assert (result.summary.updated, result.summary.rejected) == (1, 1)
    assert [(error.code, error.example[:2]) for error in result.summary.errors] == [("superseded", "A2")]
    assert server.state.values("C1")["last_name"] == "Moore"


def test_of_the_rows_of_no_known_run_the_number_is_said(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("")
    file = people(workplace.folder, "csv", ("C1", "Ann", "Lee", "ann@example"))
    result = run(file, workplace.mapping, workplace.options(), access_to(server))
    assert result.files.failed is not None
    path = mended(result.files.failed, "ann@example,", "ann@example.com,")
    path.write_text(path.read_text(encoding="utf-8") + "C5,Bo,Lee,bo@example.com,2,http-500,,,\n", encoding="utf-8")
    result = run(path, workplace.mapping, workplace.options(), access_to(server))
    assert result.summary.updated == 2
    assert "1 row says in the column sync_row that it failed before" in result.files.page.read_text(encoding="utf-8")


def rejected_people(workplace: Workplace, server: RunningSandbox, *rows: tuple[str, ...], name: str) -> list[str]:
    """The lines of the failed file of these rows, mended."""
    result = run(
        people(workplace.folder, "csv", *rows, name=name), workplace.mapping, workplace.options(), access_to(server)
    )
    assert result.files.failed is not None
    lines = result.files.failed.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line.replace("@example,", "@example.com,") for line in lines]


def test_of_two_runs_in_which_a_row_failed_alike_the_first_counts(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("")
    bad = ("C1", "Ann", "Lee", "ann@example")
    first = rejected_people(workplace, server, bad, name="first")
    touched_since(workplace, server, "csv")
    rejected_people(workplace, server, bad, ("C2", "Bo", "Lee", "bo@example.com"), name="second")
    file = workplace.folder / "mended.csv"
    file.write_text("".join(first), encoding="utf-8")
    result = run(file, workplace.mapping, workplace.options(), access_to(server))
    assert [error.code for error in result.summary.errors] == ["superseded"]
    assert server.state.values("C1")["last_name"] == "Moore"


def test_a_row_of_a_joined_file_is_held_against_the_run_whose_message_it_has(
    workplace: Workplace, sandbox: Start
) -> None:
    server = sandbox()
    workplace.write("")
    first = rejected_people(workplace, server, ("C1", "Ann", "Lee", "ann@example"), name="first")
    touched_since(workplace, server, "csv")
    others = [(f"C{number}", "Bo", "Lee", "b@example") for number in (2, 3)]
    second = rejected_people(workplace, server, ("C1", "Ann", "Lee", "bad@example"), *others, name="second")
    file = workplace.folder / "mended.csv"
    file.write_text("".join([*first, *second[2:]]), encoding="utf-8")
    result = run(file, workplace.mapping, workplace.options(), access_to(server))
    assert (result.summary.updated, result.summary.rejected) == (2, 1)
    assert server.state.values("C1")["last_name"] == "Moore"


def test_rows_beyond_the_limit_are_not_said_to_be_unknown(workplace: Workplace, sandbox: Start) -> None:
    server = sandbox()
    workplace.write("")
    bad = [(f"C{number}", "Ann", "Lee", "ann@example") for number in (1, 2, 3)]
    file = workplace.folder / "mended.csv"
    file.write_text("".join(rejected_people(workplace, server, *bad, name="first")), encoding="utf-8")
    result = run(file, workplace.mapping, workplace.options(limit=1), access_to(server))
    assert "in the column sync_row" not in result.files.page.read_text(encoding="utf-8")
