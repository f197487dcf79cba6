"""CSV: cells arrive as typed, rows keep their numbers, lines of a wrong width are told and not shifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import SourceError
from tests.source_files import opened, problems_of, rows_of, text_file


def test_a_line_longer_than_a_header_that_ends_in_a_delimiter_is_not_shifted(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "id,first,last,\n1,Ann, Marie,Smith,\n2,Bob,Ray,\n"))
    assert [(problem.row, problem.code) for problem in problems_of(source)] == [(2, "ragged-row")]


def test_text_is_text(tmp_path: Path) -> None:
    cells = ["00123", "1E5", "NA", "null", "TRUE", "1234567890123456789", " x ", "007"]
    source = opened(text_file(tmp_path, "a,b,c,d,e,f,g,h\n" + ",".join(cells) + "\n"))
    assert rows_of(source) == {2: cells}


def test_rows_are_numbered_by_record_and_blank_ones_counted(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, 'ID,Note\nC1,"two\nlines"\n\n , \nC2,\n'))
    assert rows_of(source) == {2: ["C1", "two\nlines"], 5: ["C2", ""]}


def test_chunks_can_be_read_again(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID\n1\n2\n3\n"))
    assert rows_of(source) == rows_of(source) == {2: ["1"], 3: ["2"], 4: ["3"]}


def test_chunks_are_at_most_of_the_size(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID\n1\n2\n3\n"))
    assert [len(chunk.frame) for chunk in source.chunks(2)] == [2, 1]


def test_cells_are_named_as_in_a_spreadsheet(tmp_path: Path) -> None:
    assert opened(text_file(tmp_path, "ID\n")).cell_name(14, 27) == "AB14"


def test_a_longer_line_is_ragged_and_not_shifted(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name\nC1,Doe, Ann,x\nC2,Bo\n"))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns, problem.value) == (2, "ragged-row", None, " Ann, x")
    assert rows_of(source) == {2: ["C1", "Doe"], 3: ["C2", "Bo"]}


def test_empty_cells_behind_the_last_are_nothing_wrong(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name\nC1,Ann,, \n"))
    assert (problems_of(source), rows_of(source)) == ([], {2: ["C1", "Ann"]})


def test_a_shorter_line_names_the_missing_columns(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name,Mail\nC1\n"))
    [problem] = problems_of(source)
    assert (problem.row, problem.code, problem.columns) == (2, "ragged-row", (1, 2))
    assert rows_of(source) == {2: ["C1", "", ""]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            'ID,Name\nC1,Ann\nC2,"Bo\nC3,Cy\n', r"line 3: the quote \(\"\) .* never closed", id="never closed"
        ),
        pytest.param(
            'ID,Name\n"C1\n1","Bo\n', r"line 3: the quote .* never closed", id="opens in a record's last line"
        ),
        pytest.param('ID,Name\nC1,"Ann" Lee\n', "line 2: text stands behind .* twice$", id="text behind a quote"),
        pytest.param(
            'ID,Name\nC1,"Ann\nC2,"Bo"\n', "line 3: text stands behind .* opens in line 2$", id="quote from above"
        ),
        pytest.param("ID,Name\r\nC1,An\rn\r\n", "line 2: a line break .* without quotes", id="stray CR"),
        pytest.param('ID,Name\nC1,"' + "x" * (1 << 24) + 'x"\n', "line 2: .* 16 million", id="endless cell"),
    ],
)
def test_broken_lines_are_refused_with_their_number(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        rows_of(opened(text_file(tmp_path, text)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('ID,Name,Mail\nC1,Ann,"\nC2,Bo,"\nC3,Cy,c@example.com\n', id="empty cells with one quote"),
        pytest.param('ID,Name,Mail\nC1,"Ann,a@example.com\nC2,Bo",b@example.com\nC3,Cy,c@example.com\n', id="names"),
        pytest.param('ID,Name,Mail\n"C1,Ann,x\nC2,Bo,x\nC3",Cy,x\nC4,Di,x\n', id="three rows"),
    ],
)
def test_rows_that_a_stray_quote_made_one_are_ragged(tmp_path: Path, text: str) -> None:
    source = opened(text_file(tmp_path, text))
    assert [(problem.row, problem.code, problem.columns) for problem in problems_of(source)] == [
        (2, "ragged-row", None)
    ]


@pytest.mark.parametrize(
    "cell", ["Dear Ann,\nyes, no, maybe", "1 Main St\nOslo, Norway", "a,b\nc", "one\n\ntwo", "x,\r\n"]
)
def test_cells_of_several_lines_are_no_rows(tmp_path: Path, cell: str) -> None:
    source = opened(text_file(tmp_path, f'ID,Name,Note\nC1,Ann,"{cell}"\nC2,Bo,\n'))
    assert (problems_of(source), rows_of(source)[2]) == ([], ["C1", "Ann", cell])


def test_a_line_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.source.bad_bytes.LONGEST_LINE", 2 << 20)
    with pytest.raises(SourceError, match="a line of over 2 MB"):
        opened(text_file(tmp_path, "ID,Name\n" + "x" * (5 << 20)))


def test_a_large_cell_is_read(tmp_path: Path) -> None:
    large = "x" * 1_000_000
    assert rows_of(opened(text_file(tmp_path, f"ID\n{large}\n"))) == {2: [large]}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('="00123"', "00123", id="bare"),
        pytest.param('"=""00123"""', "00123", id="quoted"),
        pytest.param('"=""5"""" pipe"""', '5" pipe', id="with a quote"),
        pytest.param("=1+1", "=1+1", id="another formula"),
        pytest.param('="a"&B2', '="a"&B2', id="more than a text"),
    ],
)
def test_a_formula_that_is_a_text_is_read_as_it_shows(tmp_path: Path, cell: str, text: str) -> None:
    source = opened(text_file(tmp_path, f'ID,Name\n="1",{cell}\n'))
    assert rows_of(source) == {2: ["1", text]}
    assert any("as a spreadsheet shows them" in note for note in source.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("ID,Name\n" + "," * (5 << 20), "more delimiters in a few lines than any table", id="one record"),
        pytest.param("x," * 20_000 + "\nC1\n", "more than a spreadsheet can have", id="header"),
    ],
)
def test_more_cells_than_any_table_has_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        rows_of(opened(text_file(tmp_path, text), [("ID",)] if text.startswith("ID") else ()))


def test_a_chunk_of_a_very_wide_table_is_cut_short(tmp_path: Path) -> None:
    text = ",".join(f"c{number}" for number in range(16_000)) + "\n" + "x\n" * 300
    assert max(len(chunk.frame) for chunk in opened(text_file(tmp_path, text)).chunks(1000)) < 200


def test_a_chunk_of_very_long_rows_is_cut_short(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID\n" + f"{'x' * (1 << 20)}\n" * 64))
    assert max(len(chunk.frame) for chunk in source.chunks(64)) <= 48


def test_the_products_own_guard_is_taken_off(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,'@home,sync_row\n'=1,''=1,'-5\n"), [("@home",)])
    assert (source.header, rows_of(source)) == (("ID", "@home", "sync_row"), {2: ["=1", "'=1", "'-5"]})


def test_other_files_keep_their_quotes(tmp_path: Path) -> None:
    assert rows_of(opened(text_file(tmp_path, "ID\n'=1\n"))) == {2: ["'=1"]}
