"""The number formats that a workbook names by number alone (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS

GENERAL = "General"
_LONGEST_FORMAT = 1024
"""Characters; Excel allows 255, and a format of millions would fill the memory with zeros."""

_DATE = "yyyy-mm-dd"
_TIME = "h:mm:ss"  # shows a date as well, where the value has one
_THAI = {
    59: "0",
    60: "0.00",
    61: "#,##0",
    62: "#,##0.00",
    67: "0%",
    68: "0.00%",
    69: "# ?/?",
    70: "# ??/??",
    78: "mm:ss",
    79: "[h]:mm:ss",
    80: "mm:ss.0",
}

BUILT_IN: dict[int, str] = {
    **BUILTIN_FORMATS,
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',  # openpyxl's lacks the semicolons
    # Of the East Asian languages; some have a time where others have a date.
    **dict.fromkeys([*range(27, 32), 36, *range(50, 55), 57, 58], _DATE),
    **dict.fromkeys([*range(32, 36), 55, 56], _TIME),
    **_THAI,
    **dict.fromkeys([*range(71, 78), 81], _DATE),
}
"""Number format by number; one that is not here is General."""


def own_format(code: str) -> str:
    """A number format that a workbook spells out, as far as it is one."""
    return code if len(code) <= _LONGEST_FORMAT else GENERAL
