"""What the tests of mapping and validation share: mappings and chunks from a few lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from sync.mapped import MappedChunk
from sync.mapping import BoundMapping, Mapping, bind, load_mapping
from sync.model import CellProblem, Chunk, RowError
from sync.validation import Validator

EXAMPLE = """\
version: 1
name: workday-nightly
source:
  sheet: Candidates
  header: 1
  encoding: auto
  delimiter: auto
  hidden_rows: include
candidate:
  id: ex_id
  column: Candidate ID
fields:
  first_name: First Name
  last_name: Last Name
  email: {column: [E-mail, Email], transform: [lower]}
  phone: {column: Mobile, transform: [{phone: US}]}
  status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}
  hired_date: {column: Hired On, transform: [{date: {formats: ["%m/%d/%Y"], timezone: America/Chicago}}]}
  candidate_journey_status: {template: "{Stage}: {Step}"}
  language_preference: {value: en}
  use_paradox_status_map: {column: Use map, transform: [boolean]}
  resume: {column: Resume file, transform: [{file: resumes/}]}
  note: {column: Comment, required: true, when: {Status: [Closed, Rejected]}}
  candidate_attribute_data:
    shirt_size: Shirt Size
    start_store: {column: Store, transform: [upper]}
blank_values: [N/A, "-"]
clear_marker: "#CLEAR"
duplicates: reject
limits: {rate: 20, concurrency: 16, max_errors: 5%, contact_limit: 500}
"""
"""The mapping of the published language description."""


def write_mapping(folder: Path, text: str) -> Path:
    """Write a mapping's text to a file."""
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def mapping_of(folder: Path, fields: str, rest: str = "") -> Mapping:
    """Load a mapping with these `fields`, in YAML's flow style, and these further top-level lines."""
    text = f"version: 1\ncandidate: {{id: ex_id, column: ID}}\nfields: {fields}\n{rest}"
    return load_mapping(write_mapping(folder, text))


def cell_name(row: int, column: int) -> str:
    """Name a cell as a CSV's is."""
    return f"{chr(ord('A') + column)}{row}"


def bound(mapping: Mapping, header: Sequence[str]) -> BoundMapping:
    """Bind a mapping to a header."""
    return bind(mapping, header, cell_name)


def chunk_of(rows: Iterable[Sequence[str]], problems: tuple[CellProblem, ...] = (), first: int = 2) -> Chunk:
    """Make a chunk of rows, numbered from `first`."""
    table = [list(row) for row in rows]
    index = range(first, first + len(table))
    return Chunk(pd.DataFrame(table, index=index, dtype=str), problems)


def applied(
    mapping: Mapping, header: Sequence[str], *rows: Sequence[str], problems: tuple[CellProblem, ...] = ()
) -> MappedChunk:
    """Convert rows, numbered from 2."""
    return bound(mapping, header).apply(chunk_of(rows, problems))


def all_errors(bound_mapping: BoundMapping, chunk: Chunk) -> list[RowError]:
    """Convert and validate a chunk; all errors, by row."""
    mapped = bound_mapping.apply(chunk)
    return sorted(
        [*mapped.errors, *Validator(bound_mapping.targets).validate(mapped)], key=lambda e: (e.row, e.code, e.cell)
    )


def errors_of(mapping: Mapping, header: Sequence[str], *rows: Sequence[str]) -> list[RowError]:
    """Convert and validate rows, numbered from 2."""
    return all_errors(bound(mapping, header), chunk_of(rows))


def outcome(folder: Path, rule: str, cell: str, rest: str = "", field: str = "note") -> str | None:
    """What one rule makes of one cell of the column X: the wire value, None, or `!code` of its first error."""
    mapping = mapping_of(folder, f"{{{field}: {rule}}}", rest)
    bound_mapping = bound(mapping, ["ID", "X", "Y"])
    chunk = chunk_of([["C1", cell, "y"]])
    errors = all_errors(bound_mapping, chunk)
    return f"!{errors[0].code}" if errors else bound_mapping.apply(chunk).columns[0].values[0]
