"""Cells of failed.xlsx: how a value gets into one without being taken for something else, and what is said of it."""

from __future__ import annotations

import math

from lxml import etree
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.cell.text import Text
from openpyxl.comments.comment_sheet import CommentRecord

from sync.model import CellProblem, RowError
from sync.report.xlsx_text import cell_text, shortened

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMMENT_WIDTH_PX, _COMMENT_LINE_PX, _COMMENT_LINE_CHARACTERS = 340, 17, 46
_TALLEST_COMMENT_PX = 420

Element = etree._Element  # noqa: SLF001 - lxml has no other name for it
REPRODUCED = frozenset({"invalid-cell", "number-too-long"})
"""What a reader refuses in a cell, and `add_cell` therefore writes as it was."""


def add_cell(row: Element, reference: str, style: str, text: str, problem: CellProblem | None = None) -> None:
    """Add a cell with its value: text; but what the reader refused stays what it was, so that it is refused again.

    Were `#N/A` or a number that has lost digits written as text, the file would send it as it is.
    """
    if problem is not None and problem.code in REPRODUCED:
        kind, value = _refused(text, problem.code)
        etree.SubElement(etree.SubElement(row, "c", r=reference, s=style, t=kind), "v").text = value
        return
    if not text:
        etree.SubElement(row, "c", r=reference, s=style)
        return
    cell = etree.SubElement(row, "c", r=reference, s=style, t="inlineStr")
    string = etree.SubElement(etree.SubElement(cell, "is"), "t")
    string.text = cell_text(text)
    if text[0].isspace() or text[-1].isspace():
        string.set(_SPACE, "preserve")


def _refused(text: str, code: str) -> tuple[str, str]:
    """The cell's type and its stored value."""
    if code == "number-too-long":
        try:
            return "n", repr(float(text.replace(",", "")))
        except ValueError:
            return "e", "#N/A"
    return "e", text if text in ERROR_CODES else "#N/A"


def comment(reference: str, errors: list[RowError]) -> CommentRecord:
    """A comment on the cell that says what is wrong and what to do, as large as its text."""
    text = "\n".join(f"{error.message}\n{error.tip}" for error in errors)
    lines = sum(math.ceil(len(line) / _COMMENT_LINE_CHARACTERS) or 1 for line in text.split("\n"))
    return CommentRecord(
        ref=reference,
        author="candidate-sync",
        text=Text(t=cell_text(shortened(text))),
        height=min(_COMMENT_LINE_PX * (lines + 1), _TALLEST_COMMENT_PX),
        width=_COMMENT_WIDTH_PX,
    )
