"""Names of cells as a spreadsheet names them, e.g. `'My Sheet'!D14`."""

from __future__ import annotations

import re

_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[a-z]{1,3}[0-9]+|r[0-9]*(c[0-9]*)?|c[0-9]*", re.IGNORECASE)


def column_letters(column: int) -> str:
    """Letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    left = column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """The 0-based column of upper-case letters A to Z; the reverse of `column_letters`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def sheet_reference(name: str) -> str:
    """A sheet's name as it stands before the `!` of a reference: in quotes where Excel would put them."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def cell_reference(sheet: str | None, row: int, column: int) -> str:
    """The name of a cell: `row` as the spreadsheet shows it, `column` 0-based; without a sheet just `D14`."""
    cell = f"{column_letters(column)}{row}"
    return cell if sheet is None else f"{sheet_reference(sheet)}!{cell}"
