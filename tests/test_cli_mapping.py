"""The mapping language through to what the sandbox applied: a cell's way, duplicates, ids, text, files."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

import sync
from sync.api.fields import FIELDS
from sync.sandbox import RunningSandbox, SandboxOptions, running_sandbox
from tests.black_box import FAST, report_of, results_of
from tests.conftest import MAPPING, Workplace, access_to

Start = Callable[..., RunningSandbox]

WAY = """\
version: 1
name: way
candidate: {id: ex_id, column: [New ID, Old ID], transform: [upper]}
fields:
  email: {column: [E-mail, Email], transform: [lower]}
  location: {column: City, default: Nowhere}
  job_title: {column: Title, blank: clear, transform: [collapse_spaces, {truncate: 8}]}
  external_group_id: {column: Group, transform: [digits]}
  referrer_name: {column: Referrer, transform: [title, {replace: {pattern: "Dr\\\\.? ", with: ""}}]}
  status: {column: Status, values: {Active: APPROVED, Gone: "3"}}
  primary_contact_method: Contact by
  audience_type: Audience
  phone: {column: Mobile, transform: [{phone: US}]}
  hired_date: {column: Hired, transform: [{date: {formats: ["%m/%d/%Y"], timezone: America/Chicago}}]}
  candidate_journey_status: {template: "{Stage}: {Step}"}
  language_preference: {value: en}
  note: {column: Note, when: {Status: [gone, active]}}
  ex_reason: Reason
  resume: {column: Resume, transform: [{file: docs}]}
  candidate_attribute_data:
    store: {column: Store, transform: [upper]}
    size: Size
  use_paradox_status_map: {column: Map, transform: [boolean]}
  status_map_name: Map name
  status_map_ex_id: Map id
blank_values: [N/A, "-"]
clear_marker: "#CLEAR"
"""

ONLY_CONSTANTS = {"location": "Nowhere", "language_preference": "en", "job_title": ""}

ROWS: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "BLANKS": ({"City": " N/A ", "Title": "-", "E-mail": "", "Status": " "}, ONLY_CONSTANTS),
    "FIRST": ({"E-mail": "One@Example.com", "Email": "two@example.com"}, {"email": "one@example.com"}),
    "SECOND": ({"E-mail": " ", "Email": "two@example.com"}, {"email": "two@example.com"}),
    "CLEAR": (
        {"City": "#CLEAR", "Email": " #CLEAR ", "Store": "#CLEAR", "Size": "M", "Mobile": "#CLEAR"},
        {"location": "", "email": "", "phone": "", "candidate_attribute_data": {"store": "", "size": "M"}},
    ),
    "TEXT": (
        {"Title": "  Shift \t lead  ", "Group": "no. 12-34", "Referrer": "dr. ann lee", "Store": "nyc-04"},
        {
            "job_title": "Shift le",
            "external_group_id": "1234",
            "referrer_name": "Ann Lee",
            "candidate_attribute_data": {"store": "NYC-04"},
        },
    ),
    "NAMES": (
        {"Status": "ACTIVE", "Contact by": "email & sms", "Audience": "blue collar", "Note": "hello"},
        {"status": "1", "primary_contact_method": "3", "audience_type": "Blue Collar", "note": ["hello"]},
    ),
    "NUMBERS": ({"Status": " gone ", "Contact by": "4"}, {"status": "3", "primary_contact_method": "4"}),
    "WHEN": ({"Note": "not without a status"}, {}),
    "PHONE": ({"Mobile": "(415) 555-0101"}, {"phone": "+14155550101"}),
    "DATE": ({"Hired": "7/04/2026"}, {"hired_date": "2026-07-04T00:00:00-05:00"}),
    "TIME": ({"Hired": "2026-01-02 03:04"}, {"hired_date": "2026-01-02T03:04:00-06:00"}),
    "TEMPLATE": ({"Stage": "Offer", "Step": "Sent"}, {"candidate_journey_status": "Offer: Sent"}),
    "HALF": ({"Stage": "Offer", "Step": "N/A"}, {}),
    "BOOLEAN": (
        {"Map": "Yes", "Map name": "m", "Map id": "s"},
        {"use_paradox_status_map": True, "status_map_name": "m", "status_map_ex_id": "s"},
    ),
}


def columns() -> list[str]:
    return sorted({name for cells, _ in ROWS.values() for name in cells} | {"Reason", "Resume", "New ID", "Old ID"})


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workplace, RunningSandbox]]:
    with ExitStack() as stack:
        server = stack.enter_context(running_sandbox(SandboxOptions()))
        workplace = Workplace(tmp_path_factory.mktemp("way"))
        (workplace.folder / "docs").mkdir()
        (workplace.folder / "docs" / "nine.pdf").write_bytes(b"%PDF-" + bytes(9_000_000))
        rows = [{"Old ID": name.lower(), **cells} for name, (cells, _) in ROWS.items()]
        rows.append({"New ID": "file", "Old ID": "wrong", "Resume": "nine.pdf", "Map": "no", "Store": "x"})
        names = columns()
        lines = [names, *([row.get(name, "") for name in names] for row in rows)]
        workplace.write("".join("\t".join(f'"{cell}"' for cell in line) + "\n" for line in lines), WAY)
        done = workplace.command("run", "people.csv", "-m", "mapping.yaml", *FAST, url=server.base_url)
        assert done.returncode == 0, results_of(workplace)
        yield workplace, server


@pytest.mark.parametrize("name", ROWS)
def test_a_cells_way(way: tuple[Workplace, RunningSandbox], name: str) -> None:
    assert way[1].state.values(name) == {**ONLY_CONSTANTS, **ROWS[name][1]}


def test_a_file_that_is_too_big_for_json_goes_as_multipart_with_the_other_values(
    way: tuple[Workplace, RunningSandbox],
) -> None:
    content = b"%PDF-" + bytes(9_000_000)
    applied = way[1].state.values("FILE")
    assert applied["resume"] == [{"name": "nine.pdf", "size": 9_000_005, "sha256": hashlib.sha256(content).hexdigest()}]
    assert (applied["use_paradox_status_map"], applied["candidate_attribute_data"]) == (False, {"store": "X"})
    assert applied["job_title"] == ""


@pytest.mark.parametrize(
    ("mode", "outcomes", "applied"),
    [
        pytest.param("reject", ["rejected", "updated", "rejected", "rejected"], [], id="reject"),
        pytest.param("first", ["updated", "updated", "unchanged", "unchanged"], ["Lee1"], id="first"),
        pytest.param("last", ["unchanged", "updated", "unchanged", "updated"], ["Lee3"], id="last"),
        pytest.param("all", ["updated"] * 4, ["Lee1", "Lee2", "Lee3"], id="all"),
    ],
)
def test_duplicates(workplace: Workplace, sandbox: Start, mode: str, outcomes: list[str], applied: list[str]) -> None:
    server = sandbox()
    rows = "C1,Ann,Lee1,\nC2,Bob,Lee,\n C1 ,Ann,Lee2,\nC1,Ann,Lee3,\n"
    workplace.write("ID,First,Last,Email\n" + rows, MAPPING + f"duplicates: {mode}\n")
    sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(server))
    assert [line["outcome"] for line in results_of(workplace)] == outcomes
    assert server.state.puts("C1") == len(applied)
    assert server.state.values("C1").get("last_name") == (applied[-1] if applied else None)


TEXT_MAPPING = "version: 1\ncandidate: {id: ex_id, column: ID}\nfields: {location: Text}\n"
IDS = ["a/b", "ü", "two words", "%2F", "?", "#", ";@:", "a+b&c=d", "../up", "1234567890123456789", "1E5", "~", "日本"]
TEXTS = ["00123", "1E5", "NA", "null", "TRUE", "1234567890123456789", "1.0", "-0", "nan", "None", "=1+1", "'x", "1,5"]


@pytest.fixture(scope="module")
def fidelity(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    workplace = Workplace(tmp_path_factory.mktemp("fidelity"))
    lines = "".join(f'"{one}";"{text}"\r\n' for one, text in zip(IDS, TEXTS, strict=True))
    workplace.write("\ufeffID;Text\r\n" + lines, TEXT_MAPPING)
    with running_sandbox(SandboxOptions()) as server:
        assert sync.run(workplace.file, workplace.mapping, workplace.options(), access_to(server)).exit_code == 0
        yield server


@pytest.mark.parametrize("candidate", IDS)
def test_an_id_addresses_its_candidate_whatever_its_characters(fidelity: RunningSandbox, candidate: str) -> None:
    assert fidelity.state.puts(candidate) == 1


@pytest.mark.parametrize(("candidate", "text"), list(zip(IDS, TEXTS, strict=True)), ids=TEXTS)
def test_text_in_a_csv_arrives_as_typed(fidelity: RunningSandbox, candidate: str, text: str) -> None:
    assert fidelity.state.values(candidate)["location"] == text


CELLS: list[tuple[str, object, str, str]] = [
    ("text 00123", "00123", "@", "00123"),
    ("text 1E5", "1E5", "General", "1E5"),
    ("text NA", "NA", "General", "NA"),
    ("text null", "null", "General", "null"),
    ("text TRUE", "TRUE", "General", "TRUE"),
    ("text of 19 digits", "1234567890123456789", "General", "1234567890123456789"),
    ("number in 00000", 123, "00000", "00123"),
    ("number in General", 100000, "General", "100000"),
    ("number in 0%", 0.5, "0%", "50%"),
    ("number without .0", 12.0, "General", "12"),
    ("large number", 123456789012345, "General", "123456789012345"),
    ("boolean", True, "General", "TRUE"),
    ("date", datetime.date(2026, 3, 4), "dd/mm/yy", "2026-03-04"),
]
CELL_IDS = [name for name, *_ in CELLS]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningSandbox, Workplace]]:
    """A workbook with a title line, a number of 19 digits and an error: `failed.xlsx` takes the last two."""
    workplace = Workplace(tmp_path_factory.mktemp("cells"))
    workplace.mapping.write_text(TEXT_MAPPING)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Candidates of May"])
    sheet.append(["ID", "Other", "text"])
    for name, value, number_format, _ in [*CELLS, ("lost", 1234567890123456789, "0", ""), ("error", "#N/A", "", "")]:
        sheet.append([name, None, value])
        sheet.cell(sheet.max_row, 3).number_format = number_format or "General"
    book.save(workplace.folder / "people.xlsx")
    with running_sandbox(SandboxOptions()) as server:
        file = workplace.folder / "people.xlsx"
        assert sync.run(file, workplace.mapping, workplace.options(), access_to(server)).exit_code == 3
        yield server, workplace


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, _, _, text in CELLS], ids=CELL_IDS)
def test_a_workbooks_cell_arrives_as_it_shows(cells: tuple[RunningSandbox, Workplace], name: str, text: str) -> None:
    assert cells[0].state.values(name)["location"] == text


def test_cells_that_have_lost_their_value_are_rejected(cells: tuple[RunningSandbox, Workplace]) -> None:
    lines = results_of(cells[1])[-2:]
    assert [(line["code"], line["column"]) for line in lines] == [("number-too-long", "text"), ("invalid-cell", "text")]


def test_failed_xlsx_is_taken_back_and_once_mended_succeeds(cells: tuple[RunningSandbox, Workplace]) -> None:
    server, workplace = cells
    failed = report_of(workplace) / "failed.xlsx"
    book = load_workbook(failed)
    sheet = book.active
    assert sheet is not None
    header = next(number for number in range(1, 9) if sheet.cell(number, 1).value == "ID")
    assert [cell.value for cell in sheet[header]][:4] == ["ID", "Other", "text", "sync_row"]
    for row in (2, 3):
        sheet.cell(header + row - 1, 3).value = f"mended {row}"
    mended = workplace.folder / "mended.xlsx"
    book.save(mended)
    options = workplace.options(report_dir=workplace.folder / "after")
    as_it_is = sync.run(failed, workplace.mapping, options, access_to(server))
    assert (as_it_is.exit_code, as_it_is.summary.rejected) == (3, 2)
    result = sync.run(mended, workplace.mapping, options, access_to(server))
    assert (result.exit_code, result.summary.updated) == (0, 2)
    assert server.state.values("lost")["location"] == "mended 2"


def test_mapping_check_says_what_a_right_mapping_does(workplace: Workplace) -> None:
    workplace.write("")
    done = workplace.command("mapping", "check", "mapping.yaml")
    assert done.returncode == 0
    assert "mapping.yaml is right: candidate by ex_id, 3 fields: first_name, last_name, email." in done.stdout
    assert "Can reach a person: email." in done.stdout


def test_mapping_fields_lists_every_field_of_the_api(workplace: Workplace) -> None:
    done = workplace.command("mapping", "fields")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == [field.name for field in FIELDS]


def test_mapping_schema_is_a_json_schema_with_every_field(workplace: Workplace) -> None:
    done = workplace.command("mapping", "schema")
    schema = json.loads(done.stdout)
    assert (done.returncode, schema["type"]) == (0, "object")
    assert set(schema["properties"]["fields"]["properties"]) == {field.name for field in FIELDS}
