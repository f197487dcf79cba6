"""The names of OpenDocument's elements and attributes, in the form in which lxml gives them."""

from __future__ import annotations

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def _named(namespace: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{{{_OASIS}:{namespace}:1.0}}{name}" for name in names)


TABLE, COLUMN, ROW, CELL, COVERED = _named(
    "table", "table", "table-column", "table-row", "table-cell", "covered-table-cell"
)
NAME, STYLE_NAME, DEFAULT_STYLE, VISIBILITY, DISPLAY, FORMULA = _named(
    "table", "name", "style-name", "default-cell-style-name", "visibility", "display", "formula"
)
COLUMNS_REPEATED, ROWS_REPEATED = _named("table", "number-columns-repeated", "number-rows-repeated")
COLUMNS_SPANNED, ROWS_SPANNED = _named("table", "number-columns-spanned", "number-rows-spanned")
SPREADSHEET, ANNOTATION, AUTOMATIC_STYLES, STYLES = _named(
    "office", "spreadsheet", "annotation", "automatic-styles", "styles"
)
VALUE_TYPE, VALUE, DATE_VALUE, TIME_VALUE, BOOLEAN_VALUE, STRING_VALUE = _named(
    "office", "value-type", "value", "date-value", "time-value", "boolean-value", "string-value"
)
PARAGRAPH, SPACES, TAB, LINE_BREAK, COUNT, NOTE, RUBY_TEXT = _named(
    "text", "p", "s", "tab", "line-break", "c", "note", "ruby-text"
)
STYLE, TABLE_PROPERTIES, STYLE_MAP, STYLE_ID, FAMILY, PARENT, DATA_STYLE = _named(
    "style", "style", "table-properties", "map", "name", "family", "parent-style-name", "data-style-name"
)
NUMBER_STYLE, TEXT_STYLE, TIME_STYLE, NUMBER, DECIMALS, GROUPING, INTEGER_DIGITS, TRUNCATED = _named(
    "datastyle",
    *("number-style", "text-style", "time-style", "number"),
    *("decimal-places", "grouping", "min-integer-digits", "truncate-on-overflow"),
)
ERROR_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
