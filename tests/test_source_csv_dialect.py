"""CSV dialects: encodings and delimiters are found or taken from the mapping, and said."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sync.errors import SourceError
from tests.source_files import opened, rows_of, text_file

_PEOPLE = "ID,Name\n" + "".join(f"C{i},{name}\n" for i, name in enumerate(["José García", "Zoë Müller", "Åsa Lefèvre"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_found(tmp_path: Path, encoding: str) -> None:
    source = opened(text_file(tmp_path, _PEOPLE, encoding=encoding))
    assert source.header == ("ID", "Name")
    assert rows_of(source)[3] == ["C1", "Zoë Müller"]


@pytest.mark.parametrize(
    "name", ["José", "Zoë", "Åkesson", "Søren", "Núñez", "João Conceição", "Weiß", "D\u2019Angelo"]
)
def test_one_western_name_is_enough(tmp_path: Path, name: str) -> None:
    path = text_file(tmp_path, f"ID,Name\nC1,{name}\n", encoding="cp1252")
    assert rows_of(opened(path)) == {2: ["C1", name]}


def test_central_european_names_are_found(tmp_path: Path) -> None:
    names = ["Łukasz", "Żaneta", "Małgorzata", "Święcicka", "Paweł Wójcik", "Dvořák", "Šárka", "Kovács Gergő"]
    text = "Name,ID\n" + "".join(f"{name},C1\n" for name in names)
    assert [row[0] for row in rows_of(opened(text_file(tmp_path, text, encoding="cp1250"))).values()] == names


def test_other_alphabets_are_found(tmp_path: Path) -> None:
    text = "ID,Name\n" + "C1,Иван Петров\nC2,Ольга Смирнова\n" * 10
    assert rows_of(opened(text_file(tmp_path, text, encoding="cp1251")))[3] == ["C2", "Ольга Смирнова"]


def test_a_late_character_still_decides(tmp_path: Path) -> None:
    text = "ID,Name\n" + "C1,Ann\n" * 200_000 + "C2,José\n"
    assert "CP1252 is a guess" in " ".join(opened(text_file(tmp_path, text, encoding="cp1252")).notes)


def test_the_mappings_encoding_is_used(tmp_path: Path) -> None:
    path = text_file(tmp_path, "ID,Name\nC1,Łukasz\n", encoding="cp1250")
    assert rows_of(opened(path, encoding="cp1250")) == {2: ["C1", "Łukasz"]}


def test_bytes_of_another_encoding_are_refused_with_their_place(tmp_path: Path) -> None:
    path = text_file(tmp_path, "ID,Name\nC1,José\n", encoding="cp1252")
    with pytest.raises(SourceError, match=r"byte 14 \(line 2\) is not utf-8.*source\.encoding"):
        opened(path, encoding="utf-8")


def test_a_bad_byte_far_below_is_refused_with_its_place(tmp_path: Path) -> None:
    text = "ID,Name\n" + "C1,Zoë\n" * 300_000
    path = tmp_path / "people.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + b"\xff\n")
    with pytest.raises(SourceError, match=rf"byte {3 + len(text.encode())} \(line 300002\) is not utf-8"):
        rows_of(opened(path), 5000)


@pytest.mark.parametrize("name", ["utf-9", "base64", "undefined", "unicode_escape", "utf-7"])
def test_an_unknown_encoding_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=f"unknown encoding '{name}'"):
        opened(text_file(tmp_path, "ID\n"), encoding=name)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path: Path, delimiter: str) -> None:
    text = "ID,Name,City\nC1,Ann,\"Oslo, Norway; 'N' | x\ty\"\nC2,Bo,Rome\n"
    lines = list(csv.reader(io.StringIO(text)))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    assert list(rows_of(opened(text_file(tmp_path, out.getvalue()))).values()) == lines[1:]


def test_decimal_commas_do_not_mislead(tmp_path: Path) -> None:
    text = "ID;Pay\n1,5;2,5\n3,5;4,5\n"
    assert rows_of(opened(text_file(tmp_path, text)))[2] == ["1,5", "2,5"]


def test_the_delimiter_that_yields_the_mapped_columns_wins(tmp_path: Path) -> None:
    text = "a,b,c|ID\nd,e,f|1\n"
    assert opened(text_file(tmp_path, text), [("ID",)]).header == ("a,b,c", "ID")


def test_the_delimiter_fits_the_header_in_the_named_row(tmp_path: Path) -> None:
    text = "a;b\n" * 60 + "x,y|ID\nd,e|1\n" + "f;g\n" * 60
    assert opened(text_file(tmp_path, text), [("ID",)], header=61).header == ("x,y", "ID")


def test_an_escaped_quote_far_below_still_decides(tmp_path: Path) -> None:
    text = "ID,Name\n" + "C1,Ann\n" * 20_000 + 'C2,"Bo \\"B\\" Lee"\n'
    source = opened(text_file(tmp_path, text))
    assert rows_of(source, 5_000)[20_002] == ["C2", 'Bo "B" Lee']
    assert "a backslash in front" in " ".join(source.notes)


def test_tsv_favours_the_tab(tmp_path: Path) -> None:
    assert opened(text_file(tmp_path, "a,b\tc\n", "people.tsv")).header == ("a,b", "c")


@pytest.mark.parametrize("given_as", ["semicolon", ";"])
def test_the_mappings_delimiter_is_used(tmp_path: Path, given_as: str) -> None:
    assert opened(text_file(tmp_path, "a,b;c\n"), delimiter=given_as).header == ("a,b", "c")


@pytest.mark.parametrize("given_as", [";;", '"', "\n", ""])
def test_what_cannot_divide_cells_is_refused(tmp_path: Path, given_as: str) -> None:
    with pytest.raises(SourceError, match="cannot be a delimiter"):
        opened(text_file(tmp_path, "a\n"), delimiter=given_as)


def test_excels_sep_line_is_honoured_and_is_no_row(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "sep=^\nID^Name\nC1^Ann\n"))
    assert (source.header, source.header_row, rows_of(source)) == (("ID", "Name"), 2, {3: ["C1", "Ann"]})


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=8).filter(
    lambda text: not text.startswith('="')
)
"""A formula of nothing but a text is read as that text."""


@example(rows=[["#", ""], ["# 5", " "]], delimiter=",", encoding="utf-8", lines=("\n", csv.QUOTE_ALL))
@given(
    rows=st.lists(st.lists(_CELLS, min_size=2, max_size=2), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    # Python's own writer leaves a line end unquoted when it is not the one it uses.
    lines=st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]),
)
def test_what_a_csv_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    lines: tuple[str, Literal[0, 1]],
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=lines[0], quoting=lines[1])
    writer.writerows([["ID", "Name"], *rows])
    path = text_file(tmp_path_factory.mktemp("csv"), out.getvalue(), encoding=encoding)
    filled = {number: row for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)}
    # Nothing but a text behind a # is a comment, as a spreadsheet pads it.
    comments = {
        number
        for number, row in filled.items()
        if re.fullmatch(r"\s*#+(\s.*)?", row[0], re.DOTALL) and not row[1].strip()
    }
    source = opened(path, [("ID",), ("Name",)])
    assert rows_of(source) == {number: row for number, row in filled.items() if number not in comments}
    assert any("passed over" in note for note in source.notes) == bool(comments)


@settings(deadline=None)
@given(content=st.one_of(st.binary(max_size=60), st.text("ab,;\"'\\\n\r\t #=", max_size=60).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "people.csv"
    path.write_bytes(content)
    refusal = ""
    try:
        source = opened(path)
        assert all(len(row) == len(source.header) for row in rows_of(source).values())
    except SourceError as error:
        refusal = str(error)
    assert "\n" not in refusal
