"""The mapping language as a JSON Schema, by which editors complete and check mappings.

It follows YAML's own types, which an editor sees, so a text may also be a number. What a schema cannot say, such as
whether a regular expression compiles, is left to `load_mapping`.
"""

from __future__ import annotations

from sync.api.fields import ID_KINDS
from sync.mapping.document import DELIMITER_WORDS
from sync.mapping.fieldschema import ANY_TEXT, TEXT, TEXTS, WHOLE, Schema, calls_schema, fields_schema, keys

_DELIMITER = f'^(auto|{"|".join(DELIMITER_WORDS)}|[^"\\r\\n])$'


def mapping_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the mapping language, made from the field table."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Mapping of candidate-sync",
        "description": "How the rows of a spreadsheet become updates of candidates in Paradox.",
        "$defs": {"call": calls_schema(leave_out={"file"}), "file": calls_schema(leave_out=set())},
        **keys(
            {
                "version": {"const": 1, "description": "The version of the mapping language."},
                "name": {**TEXT, "description": "Names the mapping in reports and in the state."},
                "source": _source(),
                "candidate": _candidate(),
                "fields": fields_schema(),
                "blank_values": {
                    "anyOf": [ANY_TEXT, {"type": "array", "items": ANY_TEXT}],
                    "description": "Cells that count as blank.",
                },
                "clear_marker": {**TEXT, "description": "A cell with just this clears its field."},
                "duplicates": {
                    "enum": ["reject", "first", "last", "all"],
                    "description": "What becomes of several rows for one candidate.",
                },
                "limits": _limits(),
            },
            ("version", "candidate", "fields"),
        ),
    }


def _source() -> Schema:
    return {
        "description": "How to read the file; all optional.",
        **keys(
            {
                "sheet": {**TEXT, "description": "The sheet's name or number."},
                "header": {**WHOLE, "minimum": 1, "description": "The header's row number."},
                "encoding": {"type": "string", "description": "Of a CSV; auto, or a name such as cp1252."},
                "delimiter": {"type": "string", "pattern": _DELIMITER, "description": "Of a CSV."},
                "hidden_rows": {"enum": ["include", "skip"], "description": "Whether hidden rows are read."},
            }
        ),
    }


def _candidate() -> Schema:
    transforms = {"type": "array", "items": {"$ref": "#/$defs/call"}}
    return {
        "description": "The candidate's id, by which the API finds the candidate.",
        **keys(
            {
                "id": {"enum": list(ID_KINDS), "description": "Which kind of id it is."},
                "column": {**TEXTS, "description": "The column, or several: the first that has a value."},
                "transform": {"anyOf": [{"$ref": "#/$defs/call"}, transforms]},
            },
            ("id", "column"),
        ),
    }


def _limits() -> Schema:
    return {
        "description": "Defaults for the options of these names.",
        **keys(
            {
                "rate": {
                    "type": "number",
                    "minimum": 0.01,
                    "maximum": 1_000_000,
                    "description": "Requests a second, at most.",
                },
                "concurrency": {**WHOLE, "minimum": 1, "maximum": 256, "description": "Requests in flight, at most."},
                "max_errors": {
                    "anyOf": [
                        {**WHOLE, "minimum": 0},
                        {"type": "string", "pattern": r"^([0-9]+|(100|[0-9]{1,2}(\.[0-9]+)?)%)$"},
                    ],
                    "description": "Stop when more rows than this have failed: a number, or a share such as 5%.",
                },
                "contact_limit": {
                    **WHOLE,
                    "minimum": 0,
                    "description": "Rows that may change something which can reach a person, without a plan.",
                },
            }
        ),
    }
