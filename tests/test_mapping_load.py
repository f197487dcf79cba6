"""Reading a mapping: what it says when it is right, and where and what is wrong when it is not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sync.errors import MappingError
from sync.mapping import load_mapping
from tests.mapping_cases import EXAMPLE, mapping_of, write_mapping

NAMES = "first_name: A\n  last_name: B"


def load(folder: Path, text: str) -> str:
    """The message of the error that a mapping gives."""
    with pytest.raises(MappingError) as caught:
        load_mapping(write_mapping(folder, text))
    return str(caught.value)


def with_fields(fields: str) -> str:
    """A mapping whose fields begin in line 4."""
    return f"version: 1\ncandidate: {{id: ex_id, column: ID}}\nfields:\n{fields}\n"


def test_example(tmp_path: Path) -> None:
    path = write_mapping(tmp_path, EXAMPLE)
    mapping = load_mapping(path)
    assert (mapping.version, mapping.name, mapping.id_kind) == (1, "workday-nightly", "ex_id")
    assert (mapping.source.sheet, mapping.source.header, mapping.source.hidden_rows) == ("Candidates", 1, "include")
    assert (mapping.limits.rate, mapping.limits.concurrency, mapping.limits.contact_limit) == (20, 16, 500)
    assert mapping.limits.max_errors == "5%"
    assert mapping.fingerprint == hashlib.sha256(path.read_bytes()).hexdigest()


def test_example_columns(tmp_path: Path) -> None:
    columns = load_mapping(write_mapping(tmp_path, EXAMPLE)).columns
    assert ("E-mail", "Email") in columns
    assert {("Stage",), ("Step",), ("Status",), ("Candidate ID",), ("Shirt Size",)} <= set(columns)
    assert len(columns) == len(set(columns)) == 14


def test_example_fields(tmp_path: Path) -> None:
    mapping = load_mapping(write_mapping(tmp_path, EXAMPLE))
    assert mapping.fields[:3] == ("first_name", "last_name", "email")
    assert mapping.contact_fields == (
        "email", "phone", "status", "candidate_journey_status", "use_paradox_status_map",
    )  # fmt: skip


def test_name_is_the_files_where_it_says_none(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{note: N}")
    assert (mapping.name, mapping.duplicates, mapping.limits.rate, mapping.touches_contact) == (
        "mapping", "reject", None, False,
    )  # fmt: skip


def test_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert load_mapping(path).name == "workday-nightly"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("emial: E", "unknown field 'emial'; did you mean 'email'?", id="unknown field"),
        pytest.param("note: {colum: N}", "unknown key 'colum' in fields.note; did you mean 'column'?", id="key"),
        pytest.param("note: [A, B]", "fields.note: must be a mapping of keys, not a list", id="list for a rule"),
        pytest.param("note:", "fields.note: has no value", id="left out"),
        pytest.param("note: {column: }", "fields.note.column: has no value", id="column left out"),
        pytest.param("note: {column: []}", "must not be empty", id="no columns"),
        pytest.param('note: {column: " "}', "must not be empty", id="column of spaces"),
        pytest.param("note: {column: {a: b}}", "must be a list, not a mapping", id="mapping for a column"),
        pytest.param("note: {required: true}", "needs one of: column, template, value", id="no source"),
        pytest.param("note: {column: N, value: x}", "value: stands beside column", id="value and column"),
        pytest.param('note: {column: N, template: "{A}"}', "template: stands beside column", id="template and column"),
        pytest.param("note: {value: x, default: y}", "default: has no use beside value", id="value and default"),
        pytest.param("note: {value: x, required: true}", "required: has no use", id="value and required"),
        pytest.param("note: {column: N, required: maybe}", "must be true or false", id="flag"),
        pytest.param("note: {column: N, blank: clera}", "did you mean 'clear'?", id="blank"),
        pytest.param("note: {column: N, required: true, blank: clear}", "contradicts", id="required and clear"),
        pytest.param("note: {column: N, when: [a]}", "when: must be a mapping of keys, not a list", id="when"),
        pytest.param('note: {template: "{A"}', "without its counterpart", id="brace"),
        pytest.param('note: {template: "A}"}', "without its counterpart", id="closing brace"),
        pytest.param('note: {template: "{A}{ }"}', "empty placeholder", id="empty placeholder"),
        pytest.param('note: {template: "A"}', "no placeholder", id="no placeholder"),
        pytest.param(
            "note: {column: N, transform: [lowr]}",
            "unknown transform 'lowr' in fields.note; did you mean 'lower'?",
            id="transform",
        ),
        pytest.param("note: {column: N, transform: [{lower: x}]}", "takes no argument", id="needless argument"),
        pytest.param(
            "note: {column: N, transform: [{lower: , upper: }]}", "one name with its argument", id="two in one"
        ),
        pytest.param("note: {column: N, transform: [replace]}", "'pattern' is missing", id="replace alone"),
        pytest.param(
            'note: {column: N, transform: [{replace: {pattern: "(", with: x}}]}', "not a regular expression", id="regex"
        ),
        pytest.param(
            'note: {column: N, transform: [{replace: {pattern: "a", with: "\\\\2"}}]}',
            "'with' cannot be used",
            id="group",
        ),
        pytest.param("note: {column: N, transform: [{truncate: 0}]}", "greater than or equal to 1", id="truncate 0"),
        pytest.param("note: {column: N, transform: [{truncate: 1.5}]}", "must be a whole number", id="truncate 1.5"),
        pytest.param(
            "note: {column: N, transform: [{boolean: {true: [a], false: [A]}}]}", "both true and false", id="words"
        ),
        pytest.param("note: {column: N, transform: [{file: x}]}", "note is none", id="file on text"),
        pytest.param("resume: R", "needs the transform {file: FOLDER}", id="file field alone"),
        pytest.param("resume: {column: R, transform: [{file: x}, lower]}", "as its last", id="file not last"),
        pytest.param("resume: {column: R, transform: [file]}", "'folder' is missing", id="file without folder"),
        pytest.param(
            "phone: {column: P, transform: [{phone: USA}]}", "unknown region 'USA'; did you mean 'US'?", id="region"
        ),
        pytest.param(
            "hired_date: {column: D, transform: [{date: {timezone: Europe/Berln}}]}",
            "did you mean 'Europe/Berlin'?",
            id="time zone",
        ),
        pytest.param(
            "hired_date: {column: D, transform: [{date: {formats: [MM/DD/YYYY]}}]}",
            "did you mean '%m/%d/%Y'",
            id="format as spreadsheets write it",
        ),
        pytest.param(
            'hired_date: {column: D, transform: [{date: {formats: ["%Q"]}}]}', "is not a date format", id="directive"
        ),
        pytest.param(
            'hired_date: {column: D, transform: [{date: {formats: ["%d.%m."]}}]}',
            "day, the month and the year",
            id="no year",
        ),
        pytest.param(
            'hired_date: {column: D, transform: [{date: {formats: ["%d.%m.%Y %I:%M"]}}]}', "without %p", id="no am pm"
        ),
        pytest.param(
            'hired_date: {column: D, transform: [{date: {formats: ["%d.%m.%Y %H %Z"]}}]}', "zone's name", id="zone name"
        ),
        pytest.param(
            "status: {column: S, values: {Active: APROVED}}",
            "fields.status.values.Active: 'APROVED' is no value of status; did you mean 'APPROVED'?",
            id="values",
        ),
        pytest.param("status: {value: OPEN}", "'OPEN' is no value of status", id="constant"),
        pytest.param("status: {column: S, default: OPEN}", "'OPEN' is no value of status", id="default"),
        pytest.param("status: {column: S, values: {a: APPROVED, A: SPAM}}", "'A' is the same as 'a'", id="doubled key"),
        pytest.param("status: {column: S, values: {a: }}", "has no value", id="empty output"),
        pytest.param(
            "use_paradox_status_map: {column: S, values: {a: maybe}}", "is no value of use_paradox", id="boolean output"
        ),
        pytest.param("first_name: A", "fields.first_name needs last_name beside it", id="first name alone"),
        pytest.param("candidate_attribute_data: A", "must be a mapping of keys, not text", id="attributes as text"),
        pytest.param("candidate_attribute_data: {}", "must not be empty", id="no attributes"),
        pytest.param("candidate_attribute_data: {a: {colum: A}}", "did you mean 'column'?", id="attribute's key"),
    ],
)
def test_wrong_field(tmp_path: Path, line: str, reason: str) -> None:
    message = load(tmp_path, with_fields(f"  {line}"))
    assert reason in message
    assert message.startswith(f"{tmp_path / 'mapping.yaml'}:4: ")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("version: 2", "version: must be 1", id="version"),
        pytest.param("nmae: x", "unknown key 'nmae'; did you mean 'name'?", id="unknown key"),
        pytest.param("duplicates: frist", "did you mean 'first'?", id="duplicates"),
        pytest.param("source: {headr: 1}", "unknown key 'headr' in source; did you mean 'header'?", id="source key"),
        pytest.param("source: {header: 0}", "source.header: must be greater than or equal to 1", id="header"),
        pytest.param("source: {encoding: utf-88}", "unknown encoding 'utf-88'", id="encoding"),
        pytest.param("source: {delimiter: abc}", "auto, one character, or one of tab", id="delimiter"),
        pytest.param("limits: {rate: 0}", "limits.rate: must be greater than or equal to 0.01", id="rate 0"),
        pytest.param("limits: {rate: nan}", "limits.rate: must be a number", id="rate nan"),
        pytest.param("limits: {concurrency: 0}", "must be greater than or equal to 1", id="concurrency 0"),
        pytest.param("limits: {concurrency: 1.5}", "must be a whole number", id="concurrency 1.5"),
        pytest.param("limits: {max_errors: 120%}", "or a share such as 5%", id="max_errors"),
        pytest.param("limits: {contact_limit: -1}", "must be greater than or equal to 0", id="contact_limit"),
        pytest.param("limits: {rat: 1}", "unknown key 'rat' in limits; did you mean 'rate'?", id="limit"),
        pytest.param("clear_marker: X\nblank_values: [X]", "clear_marker is among the blank_values", id="marker"),
    ],
)
def test_wrong_top_level(tmp_path: Path, line: str, reason: str) -> None:
    version = "" if line.startswith("version") else "version: 1\n"
    assert reason in load(tmp_path, f"{version}candidate: {{id: ex_id, column: ID}}\nfields: {{note: N}}\n{line}\n")


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        pytest.param("{id: exid, column: ID}", "use OID, external_oid, ex_id; did you mean 'ex_id'?", id="kind"),
        pytest.param("{id: ex_id}", "the key 'column' is missing in candidate", id="no column"),
        pytest.param("{column: ID}", "the key 'id' is missing in candidate", id="no kind"),
        pytest.param("ID", "candidate: must be a mapping of keys, not text", id="text"),
        pytest.param("{id: ex_id, column: ID, transform: [{file: x}]}", "an id is no file", id="file"),
    ],
)
def test_wrong_candidate(tmp_path: Path, candidate: str, reason: str) -> None:
    assert reason in load(tmp_path, f"version: 1\ncandidate: {candidate}\nfields: {{note: N}}\n")


@pytest.mark.parametrize("key", ["version", "candidate", "fields"])
def test_missing_key(tmp_path: Path, key: str) -> None:
    parts = {"version": "1", "candidate": "{id: ex_id, column: ID}", "fields": "{note: N}"}
    text = "".join(f"{name}: {part}\n" for name, part in parts.items() if name != key)
    assert f"the key '{key}' is missing" in load(tmp_path, text)


def test_name_excludes_first_and_last_name(tmp_path: Path) -> None:
    message = load(tmp_path, with_fields(f"  name: N\n  {NAMES}"))
    assert message.count("stands beside name") == 2


def test_all_problems_are_told_by_line(tmp_path: Path) -> None:
    message = load(tmp_path, with_fields("  emial: E\n  note: {colum: N}") + "limits: {rate: fast}\n")
    lines = [line.split(":")[1] for line in message.splitlines()]
    assert lines == ["4", "5", "6"]


def test_no_fields(tmp_path: Path) -> None:
    assert "fields: must not be empty" in load(tmp_path, "version: 1\ncandidate: {id: ex_id, column: A}\nfields: {}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "there is no such file", id="missing"),
        pytest.param(b"", "the mapping is empty", id="empty"),
        pytest.param(b"version: 1\nname: \xff", ":2: is not UTF-8", id="not UTF-8"),
        pytest.param(b"a: b: c", ":1: not YAML", id="not YAML"),
        pytest.param(b"#" * 1_000_001, "larger than", id="large"),
    ],
)
def test_unreadable(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "m.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MappingError, match=reason):
        load_mapping(path)


def test_folder_is_no_mapping(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="is a folder"):
        load_mapping(tmp_path)
