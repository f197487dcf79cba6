"""Rows that are cut out of a sheet's XML are the same as those that a parser finds in it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.source.workbooks.reader import MergedCells, SheetRow
from sync.source.workbooks.xlsx import opened_xlsx
from tests.source_files import raw_workbook

_STRINGS = (
    "<si><t>Ann</t></si><si><t>O&apos;Neil</t></si><si><r><t>a</t></r><r><t>b</t></r></si><si><t>_x0041_</t></si>"
)
_FORMATS = ["00000", "m/d/yyyy", "0.00%", "0;0;0;&quot;Ms &quot;@"]
_HEADER = '<row r="1">' + "".join(f'<c r="{one}1" t="str"><v>{one}</v></c>' for one in "ABCD") + "</row>"

_STYLE = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="4"', ' s="99"'])
_NUMBER = st.one_of(
    st.integers(-(10**16), 10**16).map(str), st.floats(-1e9, 1e9).map(repr), st.sampled_from(["x", "1E3"])
)
_TEXT = st.sampled_from(["Ann", " x ", "a&amp;b", "&#65;", "_x000D_", "\r\n", "Zoë 😀", "&gt;", "'"])
_VALUE = st.one_of(
    _NUMBER.map(lambda number: f"><v>{number}</v></c>"),
    _NUMBER.map(lambda number: f"><f>1+1</f><v>{number}</v></c>"),
    _NUMBER.map(lambda number: f' t="n" cm="1"><f t="shared" si="0"/><v>{number}</v></c>'),
    st.integers(-1, 5).map(lambda index: f' t="s"><v>{index}</v></c>'),
    _TEXT.map(lambda text: f' t="str"><f>A1&amp;B1</f><v>{text}</v></c>'),
    _TEXT.map(lambda text: f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'),
    st.sampled_from(
        [
            "/>",
            "></c>",
            "><v></v></c>",
            "><f>A1</f></c>",
            ' t="b"><v>1</v></c>',
            ' t="b"><v>&#49;</v></c>',
            ' t="e"><v>#N/A</v></c>',
            ' t="d"><v>2026-05-01T00:00:00</v></c>',
            ' t="str"><f>A1</f><v></v></c>',
            ' t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
            ' t="s"><v>1</v><extLst/></c>',
        ]
    ),
)
_PLAIN_VALUE = st.sampled_from(
    [
        "><v>12</v></c>",
        "><f>1+1</f><v>13.5</v></c>",
        ' t="s"><v>1</v></c>',
        ' t="str"><f>A1</f><v>12 x</v></c>',
        ' t="inlineStr"><is><t>Ann</t></is></c>',
        ' t="b"><v>1</v></c>',
        "/>",
    ]
)
_BETWEEN = st.sampled_from(["", "", "", "\n  "])


def _cells(draw: st.DrawFn) -> Callable[[int, st.DrawFn], str]:
    """The cells of rows alike, but for the value of one column and, now and then, of all."""
    named = draw(st.booleans())
    columns = draw(st.lists(st.sampled_from("ABCD"), unique=True)) if draw(st.integers(0, 9)) == 0 else "ABCD"
    values = draw(st.sampled_from([_VALUE, _PLAIN_VALUE]))
    drawn = [(column, draw(_BETWEEN), draw(_STYLE), draw(values)) for column in columns]

    def cells(number: int, draw: st.DrawFn) -> str:
        made = ""
        for column, between, style, value in drawn:
            reference = f' r="{column}{number}"' if named else ""
            other = draw(_VALUE) if draw(st.integers(0, 19)) == 0 else re.sub(r"(?<=<v>)\d\d", str(number), value)
            made += f"{between}<c{reference}{style}{other}"
        return made

    return cells


@st.composite
def _rows(draw: st.DrawFn) -> str:
    rows = ""
    make = _cells(draw)
    for number in range(2, draw(st.integers(2, 9))):
        if draw(st.integers(0, 3)) == 0:
            make = _cells(draw)
        cells = make(number, draw)
        attributes = draw(st.sampled_from(["", f' r="{number}"', f' r="{number}" spans="1:4" hidden="1"']))
        rows += f"<row{attributes}>{cells}{draw(_BETWEEN)}</row>" + draw(st.sampled_from(["", "", "\n"]))
    return rows


def _read(rows: str) -> tuple[list[SheetRow], list[MergedCells]]:
    """What the reader finds, in this process: hundreds of others would take minutes to start."""
    with tempfile.TemporaryDirectory() as folder:
        path = raw_workbook(Path(folder), rows, strings=_STRINGS, formats=_FORMATS)
        with opened_xlsx(path) as reader:
            found = [row._replace(texts=_without_empty_end(row.texts)) for row in reader.rows(0, 4)]
            return found, list(reader.merged(0))


def _without_empty_end(texts: list[str]) -> list[str]:
    """Empty cells at the end of a row are the same as none."""
    return texts[: max((place for place, text in enumerate(texts, start=1) if text), default=0)]


@settings(max_examples=150, deadline=None)
@given(_rows())
def test_cut_rows_are_those_that_a_parser_finds(rows: str) -> None:
    assert _read(_HEADER + rows) == _read(f"<!-- so that the parser reads it -->{_HEADER}{rows}")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("<!-- <row><c><v>9</v></c></row> --><row><c><v>1</v></c></row>", id="comment"),
        pytest.param('<row><c t="str"><v><![CDATA[</row>1]]></v></c></row>', id="CDATA"),
        pytest.param("<row><c><v>1</v></c></row><?x </row> ?>", id="processing instruction"),
        pytest.param('<row r="2"/><row r="3"><c><v>1</v></c></row>', id="row without an end tag"),
        pytest.param('<row spans="1:2" r="3"><c><v>1</v></c></row>', id="number not first"),
        pytest.param('<row><c s="1" r="A2"><v>1</v></c></row>', id="reference not first"),
        pytest.param('<row><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>', id="columns out of order"),
        pytest.param('<row><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>', id="cell twice"),
        pytest.param('<row><c r="A2"><v>1</v></c><c><v>2</v></c></row>', id="cell without a reference after one with"),
        pytest.param('<row><c r="A2"><v>1</v><v>2</v></c></row>', id="two values"),
    ],
)
def test_rows_of_unusual_xml(rows: str) -> None:
    read = _read(_HEADER + rows)
    assert read == _read(f"<!-- so that the parser reads it -->{_HEADER}{rows}")
    assert any(row.texts[:2] not in ([], [""], ["", ""]) for row in read[0][1:])
