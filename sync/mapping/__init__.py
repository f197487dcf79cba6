"""The mapping language: a YAML file says how the rows of a spreadsheet become updates of candidates."""

from sync.mapping.bind import BoundMapping, bind
from sync.mapping.choices import choices
from sync.mapping.fieldtable import FieldRow, fields_table
from sync.mapping.load import load_mapping
from sync.mapping.mapping import Mapping
from sync.mapping.payloads import has_values, payloads
from sync.mapping.schema import mapping_schema

__all__ = [
    "BoundMapping",
    "FieldRow",
    "Mapping",
    "bind",
    "choices",
    "fields_table",
    "has_values",
    "load_mapping",
    "mapping_schema",
    "payloads",
]
