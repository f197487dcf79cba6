"""A row's errors and payload are the same alone and in any company."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.mapping import BoundMapping, payloads
from sync.model import CellProblem, Chunk, Payload, RowError
from tests.mapping_cases import all_errors, bound, chunk_of, mapping_of

FIELDS = """{
  first_name: First,
  last_name: {column: [Last, Surname], transform: [title, {truncate: 12}]},
  email: {column: [E-mail, Other], transform: [lower]},
  phone: {column: Phone, transform: [{phone: US}]},
  status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}, default: Active},
  primary_contact_method: {column: Status, when: {Stage: [Hiring]}},
  hired_date: {column: Hired, transform: [{date: {formats: ["%m/%d/%Y", "%d/%m/%Y"]}}], blank: clear},
  candidate_journey_status: {template: "{Stage}: {Step}"},
  use_paradox_status_map: {column: Map, transform: [boolean]},
  status_map_name: Step, status_map_ex_id: {column: Stage, transform: [digits]},
  job_title: {column: Step, required: true, when: {Map: yes}},
  referrer_email: Other,
  candidate_attribute_data: {size: Status, store: {column: Stage, transform: [{replace: {pattern: "H.*", with: ""}}]}}
}"""
HEADER = ["ID", "First", "Last", "Surname", "E-mail", "Other", "Phone", "Status", "Hired", "Stage", "Step", "Map"]

CELLS = st.sampled_from(
    [
        "", "", " ", "-", "#CLEAR", "C1", ".", "Ann", "o'neil", "ann@example", "Ann@Example.com", "(415) 555-0101",
        "+1 415 555 0102", "12", "active", "Closed", "SMS", "2026-01-05", "01/02/2026", "13/02/2026", "2026-02-30",
        "Hiring", "Offer", "yes", "no", "x" * 300, "123",
    ]
)  # fmt: skip
ROWS = st.lists(st.tuples(*[CELLS] * len(HEADER)), min_size=1, max_size=12)
FAULTS = st.dictionaries(
    st.integers(0, 11),
    st.tuples(
        st.sampled_from(["invalid-cell", "number-too-long", "ragged-row"]),
        st.none() | st.lists(st.integers(0, len(HEADER) - 1), min_size=1, max_size=2, unique=True),
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> BoundMapping:
    folder: Path = tmp_path_factory.mktemp("mapping")
    return bound(mapping_of(folder, FIELDS, 'blank_values: ["-"]\nclear_marker: "#CLEAR"'), HEADER)


def judged(mapped: BoundMapping, chunk: Chunk) -> tuple[list[RowError], list[Payload]]:
    return all_errors(mapped, chunk), list(payloads(mapped.apply(chunk)))


@settings(deadline=None, max_examples=30)
@given(rows=ROWS, faults=FAULTS)
def test_company_changes_nothing(
    mapped: BoundMapping, rows: list[Sequence[str]], faults: dict[int, tuple[str, list[int] | None]]
) -> None:
    problems = tuple(
        CellProblem(index + 2, code, tuple(columns) if columns else None, "x", "found")
        for index, (code, columns) in faults.items()
        if index < len(rows)
    )
    together = judged(mapped, chunk_of(rows, problems))
    alone = [
        judged(mapped, chunk_of([row], tuple(p for p in problems if p.row == number), number))
        for number, row in enumerate(rows, start=2)
    ]
    assert together == ([error for errors, _ in alone for error in errors], [p for _, sent in alone for p in sent])


@settings(deadline=None, max_examples=30)
@given(rows=ROWS)
def test_rows_without_errors_have_an_id(mapped: BoundMapping, rows: list[Sequence[str]]) -> None:
    errors, sent = judged(mapped, chunk_of(rows))
    wrong = {error.row for error in errors}
    assert all(payload.candidate not in {"", ".", ".."} for payload in sent if payload.row not in wrong)


@settings(deadline=None, max_examples=30)
@given(rows=ROWS)
def test_every_error_has_its_cell(mapped: BoundMapping, rows: list[Sequence[str]]) -> None:
    for error in all_errors(mapped, chunk_of(rows)):
        assert HEADER[ord(error.cell[0]) - ord("A")] == error.column
        assert error.message
        assert error.tip
