"""A cell's way through a rule, in the order that the language promises, and what a chunk becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import MappingError
from sync.mapping import load_mapping, payloads
from sync.model import CellProblem
from tests.mapping_cases import (
    EXAMPLE,
    all_errors,
    applied,
    bound,
    chunk_of,
    errors_of,
    mapping_of,
    outcome,
    write_mapping,
)

BLANKS = 'blank_values: [N/A, "-"]\nclear_marker: "#CLEAR"\n'


@pytest.mark.parametrize(
    ("rule", "cell", "value"),
    [
        pytest.param("X", " Ann\u00a0", "Ann", id="outer white space off"),
        pytest.param("X", "00123", "00123", id="text stays text"),
        pytest.param("X", "null", "null", id="null is text"),
        pytest.param("X", "", None, id="blank is left alone"),
        pytest.param("X", "  ", None, id="spaces are blank"),
        pytest.param("X", " N/A ", None, id="blank value"),
        pytest.param("X", "n/a", "n/a", id="blank values regard case"),
        pytest.param("X", "#CLEAR", "", id="clear marker"),
        pytest.param("X", "see #CLEAR", "see #CLEAR", id="marker within text"),
        pytest.param("{column: X, default: d}", "-", "d", id="default of a blank value"),
        pytest.param("{column: X, default: d}", "#CLEAR", "", id="default not of a cleared cell"),
        pytest.param("{column: X, default: d, transform: [upper]}", "", "D", id="default is transformed"),
        pytest.param("{column: X, blank: clear}", "-", "", id="blank clears"),
        pytest.param("{column: X, blank: clear, default: d}", "", "d", id="default before clear"),
        pytest.param("{column: X, required: true}", "N/A", "!missing-value", id="required"),
        pytest.param("{column: X, required: true}", "#CLEAR", "", id="cleared is not blank"),
        pytest.param("{column: X, transform: [digits]}", "#CLEAR", "", id="cleared is not transformed"),
        pytest.param("{column: X, values: {a: b}}", " A ", "b", id="values"),
        pytest.param("{column: X, values: {a: b}}", "b", "!unknown-value", id="values lists all"),
        pytest.param("{column: X, values: {a: b}}", "", None, id="blank is not looked up"),
        pytest.param("{column: X, transform: [lower], values: {' STRASSE ': b}}", "straße", "b", id="values fold"),
        pytest.param("{column: X, transform: [{truncate: 1}], values: {a: b}}", "abc", "b", id="transforms first"),
        pytest.param("{value: c}", "x", "c", id="constant"),
        pytest.param("{value: c, transform: [upper]}", "x", "C", id="constant is transformed"),
        pytest.param("{column: [X, Y]}", "x", "x", id="first column"),
        pytest.param("{column: [X, Y]}", "", "y", id="second column"),
        pytest.param("{column: [X, Y]}", "N/A", None, id="a blank value is chosen, and then is blank"),
        pytest.param("{column: [X, Y]}", "  ", "y", id="white space is no value"),
        pytest.param("{column: [X, Y]}", "#CLEAR", "", id="the marker is a value"),
        pytest.param("{column: [Other, X]}", "x", "x", id="one of the columns is enough"),
        pytest.param('{template: "{X}: {Y}"}', "x ", "x: y", id="template"),
        pytest.param('{template: "{X}: {Y}"}', "N/A", None, id="template with a blank"),
        pytest.param('{template: "{X}: {Y}"}', "#CLEAR", "", id="template with the marker"),
        pytest.param('{template: "100% {X} {x}"}', "x", "100% x x", id="template with %"),
        pytest.param('{template: "{X}"}', "{Y}", "{Y}", id="braces in a cell are text"),
        pytest.param("{column: X, when: {Y: [other, Y]}}", "x", "x", id="when it holds"),
        pytest.param("{column: X, when: {Y: other}}", "x", None, id="when it does not"),
        pytest.param("{column: X, required: true, when: {Y: other}}", "", None, id="required only when"),
        pytest.param("{column: X, transform: [phone], when: {Y: other}}", "x", None, id="transforms only when"),
        pytest.param("{value: c, when: {X: [a, b], Y: y}}", " B", "c", id="when of two columns"),
    ],
)
def test_way(tmp_path: Path, rule: str, cell: str, value: str | None) -> None:
    assert outcome(tmp_path, rule, cell, BLANKS) == value


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        pytest.param("status", "approved", "1", id="name"),
        pytest.param("status", "3", "3", id="number"),
        pytest.param("status", "6", "!unknown-value", id="other number"),
        pytest.param("primary_contact_method", "email & SMS", "3", id="name with &"),
        pytest.param("audience_type", "blue collar", "Blue Collar", id="name that is its own value"),
        pytest.param("use_paradox_status_map", "FALSE", "false", id="boolean"),
        pytest.param("use_paradox_status_map", "no", "!unknown-value", id="boolean without the transform"),
    ],
)
def test_api_names(tmp_path: Path, field: str, cell: str, value: str) -> None:
    assert outcome(tmp_path, "X", cell, field=field) == value


def test_values_lead_to_api_names(tmp_path: Path) -> None:
    assert outcome(tmp_path, "{column: X, values: {Active: approved, Closed: 3}}", "active", field="status") == "1"


def test_unknown_value_names_the_nearest(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}}")
    (error,) = errors_of(mapping, ["ID", "Status"], ["C1", "Actve"])
    assert error.message == "'Actve' is not listed in the mapping's values"
    assert error.tip == "Nearest listed: 'Active', 'Closed'; or add it there."


def test_error_has_its_place(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{phone: {column: [Home, Mobile], transform: [{phone: US}]}}")
    (error,) = errors_of(mapping, ["ID", "Home ", "Mobile"], ["C1", "", "12"])
    assert (error.row, error.column, error.cell, error.code) == (2, "Mobile", "C2", "invalid-phone")
    assert error.message == "'12' is not a valid phone number of region US"


def test_one_bad_cell_hides_no_other(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{phone: {column: P, transform: [phone]}, email: E, status: S}")
    errors = errors_of(
        mapping, ["ID", "P", "E", "S"], ["C1", "1", "a", "b"], ["C2", "", "ann@example.com", ""], ["", "x", "", ""]
    )
    assert [(error.row, error.code) for error in errors] == [
        (2, "invalid-email"),
        (2, "phone-without-country"),
        (2, "unknown-value"),
        (4, "missing-id"),
        (4, "phone-without-country"),
    ]


def test_header_matches_without_case_and_spaces(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{note: First  name}")
    assert applied(mapping, ["id", "\u00a0FIRST\u00a0Name "], ["C1", "x"]).columns[0].values == ["x"]


def test_missing_column_has_line_and_hint(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{\n  note: N,\n  email: E-mal\n}")
    with pytest.raises(MappingError, match=r":5: column 'E-mal' is not in the file; did you mean 'E-mail'\?"):
        bound(mapping, ["ID", "N", "E-mail"])


def test_hint_is_for_any_name_of_a_list(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{phone: {column: [Telephone, Moblie]}}")
    with pytest.raises(MappingError, match="column 'Telephone' or 'Moblie' is not in the file; did you mean 'Mobile'"):
        bound(mapping, ["ID", "Mobile", "Name"])


def test_all_missing_columns_are_told(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, '{note: {template: "{A}{B}", when: {C: x}}}')
    with pytest.raises(MappingError) as caught:
        bound(mapping, ["X"])
    assert [name for name in ("'ID'", "'A'", "'B'", "'C'") if name not in str(caught.value)] == []


def test_doubled_column(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{note: N}")
    with pytest.raises(MappingError, match="column 'N' is in the file more than once"):
        bound(mapping, ["ID", "N", "n "])


def test_doubled_column_that_is_not_mapped(tmp_path: Path) -> None:
    assert bound(mapping_of(tmp_path, "{note: N}"), ["ID", "N", "X", "X", "", ""]).used == (0, 1)


def problem(code: str, columns: tuple[int, ...] | None, row: int = 2) -> CellProblem:
    return CellProblem(row, code, columns, "#N/A", f"{code} found")


@pytest.mark.parametrize(
    ("rule", "columns", "codes"),
    [
        pytest.param("X", (1,), ["invalid-cell"], id="mapped"),
        pytest.param("X", (2,), [], id="not mapped"),
        pytest.param("{column: [X, Y]}", (1,), ["invalid-cell"], id="first of a list"),
        pytest.param("{column: [Y, X]}", (1,), [], id="second of a list, not needed"),
        pytest.param('{template: "{X}{Y}"}', (2,), ["invalid-cell"], id="in a template"),
        pytest.param("{column: X, when: {Y: x}}", (2,), ["invalid-cell"], id="in a condition"),
        pytest.param("{column: X, when: {Y: x}}", (1,), [], id="where the condition does not hold"),
        pytest.param("{column: X, required: true, transform: [digits]}", (1,), ["invalid-cell"], id="only that"),
        pytest.param("X", (0,), ["invalid-cell"], id="id"),
    ],
)
def test_unusable_cell(tmp_path: Path, rule: str, columns: tuple[int, ...], codes: list[str]) -> None:
    mapped = bound(mapping_of(tmp_path, f"{{note: {rule}}}"), ["ID", "X", "Y"])
    errors = all_errors(mapped, chunk_of([["C1", "", "y"]], (problem("invalid-cell", columns),)))
    assert [error.code for error in errors] == codes


def test_unusable_cell_is_told_once(tmp_path: Path) -> None:
    mapped = bound(mapping_of(tmp_path, "{note: X, location: X}"), ["ID", "X"])
    (error,) = all_errors(mapped, chunk_of([["C1", ""]], (problem("number-too-long", (1,)),)))
    assert (error.column, error.cell, error.message) == ("X", "B2", "number-too-long found")


def test_row_with_cells_too_many_has_no_other_errors(tmp_path: Path) -> None:
    mapped = bound(mapping_of(tmp_path, "{email: E}"), ["ID", "E"])
    (error,) = all_errors(mapped, chunk_of([["", "shifted"]], (problem("ragged-row", None),)))
    assert (error.code, error.column, error.cell) == ("ragged-row", "", "")


@pytest.mark.parametrize(
    ("missing", "codes"),
    [
        pytest.param((3,), [], id="not mapped"),
        pytest.param((2, 3), ["ragged-row"], id="mapped, though another has a value"),
        pytest.param((1, 2, 3), ["ragged-row"], id="several, once"),
    ],
)
def test_row_with_cells_too_few(tmp_path: Path, missing: tuple[int, ...], codes: list[str]) -> None:
    mapped = bound(mapping_of(tmp_path, "{note: {column: [A, B], required: true}}"), ["ID", "A", "B", "C"])
    errors = all_errors(
        mapped, chunk_of([["C1", "" if 1 in missing else "a", "", ""]], (problem("ragged-row", missing),))
    )
    assert [error.code for error in errors] == codes


def test_candidate_from_a_list_with_transform(tmp_path: Path) -> None:
    text = (
        "version: 1\ncandidate: {id: OID, column: [A, B], transform: [upper]}\nfields: {note: N}\nblank_values: '-'\n"
    )
    mapping = load_mapping(write_mapping(tmp_path, text))
    mapped = applied(mapping, ["A", "B", "N"], [" ", "b1", ""], [" a2 ", "b2", ""], ["-", "b3", ""])
    assert mapped.candidates == ["B1", "A2", ""]


def test_cleared_id_is_missing(tmp_path: Path) -> None:
    (error,) = errors_of(mapping_of(tmp_path, "{note: N}", BLANKS), ["ID", "N"], ["#CLEAR", "x"])
    assert (error.code, error.cell) == ("missing-id", "A2")


def test_example_as_payloads(tmp_path: Path) -> None:
    (tmp_path / "resumes").mkdir()
    (tmp_path / "resumes" / "ann.pdf").write_bytes(b"x")
    mapping = load_mapping(write_mapping(tmp_path, EXAMPLE))
    header = [names[0] for names in mapping.columns]
    row = {
        "Candidate ID": "00123",
        "First Name": "Ann",
        "Last Name": "Lee",
        "E-mail": "Ann@Example.com",
        "Mobile": "(415) 555-0101",
        "Status": "active",
        "Hired On": "01/05/2026",
        "Stage": "Hiring",
        "Step": "Offer",
        "Use map": "no",
        "Resume file": "ann.pdf",
        "Comment": "not sent",
        "Shirt Size": "#CLEAR",
        "Store": "sf-1",
    }
    (payload,) = payloads(applied(mapping, header, [row[name] for name in header]))
    assert (payload.row, payload.candidate) == (2, "00123")
    assert payload.body == {
        "first_name": "Ann",
        "last_name": "Lee",
        "email": "ann@example.com",
        "phone": "+14155550101",
        "status": "1",
        "hired_date": "2026-01-05T00:00:00-06:00",
        "candidate_journey_status": "Hiring: Offer",
        "language_preference": "en",
        "use_paradox_status_map": False,
        "candidate_attribute_data": {"shirt_size": "", "start_store": "SF-1"},
    }
    assert payload.files == {"resume": (tmp_path / "resumes" / "ann.pdf").resolve()}


def test_row_with_nothing_mapped_has_an_empty_body(tmp_path: Path) -> None:
    mapping = mapping_of(
        tmp_path, "{note: N, resume: {column: R, transform: [{file: x}]}, candidate_attribute_data: {a: A}}"
    )
    (payload,) = payloads(applied(mapping, ["ID", "N", "R", "A"], ["C1", "", "", ""]))
    assert (payload.body, payload.files, payload.fields) == ({}, {}, ())


def test_payloads_of_some_rows(tmp_path: Path) -> None:
    mapped = applied(mapping_of(tmp_path, "{note: N}"), ["ID", "N"], ["C2", "x"], ["C3", "y"], ["C4", "z"])
    assert [(payload.row, payload.candidate) for payload in payloads(mapped, {2, 4})] == [(2, "C2"), (4, "C4")]


def test_cleared_file_goes_in_the_body(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "{resume: {column: R, transform: [{file: x}]}}", BLANKS)
    (payload,) = payloads(applied(mapping, ["ID", "R"], ["C1", "#CLEAR"]))
    assert (payload.body, payload.files) == ({"resume": ""}, {})


def test_no_rows(tmp_path: Path) -> None:
    mapped = bound(mapping_of(tmp_path, "{note: N, email: E}"), ["ID", "N", "E"])
    chunk = chunk_of([["C1", "x", "ann@example.com"]])
    assert all_errors(mapped, type(chunk)(chunk.frame.iloc[:0])) == []
