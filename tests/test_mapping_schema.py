"""The JSON Schema says of a mapping what reading it says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from ruamel.yaml import YAML

from sync.api.fields import FIELDS
from sync.errors import MappingError
from sync.mapping import fields_table, load_mapping, mapping_schema
from tests.mapping_cases import EXAMPLE, write_mapping

VALIDATOR = jsonschema_rs.validator_for(mapping_schema())
PROJECT = Path(__file__).parent.parent


def complaints(text: str) -> list[str]:
    """What an editor would mark; to it, all keys are text."""
    as_json = json.loads(json.dumps(YAML(typ="safe", pure=True).load(text)))
    return [error.message for error in VALIDATOR.iter_errors(as_json)]


def in_fields(line: str) -> str:
    return f"version: 1\ncandidate: {{id: ex_id, column: ID}}\nfields:\n  {line}\n"


def at_top(line: str) -> str:
    return f"{in_fields('note: N')}{line}\n"


def test_schema_is_one() -> None:
    jsonschema_rs.meta.validate(mapping_schema())


def test_example() -> None:
    assert complaints(EXAMPLE) == []


@pytest.mark.parametrize("path", sorted((PROJECT / "mappings").glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_mappings(path: Path) -> None:
    assert complaints(path.read_text(encoding="utf-8")) == []
    load_mapping(path)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_is_described(field: object) -> None:
    described = mapping_schema()["properties"]["fields"]["properties"][field.name]["description"]  # type: ignore[attr-defined]
    assert described.startswith(field.meaning)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(in_fields("note: 2026"), id="number as column"),
        pytest.param(in_fields("note: {column: [1, true], default: 0}"), id="other scalars"),
        pytest.param(in_fields("status: {column: S, values: {1: approved, x: 3, y: SPAM}}"), id="outputs"),
        pytest.param(in_fields("note: {column: N, transform: lower}"), id="one transform"),
        pytest.param(in_fields("note: {column: N, transform: [{lower: }, date, boolean, phone]}"), id="no arguments"),
        pytest.param(in_fields('note: {column: N, transform: [{replace: {pattern: a, with: ""}}]}'), id="with nothing"),
        pytest.param(in_fields("note: {column: N, when: {S: x}, blank: clear}"), id="when"),
        pytest.param(in_fields('resume: {column: R, transform: [lower, {file: "."}]}'), id="file"),
        pytest.param(at_top("source: {sheet: 2, delimiter: tab, encoding: cp1252}"), id="source"),
        pytest.param(at_top("limits: {rate: 0.5, max_errors: 0}"), id="limits"),
        pytest.param(at_top("blank_values: N/A"), id="one blank value"),
    ],
)
def test_right(tmp_path: Path, text: str) -> None:
    assert complaints(text) == []
    load_mapping(write_mapping(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(in_fields("emial: E"), id="unknown field"),
        pytest.param(in_fields("note: {colum: N}"), id="unknown key"),
        pytest.param(in_fields("note: [A]"), id="list"),
        pytest.param(in_fields("note:"), id="left out"),
        pytest.param(in_fields("note: {required: true}"), id="no source"),
        pytest.param(in_fields("note: {column: N, value: x}"), id="column and value"),
        pytest.param(in_fields("note: {column: []}"), id="no columns"),
        pytest.param(in_fields("note: {column: N, required: maybe}"), id="flag"),
        pytest.param(in_fields("note: {column: N, blank: clera}"), id="blank"),
        pytest.param(in_fields('note: {template: "{A"}'), id="brace"),
        pytest.param(in_fields('note: {template: "{ }"}'), id="empty placeholder"),
        pytest.param(in_fields('note: {template: "x"}'), id="no placeholder"),
        pytest.param(in_fields("note: {column: N, transform: [lowr]}"), id="transform"),
        pytest.param(in_fields("note: {column: N, transform: [{lower: x}]}"), id="needless argument"),
        pytest.param(in_fields("note: {column: N, transform: [truncate]}"), id="argument left out"),
        pytest.param(in_fields("note: {column: N, transform: [{truncate: 0}]}"), id="truncate 0"),
        pytest.param(in_fields("note: {column: N, transform: [{replace: {pattern: a}}]}"), id="replace without with"),
        pytest.param(in_fields("note: {column: N, transform: [{file: x}]}"), id="file on text"),
        pytest.param(in_fields("resume: R"), id="file field alone"),
        pytest.param(in_fields("resume: {column: R, transform: [lower]}"), id="file field without file"),
        pytest.param(in_fields("phone: {column: P, transform: [{phone: USA}]}"), id="region"),
        pytest.param(in_fields("hired_date: {column: D, transform: [{date: {timezone: Chicago}}]}"), id="time zone"),
        pytest.param(in_fields("status: {column: S, values: {Active: APROVED}}"), id="output"),
        pytest.param(in_fields("first_name: A"), id="first name alone"),
        pytest.param(in_fields("{name: N, first_name: A, last_name: B}"), id="name beside first and last name"),
        pytest.param(in_fields("candidate_attribute_data: A"), id="attributes as text"),
        pytest.param(in_fields("{}"), id="no fields"),
        pytest.param(at_top("nmae: x"), id="unknown top-level key"),
        pytest.param(at_top("duplicates: frist"), id="duplicates"),
        pytest.param(at_top("source: {header: 0}"), id="header"),
        pytest.param(at_top("source: {delimiter: abc}"), id="delimiter"),
        pytest.param(at_top("limits: {rate: 0}"), id="rate"),
        pytest.param(at_top("limits: {max_errors: 120%}"), id="max_errors"),
        pytest.param(at_top("limits: {concurrency: 1.5}"), id="concurrency"),
        pytest.param("version: 2\ncandidate: {id: ex_id, column: A}\nfields: {note: N}", id="version"),
        pytest.param("version: 1\ncandidate: {id: exid, column: A}\nfields: {note: N}", id="kind of id"),
        pytest.param("version: 1\nfields: {note: N}", id="no candidate"),
    ],
)
def test_wrong(tmp_path: Path, text: str) -> None:
    assert complaints(text) != []
    with pytest.raises(MappingError, match=r"mapping\.yaml:[0-9]+: "):
        load_mapping(write_mapping(tmp_path, text))


def test_fields_table_has_a_row_per_field() -> None:
    assert [row.name for row in fields_table()] == [field.name for field in FIELDS]


def test_fields_table_tells_the_rules() -> None:
    rows = {row.name: row for row in fields_table()}
    assert rows["status"].allowed.startswith("APPROVED = 1, PENDING = 2")
    assert rows["use_paradox_status_map"].rule == "true requires status_map_name and status_map_ex_id"
    assert rows["email"].rule == "at most 50 characters"
