"""Drop-downs of failed.xlsx: the values that a column may have, offered and not enforced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from sync.look import CellLook
from sync.report.xlsx_book import one_more, set_rows
from sync.report.xlsx_cells import Element, add_cell
from sync.report.xlsx_looks import style_number

_LONGEST_INLINE = 255
_LISTS = "Allowed values"


def add_choices(book: Workbook, sheet: WriteOnlyWorksheet, choices: Mapping[int, tuple[str, ...]], rows: range) -> None:
    """Offer `choices`, by place of the column, in the sheet's `rows`; long lists stand on a hidden sheet.

    A value that is not offered is warned of and taken: a mapping may know more than the list.
    """
    if not rows:
        return
    inline = {place: formula for place, values in choices.items() if (formula := _inline(values))}
    listed = {place: values for place, values in choices.items() if place not in inline}
    for place, formula in (inline | _on_a_sheet(book, listed)).items():
        letters = get_column_letter(place + 1)
        validation = DataValidation(
            type="list",
            formula1=formula,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
            errorTitle="Not one of the known values",
            error="The mapping knows other values for this column. Keep this one all the same?",
        )
        validation.add(f"{letters}{rows[0]}:{letters}{rows[-1]}")
        sheet.data_validations.append(validation)  # type: ignore[attr-defined]  # it is there, but not in the stubs


def _inline(values: tuple[str, ...]) -> str | None:
    """The list as a formula, or None where it is too long for one, or a value would be cut apart or trimmed."""
    text = ",".join(values)
    plain = all(value == value.strip() and not {",", '"', "\n"} & set(value) for value in values)
    return f'"{text}"' if plain and len(text) <= _LONGEST_INLINE else None


def _on_a_sheet(book: Workbook, listed: Mapping[int, tuple[str, ...]]) -> dict[int, str]:
    """Write each list into a column of a hidden sheet; returns the formulas that refer to them."""
    if not listed:
        return {}
    sheet = one_more(book, _LISTS)
    sheet.sheet_state = "hidden"  # type: ignore[attr-defined]  # it is there, but not in the stubs
    style = style_number(sheet, CellLook())

    def rows() -> Iterator[Element]:
        for number, texts in enumerate(zip_longest(*listed.values(), fillvalue=""), start=1):
            row = etree.Element("row", r=str(number))
            for column, text in enumerate(texts, start=1):
                add_cell(row, f"{get_column_letter(column)}{number}", style, text)
            yield row

    set_rows(sheet, rows())
    return {
        place: f"'{sheet.title}'!${(letters := get_column_letter(column))}$1:${letters}${len(values)}"
        for column, (place, values) in enumerate(listed.items(), start=1)
    }
