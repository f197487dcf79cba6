"""failed.xlsx is the user's own sheet: what it looks like, what is marked, what is offered, and nothing else."""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt  # type: ignore[import-untyped]
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from sync.jobs.check import check
from sync.model import Styled
from sync.report.failed_xlsx import NO_LOOK_READ, WITHOUT_LOOK
from tests.conftest import Workplace
from tests.legacy_files import xls_file
from tests.source_files import opened, workbook_file

MAPPING = """\
version: 1
candidate: {id: ex_id, column: ID}
fields:
  email: Email
  status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}
  primary_contact_method: Contact
  note: Note
"""
GREEN, SIDE = PatternFill("solid", fgColor="FF2E7D32"), Side("thin", color="FFBFBFBF")


def styled(sheet: Worksheet) -> None:
    """A title, a green header in row 3, and rows of which the first and the third are wrong."""
    sheet["A1"], sheet["C1"] = "Candidates of spring", "not to be sent on"
    sheet.merge_cells("A1:B1")
    sheet["A1"].font = Font(name="Georgia", size=18, bold=True)
    sheet.row_dimensions[1].height = 34
    rows: list[tuple[str | int | None, ...]] = [
        ("ID", "Email", "Status", "Contact", "Note"),
        (7, "ann@example", "Active", None, "x"),
        (8, "bo@example.com", "Active", None, "x"),
        (9, "cy@example.com", "Gone", "SMS", 12345),
    ]
    for number, cells in enumerate(rows, start=3):
        for place, value in enumerate(cells, start=1):
            cell = sheet.cell(number, place, value)
            cell.border = Border(bottom=SIDE)
            if number == 3:
                cell.fill, cell.font = GREEN, Font(color="FFFFFFFF", bold=True)
    for number in range(4, 7):
        sheet.cell(number, 1).number_format = "00000"
        sheet.cell(number, 5).font = Font(color=Color(theme=5), italic=True)
    sheet["B6"].alignment = Alignment(horizontal="center", vertical="bottom")
    for letter, width in zip("ABCDE", (11, 30, 9, 17, 12.5), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[3].height = 28
    sheet.freeze_panes = "C4"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "FF2E7D32"


def failed_sheet(workplace: Workplace, fill: Callable[[Worksheet], object] = styled, mapping: str = MAPPING) -> Path:
    """The failed rows of a check of the workbook so filled."""
    return failed_of(workplace, workbook_file(workplace.folder, fill, names=["Candidates"]), mapping)


def failed_of(workplace: Workplace, file: Path, mapping: str = MAPPING) -> Path:
    workplace.mapping.write_text(mapping, encoding="utf-8")
    result, _ = check(file, workplace.mapping, workplace.options())
    assert result.files.failed is not None
    return result.files.failed


def sheet_of(path: Path) -> Worksheet:
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    return sheet_of(failed_sheet(Workplace(tmp_path_factory.mktemp("look"))))


def test_titles_stand_above_the_header(sheet: Worksheet) -> None:
    assert (sheet["A1"].value, sheet["C1"].value) == ("Candidates of spring", "not to be sent on")
    assert (sheet["A1"].font.name, sheet.row_dimensions[1].height) == ("Georgia", 34)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]


def test_the_header_looks_as_it_did(sheet: Worksheet) -> None:
    assert (sheet["B3"].value, sheet["B3"].fill.fgColor.rgb, sheet["B3"].font.color.rgb) == (
        "Email",
        "FF2E7D32",
        "FFFFFFFF",
    )
    assert sheet.row_dimensions[3].height == 28


def test_the_header_of_our_columns_looks_otherwise(sheet: Worksheet) -> None:
    assert sheet["F3"].value == "sync_row"
    assert sheet["F3"].fill.fgColor.rgb != "FF2E7D32"


def test_widths_panes_grid_and_tab_are_kept(sheet: Worksheet) -> None:
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [11, 30, 9, 17, 12.5]
    assert (sheet.freeze_panes, sheet.sheet_view.showGridLines) == ("C4", False)
    assert sheet.sheet_properties.tabColor is not None
    assert sheet.sheet_properties.tabColor.rgb == "FF2E7D32"


def test_cells_look_as_they_did_and_hold_text(sheet: Worksheet) -> None:
    cell = sheet["E5"]
    assert (cell.value, cell.data_type, cell.number_format) == ("12345", "s", "@")
    assert (cell.font.color.theme, cell.font.i, cell.border.bottom.style) == (5, True, "thin")


def test_what_stood_right_stands_right(sheet: Worksheet) -> None:
    assert (sheet["A4"].value, sheet["A4"].alignment.horizontal) == ("00007", "right")
    assert sheet["B4"].alignment.horizontal is None


def test_own_alignment_is_kept(sheet: Worksheet) -> None:
    assert (sheet["B5"].alignment.horizontal, sheet["B5"].alignment.vertical) == ("center", "bottom")


def test_wrong_cells_alone_are_marked(sheet: Worksheet) -> None:
    marked = [cell.coordinate for row in sheet["A4:E5"] for cell in row if cell.fill.fill_type]
    assert marked == ["B4", "C5"] == [cell.coordinate for row in sheet["A4:J5"] for cell in row if cell.comment]
    assert "not an e-mail address" in sheet["B4"].comment.text


def test_known_values_are_offered_and_not_enforced(sheet: Worksheet) -> None:
    offered = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert offered["C4:C5"].formula1 == '"Active,Closed"'
    assert {one.errorStyle for one in offered.values()} == {"warning"}
    assert set(offered) == {"C4:C5", "D4:D5"}


def test_the_apis_own_names_are_offered(sheet: Worksheet) -> None:
    formulas = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert formulas["D4:D5"] == '"Email,SMS,Email & SMS,WhatsApp & Email,WhatsApp"'


def test_a_long_list_stands_on_a_hidden_sheet(workplace: Workplace) -> None:
    values = {f"Step {number}, second part": "APPROVED" for number in range(30)}
    listed = ", ".join(f'"{key}": {value}' for key, value in values.items())
    path = failed_sheet(workplace, mapping=MAPPING.replace("Active: APPROVED, Closed: ARCHIVED", listed))
    book = load_workbook(path)
    lists = book["Allowed values"]
    assert (lists.sheet_state, [row[0].value for row in lists.iter_rows()]) == ("hidden", list(values))
    formulas = [one.formula1 for one in book["Candidates"].data_validations.dataValidation]
    assert "'Allowed values'!$A$1:$A$30" in formulas


@pytest.mark.parametrize(
    ("rule", "offered"),
    [
        pytest.param("{column: Status, transform: [upper], values: {ACTIVE: APPROVED}}", '"ACTIVE"', id="transform"),
        pytest.param(
            '{column: Status, transform: [{replace: {pattern: "^A", with: B}}], values: {Active: APPROVED, Bad: SPAM}}',
            '"Bad"',
            id="a value that its transform breaks",
        ),
    ],
)
def test_only_what_the_mapping_takes_is_offered(workplace: Workplace, rule: str, offered: str) -> None:
    mapping = MAPPING.replace("{column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}", rule)
    formulas = [
        one.formula1 for one in sheet_of(failed_sheet(workplace, mapping=mapping)).data_validations.dataValidation
    ]
    assert formulas[0] == offered


def test_words_of_a_boolean_are_offered(workplace: Workplace) -> None:
    rule = "{column: Status, transform: [{boolean: {true: [Ja], false: [Nein]}}]}"
    mapping = MAPPING.replace(
        "  status: {column: Status, values: {Active: APPROVED, Closed: ARCHIVED}}",
        f"  candidate_attribute_data:\n    flag: {rule}",
    )
    formulas = [
        one.formula1 for one in sheet_of(failed_sheet(workplace, mapping=mapping)).data_validations.dataValidation
    ]
    assert '"Ja,Nein"' in formulas


def test_what_is_no_look_is_left_out(workplace: Workplace) -> None:
    def fill(sheet: Worksheet) -> None:
        styled(sheet)
        sheet["C6"].comment = Comment("of the owner", "Ann")
        sheet.auto_filter.ref = "A3:E6"
        sheet.protection.sheet = True

    sheet = sheet_of(failed_sheet(workplace, fill))
    assert (sheet.auto_filter.ref, sheet.protection.sheet) == (None, False)
    assert "of the owner" not in sheet["C5"].comment.text


def test_a_hidden_column_is_shown_where_something_in_it_is_wrong(workplace: Workplace) -> None:
    def fill(sheet: Worksheet) -> None:
        styled(sheet)
        for letter in "BE":
            sheet.column_dimensions[letter].hidden = True

    columns = sheet_of(failed_sheet(workplace, fill)).column_dimensions
    assert (columns["B"].hidden, columns["E"].hidden) == (False, True)


def test_a_mark_of_an_earlier_report_is_gone_once_it_is_right(workplace: Workplace) -> None:
    path = failed_sheet(workplace)
    book = load_workbook(path)
    earlier = book.active
    assert isinstance(earlier, Worksheet)
    earlier["B4"], earlier["C4"] = "ann@example.com", "Gone"
    again = workplace.folder / "again.xlsx"
    book.save(again)
    sheet = sheet_of(failed_of(workplace, again))
    assert [cell.coordinate for cell in sheet[4] if cell.fill.fill_type and cell.column in range(1, 6)] == ["C4"]
    assert [cell.value for cell in sheet[3]].count("sync_row") == 1


def test_a_look_can_go_from_one_process_to_another(tmp_path: Path) -> None:
    source = opened(workbook_file(tmp_path, styled), (("ID",),))
    assert isinstance(source, Styled)
    look = source.look({4})
    assert pickle.loads(pickle.dumps(look)) == look


BROKEN = {
    "no style table": lambda text: "<none/>",
    "fonts that are none": lambda text: text.replace("<font>", "<font><sz val='many'/><color rgb='red'/>"),
    "styles beyond the table": lambda text: text.replace('fillId="', 'fillId="9'),
    "numbers that are none": lambda text: text.replace('fontId="', 'fontId="x'),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_damaged_styles_cost_the_look_at_most(workplace: Workplace, damage: Callable[[str], str]) -> None:
    file = workbook_file(workplace.folder, styled, names=["Candidates"])
    source = opened(file, (("ID",),))
    before = next(cells for chunk in source.chunks(9) for cells in chunk.frame.to_numpy().tolist())[1:]
    rewritten(file, "xl/styles.xml", damage)
    path = failed_of(workplace, file)
    assert [sheet_of(path).cell(4, place).value or "" for place in range(2, 6)] == before


def test_a_sheet_whose_look_cannot_be_read_comes_back_plain(workplace: Workplace) -> None:
    file = workbook_file(workplace.folder, styled, names=["Candidates"])
    rewritten(file, "xl/worksheets/sheet1.xml", lambda text: text.replace('ySplit="3"', 'ySplit="three"'))
    path = failed_of(workplace, file)
    assert sheet_of(path)["B4"].value == "ann@example"
    assert WITHOUT_LOOK in (path.parent / "report.html").read_text(encoding="utf-8")


def test_where_a_format_tells_no_look_that_is_said(workplace: Workplace) -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Candidates")
        for row, cells in enumerate([("ID", "Email", "Status", "Contact", "Note"), ("7", "ann@example")]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)

    path = failed_of(workplace, xls_file(workplace.folder, fill))
    assert sheet_of(path)["B2"].value == "ann@example"
    assert NO_LOOK_READ in (path.parent / "report.html").read_text(encoding="utf-8")


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
