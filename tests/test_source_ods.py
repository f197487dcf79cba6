"""OpenDocument workbooks (.ods): each kind of cell arrives as it shows, and what is repeated costs nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from sync.errors import SourceError
from sync.source.workbooks.ods import opened_ods
from sync.source.workbooks.reader import MergedCells
from tests.legacy_files import ods_file
from tests.source_files import opened, problems_of, rows_of

_STYLES = (
    '<number:number-style style:name="N0"><number:number number:min-integer-digits="1"/></number:number-style>'
    '<number:number-style style:name="N5"><number:number number:decimal-places="0" number:min-integer-digits="5"/>'
    "</number:number-style>"
    '<number:time-style style:name="NS" number:truncate-on-overflow="false"/>'
    '<style:style style:name="plain" style:family="table-cell" style:data-style-name="N0"/>'
    '<style:style style:name="zip" style:family="table-cell" style:data-style-name="N5"/>'
    '<style:style style:name="bold" style:family="table-cell" style:parent-style-name="zip"/>'
    '<style:style style:name="span" style:family="table-cell" style:data-style-name="NS"/>'
    '<style:style style:name="loop" style:family="table-cell" style:parent-style-name="loop"/>'
    '<style:style style:name="secret" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
)


def _cell(text: str | None, kind: str = "string", value: str = "", **more: str) -> str:
    names = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}
    attributes = f'office:value-type="{kind}"' + (f' office:{names.get(kind, "value")}="{value}"' if value else "")
    attributes += "".join(f' {name.replace("__", ":").replace("_", "-")}="{said}"' for name, said in more.items())
    return (
        f"<table:table-cell {attributes}>"
        + ("" if text is None else f"<text:p>{text}</text:p>")
        + "</table:table-cell>"
    )


def _row(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def _table(*rows: str, name: str = "People", style: str = "", before: str = "") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{before}{"".join(rows)}</table:table>'


_HEADER = _row(_cell("ID"), _cell("Name"))
_ONE = _cell("1", "float", "1")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param(_cell("0042"), "0042", id="text"),
        pytest.param(_cell("1.2", "float", "1.23456"), "1.23456", id="number without a style"),
        pytest.param(_cell("WAHR", "float", "1", table__formula="of:=TRUE()"), "TRUE", id="logical value of a formula"),
        pytest.param(_cell("Male", "float", "1", table__style_name="zip"), "Male", id="word of a number's format"),
        pytest.param(_cell("1.2E+10", "float", "12345678901", table__style_name="plain"), "12345678901", id="General"),
        pytest.param(_cell("00007", "float", "7", table__style_name="zip"), "00007", id="format of the style"),
        pytest.param(_cell("00007", "float", "7", table__style_name="bold"), "00007", id="format of the style above"),
        pytest.param(_cell("7", "float", "7", table__style_name="loop"), "7", id="style above itself"),
        pytest.param(_cell("50%", "percentage", "0.5"), "50%", id="percentage"),
        pytest.param(_cell("1.234,50 €", "currency", "1234.5"), "1.234,50 €", id="currency as it shows"),
        pytest.param(_cell("1. Mai", "date", "2026-05-01"), "2026-05-01", id="date"),
        pytest.param(_cell("x", "date", "2026-05-01T09:29:59.9999999"), "2026-05-01T09:30:00", id="date and time"),
        pytest.param(_cell("9:30 AM", "time", "PT09H30M00S"), "09:30:00", id="time"),
        pytest.param(_cell("30:00", "time", "PT30H00M00S"), "30:00", id="longer than a day"),
        pytest.param(_cell("9:30", "time", "PT09H30M00S", table__style_name="span"), "9:30", id="span"),
        pytest.param(_cell("WAHR", "boolean", "true"), "TRUE", id="boolean"),
        pytest.param(_cell("a<text:s text:c='2'/>b<text:tab/>c<text:line-break/>d"), "a  b\tc\nd", id="blanks"),
        pytest.param(_cell(" a \n  b "), "a b", id="blanks of the XML"),
        pytest.param(_cell("A<text:span>n</text:span>n<text:a>!</text:a>"), "Ann!", id="runs and links"),
        pytest.param(_cell("Ann</text:p><text:p/><text:p>Lee"), "Ann\n\nLee", id="paragraphs"),
        pytest.param(
            _cell("Ann</text:p><office:annotation><text:p>comment</text:p></office:annotation><text:p>Lee"),
            "Ann\nLee",
            id="comment",
        ),
        pytest.param(_cell(None, office__string_value="Ann"), "Ann", id="text as an attribute"),
        pytest.param(_cell("", table__formula="of:=A1"), "", id="formula computed to nothing"),
        pytest.param(_cell("3", "float", "3", table__formula="of:=1+2"), "3", id="formula's number"),
        pytest.param(_cell("#N/A"), "#N/A", id="text like an error"),
        pytest.param("<table:table-cell><text:p>Ann</text:p></table:table-cell>", "Ann", id="text without a type"),
        pytest.param("<table:covered-table-cell><text:p>Ann</text:p></table:covered-table-cell>", "", id="covered"),
    ],
)
def test_stored_cells(tmp_path: Path, cell: str, text: str) -> None:
    source = opened(ods_file(tmp_path, _table(_HEADER, _row(_ONE, cell)), styles=_STYLES))
    assert (rows_of(source), problems_of(source), source.notes) == ({2: ["1", text]}, [], ())


@pytest.mark.parametrize(
    ("cell", "code", "value"),
    [
        pytest.param(_cell("#NV", calcext__value_type="error"), "invalid-cell", "#NV", id="error"),
        pytest.param(_cell("Err:502", "float", "0", table__formula="=A1"), "invalid-cell", "Err:502", id="error as 0"),
        pytest.param(_cell("#REF!", table__formula="=A1"), "invalid-cell", "#REF!", id="error as text"),
        pytest.param('<table:table-cell table:formula="of:=A1"/>', "invalid-cell", "=A1", id="never computed"),
        pytest.param(
            _cell("1.23E+18", "float", "1234567890123456789", table__style_name="zip"),
            "number-too-long",
            "1234567890123456789",
            id="long",
        ),
        pytest.param(_cell(None, "percentage", "0.5"), "invalid-cell", "0.5", id="not said how it shows"),
        pytest.param(_cell("x", "date", "soon"), "invalid-cell", "soon", id="no date"),
        pytest.param(_cell("x", "float", "many"), "invalid-cell", "many", id="no number"),
    ],
)
def test_faulty_cells_are_problems_and_blank(tmp_path: Path, cell: str, code: str, value: str) -> None:
    source = opened(ods_file(tmp_path, _table(_HEADER, _row(_ONE, cell)), styles=_STYLES))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns, problem.value) == (2, code, (1,), value)
    assert rows_of(source) == {2: ["1", ""]}


@pytest.mark.parametrize(
    ("before", "said"),
    [
        pytest.param(
            '<table:table-column/><table:table-column table:default-cell-style-name="zip"/>', "", id="of the column"
        ),
        pytest.param(
            '<table:table-columns><table:table-column table:number-columns-repeated="9" '
            'table:default-cell-style-name="zip"/></table:table-columns>',
            "",
            id="of many columns",
        ),
        pytest.param("", 'table:default-cell-style-name="zip"', id="of the row"),
    ],
)
def test_styles_that_the_cell_does_not_name_itself(tmp_path: Path, before: str, said: str) -> None:
    table = _table(_HEADER, _row(_ONE, _cell("00007", "float", "7"), said=said), before=before)
    [cells] = rows_of(opened(ods_file(tmp_path, table, styles=_STYLES))).values()
    assert cells[1] == "00007"


def test_styles_of_the_styles_part_count(tmp_path: Path) -> None:
    table = _table(_HEADER, _row(_ONE, _cell("00007", "float", "7", table__style_name="zip")))
    assert rows_of(opened(ods_file(tmp_path, table, named=_STYLES))) == {2: ["1", "00007"]}


def test_hidden_sheets_are_passed_over_and_hidden_rows_are_told(tmp_path: Path) -> None:
    hidden = [_row(_ONE, said=f'table:visibility="{how}"') for how in ("collapse", "filter", "visible")]
    tables = [_table(_HEADER, name="Secret", style="secret"), _table(_HEADER, *hidden)]
    source = opened(ods_file(tmp_path, *tables, styles=_STYLES), (("ID",),))
    assert (source.sheet, list(rows_of(source))) == ("People", [2, 3, 4])
    assert source.notes[-1].startswith("2 hidden or filtered-out rows were read")


def test_rows_and_columns_that_are_repeated(tmp_path: Path) -> None:
    gap = '<table:table-row table:number-rows-repeated="7"><table:table-cell/></table:table-row>'
    twice = _row(_cell("x", table__number_columns_repeated="2"), said='table:number-rows-repeated="2"')
    source = opened(ods_file(tmp_path, _table(_HEADER, gap, twice)))
    assert rows_of(source) == {9: ["x", "x"], 10: ["x", "x"]}


def test_merged_cells_of_several_rows_are_known_once_the_rows_were_read(tmp_path: Path) -> None:
    spanned = {"table__number_rows_spanned": "2", "table__number_columns_spanned": "2"}
    path = ods_file(tmp_path, _table(_HEADER, _row(_cell("Ann", **spanned)), _row(_cell("Lee"))))
    with opened_ods(path) as reader:
        assert [row.number for row in reader.rows(0)] == [1, 2, 3]
        assert reader.merged(0) == [MergedCells(2, 3, 0, 1)]


def test_what_fills_the_sheet_up_costs_nothing(tmp_path: Path) -> None:
    filler = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    path = ods_file(tmp_path, _table(_HEADER, _row(_ONE), filler))
    began = time.process_time()
    assert rows_of(opened(path)) == {2: ["1", ""]}
    assert time.process_time() - began < 1


def test_rows_within_groups_are_rows_and_tables_within_cells_are_none(tmp_path: Path) -> None:
    inner = f"<table:table-cell>{_table(_row(_cell('inner')), name='Inner')}</table:table-cell>"
    rows = [
        f"<table:table-header-rows>{_HEADER}</table:table-header-rows>",
        f"<table:table-row-group>{_row(_ONE, _cell('Ann'))}</table:table-row-group>",
        _row(_ONE, inner),
        _row(_ONE, _cell("Lee")),
    ]
    source = opened(ods_file(tmp_path, _table(*rows), _table(_row(_cell("Other")), name="Other")), (("ID",),))
    assert rows_of(source) == {2: ["1", "Ann"], 3: ["1", ""], 4: ["1", "Lee"]}


def test_entities_are_refused(tmp_path: Path) -> None:
    path = ods_file(tmp_path, _table(_HEADER, _row(_cell("&e;"))), prolog='<!DOCTYPE d [<!ENTITY e "x">]>')
    with pytest.raises(SourceError, match="it declares XML entities"):
        rows_of(opened(path))


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        pytest.param([], "has no sheets", id="no sheets"),
        pytest.param(
            [_table(_HEADER, _row(_ONE, said='table:number-rows-repeated="9999999"'))], "no row 10000000", id="row"
        ),
        pytest.param([_table(_row(_cell("ID", table__number_columns_repeated="x")))], "damaged workbook", id="repeat"),
        pytest.param(["<table:table>"], "damaged workbook", id="XML"),
        pytest.param(["\0"], r"damaged workbook \([^\n]*\): [^\n]*$", id="a reason of two lines"),
        pytest.param(
            [_table(_row(_cell("<text:s text:c='9999'/>" * 140_000)))], "more than a spreadsheet's", id="bomb"
        ),
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, tables: list[str], message: str) -> None:
    with pytest.raises(SourceError, match=message):
        rows_of(opened(ods_file(tmp_path, *tables)))
