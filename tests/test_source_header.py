"""The header: where it is found, and what is said when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import SourceError
from sync.source import MissingColumns, normalise_header
from tests.source_files import ID_AND_EMAIL, opened, rows_of, text_file


def test_title_lines_and_blank_rows_stand_above_the_header(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "Candidates of May,\n\nCandidate ID,E-mail\nC1,a@example.com\n"), ID_AND_EMAIL)
    assert (source.header_row, rows_of(source)) == (3, {4: ["C1", "a@example.com"]})


def test_headers_match_without_regard_to_case_and_spaces(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, " candidate\u00a0  id ,EMAIL\n"), ID_AND_EMAIL)
    assert source.header == (" candidate\u00a0  id ", "EMAIL")


def test_without_wanted_columns_the_first_row_with_a_cell_is_the_header(tmp_path: Path) -> None:
    assert opened(text_file(tmp_path, "\n,\nID,Name\nC1,Ann\n")).header_row == 3


def test_the_named_row_is_the_header(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name\nID,Name\nC1,Ann\n"), [("id",)], header=2)
    assert rows_of(source) == {3: ["C1", "Ann"]}


def test_a_header_in_row_51_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns, match=r"'ID' in the first 50 rows"):
        opened(text_file(tmp_path, "x\n" + "\n" * 49 + "ID\n"), [("ID",)])


def test_a_blank_named_row_is_no_header(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no header: row 3 is blank"):
        opened(text_file(tmp_path, "ID\n1\n\n"), header=3)


def test_missing_columns_are_named_with_the_nearest_text(tmp_path: Path) -> None:
    with pytest.raises(
        MissingColumns, match=r"'E-mail' or 'Email' \(nearest: 'Emial'\).*first 50 rows.*row 2 has"
    ) as told:
        opened(text_file(tmp_path, "People\nCandidate ID,Emial\nC1,\n"), ID_AND_EMAIL)
    error = told.value
    assert (error.missing, error.suggestions) == (("E-mail",), {"E-mail": "Emial"})
    assert error.header == ("Candidate ID", "Emial")


@pytest.mark.parametrize("cell", ["ann@example.com", "(212) 555-0123", "A-100234"])
def test_a_row_of_data_is_not_shown_in_place_of_the_header(tmp_path: Path, cell: str) -> None:
    text = f"ID,Name,Email\nC1,Ann Lee;x;y,{cell}\n"
    with pytest.raises(MissingColumns, match=r"row 2 looks like a row of data.*source\.delimiter") as told:
        opened(text_file(tmp_path, text), ID_AND_EMAIL, delimiter=";")
    assert cell not in str(told.value)
    assert told.value.header == ()


def test_a_row_of_nothing_that_is_wanted_is_not_shown_as_the_header(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns, match=r"row 1 has nothing like that") as told:
        opened(text_file(tmp_path, "C1,Ann,Active\nC2,Bo,Closed\n"), ID_AND_EMAIL)
    assert "Ann" not in str(told.value)
    assert told.value.header == ()


def test_of_a_header_with_a_cell_of_data_the_others_are_shown(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns, match=r"nearest: 'E-mail addr'.*row 1 has 'Candidate ID'") as told:
        opened(text_file(tmp_path, "Candidate ID,E-mail addr,Store 10452\nC1\n"), ID_AND_EMAIL)
    assert "10452" not in str(told.value)


def test_a_word_that_is_a_little_like_a_wanted_name_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns, match=r"row 1 has nothing like that") as told:
        opened(text_file(tmp_path, "Emilia,Kreuzberg,single mother\n"), [("Candidate ID",), ("Email",)])
    assert ("Emilia" in str(told.value), told.value.header) == (False, ())


def test_of_a_wide_header_some_texts_are_shown(tmp_path: Path) -> None:
    header = ",".join(["Candidate ID", *(f"Column {number}" for number in range(40))])
    with pytest.raises(MissingColumns, match=r"'Column 10' and 29 more\)"):
        opened(text_file(tmp_path, f"{header}\nC1\n"), ID_AND_EMAIL)


def test_nothing_near_is_not_suggested(tmp_path: Path) -> None:
    with pytest.raises(MissingColumns) as told:
        opened(text_file(tmp_path, "Candidate ID,Zip\n"), ID_AND_EMAIL)
    assert told.value.suggestions == {}


def test_a_mapped_column_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'ID' occurs 2 times \(A1, C1\)"):
        opened(text_file(tmp_path, "ID,Name,id\n"), [("ID",)])


def test_another_column_twice_is_fine(tmp_path: Path) -> None:
    assert opened(text_file(tmp_path, "ID,x,x\n"), [("ID",)]).header == ("ID", "x", "x")


def test_blank_columns_at_the_end_are_passed_over(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,,Name,, \nC1,x,Ann,note,\n"))
    assert (source.header, rows_of(source)) == (("ID", "", "Name"), {2: ["C1", "x", "Ann"]})


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert rows_of(opened(text_file(tmp_path, "ID,Name"))) == {}


def test_normalised_headers_are_folded() -> None:
    assert normalise_header("\u00a0Straße \n Nr ") == normalise_header("STRASSE NR")


def test_what_nobody_sees_in_a_header_does_not_count(tmp_path: Path) -> None:
    source = opened(
        text_file(tmp_path, "Candidate\u200b ID\ufeff,E\u00admail\nC1,x\n"), [("Candidate ID",), ("Email",)]
    )
    assert rows_of(source) == {2: ["C1", "x"]}
