"""CSV as people really have it: each oddity is read as what it shows, or refused; no cell is shifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import SourceError
from tests.source_files import opened, problems_of, rows_of, text_file

WANTED = (("ID",), ("Name",))

READ = [
    pytest.param("sep=;\nID;Name\nC1;Ann\n", {3: ["C1", "Ann"]}, id="sep line"),
    pytest.param('"sep=;"\r\nID;Name\r\nC1;Ann\r\n', {3: ["C1", "Ann"]}, id="sep line in quotes"),
    pytest.param("SEP=\t\nID\tName\nC1\tAnn\n", {3: ["C1", "Ann"]}, id="sep line, tab"),
    pytest.param("sep=,,\nID,Name\nC1,Ann\n", {3: ["C1", "Ann"]}, id="sep line saved again"),
    pytest.param("Candidates of May\n\nID,Name\nC1,Ann\n", {4: ["C1", "Ann"]}, id="title lines"),
    pytest.param("Ann's, list, of\n3 May, 2026\nID,Name\nC1,Ann\n", {4: ["C1", "Ann"]}, id="titles with commas"),
    pytest.param("ID\n\nID,Name\nC1,Ann\n", {4: ["C1", "Ann"]}, id="two header candidates"),
    pytest.param("ID,Name\n\nC1,Ann\n,\n \nC2,Bo\n", {3: ["C1", "Ann"], 6: ["C2", "Bo"]}, id="blank lines"),
    pytest.param('ID,Name\nC1,"Ann\r\nLee"\n', {2: ["C1", "Ann\r\nLee"]}, id="line break in a cell"),
    pytest.param("ID,Name,\nC1,Ann,\nC2,Bo,,,\n", {2: ["C1", "Ann"], 3: ["C2", "Bo"]}, id="trailing delimiters"),
    pytest.param("ID,Name\nC1,Ann,\n", {2: ["C1", "Ann"]}, id="trailing delimiter in rows only"),
    pytest.param("ID,Name,\nC1,Ann\n", {2: ["C1", "Ann"]}, id="trailing delimiter in the header only"),
    pytest.param("ID,Name\rC1,Ann\rC2,Bo\r", {2: ["C1", "Ann"], 3: ["C2", "Bo"]}, id="CR only"),
    pytest.param("ID,Name\r\r\nC1,Ann\r\r\n", {2: ["C1", "Ann"]}, id="CR CR LF"),
    pytest.param("ID,Name\rC1,Ann\nC2,Bo\r\n", {2: ["C1", "Ann"], 3: ["C2", "Bo"]}, id="mixed line ends"),
    pytest.param('ID, Name\nC1, "Lee, Ann"\n', {2: ["C1", "Lee, Ann"]}, id="space before quotes"),
    pytest.param('ID,Name\nC1,5" pipe\n', {2: ["C1", '5" pipe']}, id="inch"),
    pytest.param('ID,Name\nC1,"say ""hi"""\n', {2: ["C1", 'say "hi"']}, id="doubled quotes"),
    pytest.param(
        "ID,Name\nC1,'it\\'s, Ann'\nC2,'Bo'\n", {2: ["C1", "it's, Ann"], 3: ["C2", "Bo"]}, id="escaped single quotes"
    ),
    pytest.param('ID,Name\nC1,"say \\"hi\\", Ann"\n', {2: ["C1", 'say "hi", Ann']}, id="escaped quotes"),
    pytest.param(
        'ID,Name\nC1,"\\"hi\\""\nC\\temp,"C:\\new\\\\x"\n',
        {2: ["C1", '"hi"'], 3: ["C\\temp", "C:\\new\\x"]},
        id="other backslashes stay",
    ),
    pytest.param('ID,Name\nC1,"C:\\dir\\"\nC2,"Bo"\n', {2: ["C1", "C:\\dir\\"], 3: ["C2", "Bo"]}, id="path in quotes"),
    pytest.param("'ID','Name'\n'C1','Lee, Ann'\n", {2: ["C1", "Lee, Ann"]}, id="apostrophes as quotes"),
    pytest.param("ID,Name\nC1,'Ann'\nC2,O'Hara\n", {2: ["C1", "'Ann'"], 3: ["C2", "O'Hara"]}, id="apostrophes"),
    pytest.param("ID||Name\nC1||Ann\n", {2: ["C1", "", "Ann"]}, id="double pipe"),
    pytest.param(
        "ID;Name;Pay\nC1;Ann;1,5\nC2;Bo;2,5\n", {2: ["C1", "Ann", "1,5"], 3: ["C2", "Bo", "2,5"]}, id="decimal"
    ),
    pytest.param("ID,x,x,Name\nC1,1,2,Ann\n", {2: ["C1", "1", "2", "Ann"]}, id="duplicate header, not mapped"),
    pytest.param("ID,Name\nC1,\u2028Ann\x0bLee\x85\n", {2: ["C1", "\u2028Ann\x0bLee\x85"]}, id="other line separators"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize(("text", "rows"), READ)
def test_oddities_are_read(tmp_path: Path, text: str, rows: dict[int, list[str]], encoding: str) -> None:
    source = opened(text_file(tmp_path, text, encoding=encoding), WANTED)
    assert (rows_of(source), problems_of(source)) == (rows, [])


@pytest.mark.parametrize(
    ("text", "rows", "note"),
    [
        pytest.param("# by Ann\nID,Name\nC1,Ann\n", {3: ["C1", "Ann"]}, "1 comment line was", id="above"),
        pytest.param("ID,Name\n# a\nC1,Ann\n## b; c\n#\n", {3: ["C1", "Ann"]}, "3 comment lines were", id="within"),
        pytest.param("ID,Name\n# see below,\nC1,Ann\n", {3: ["C1", "Ann"]}, "1 comment line was", id="trailing"),
    ],
)
def test_comment_lines_are_passed_over_and_counted(
    tmp_path: Path, text: str, rows: dict[int, list[str]], note: str
) -> None:
    source = opened(text_file(tmp_path, text), WANTED)
    assert (rows_of(source), problems_of(source)) == (rows, [])
    assert sum(note in said for said in source.notes) == 1


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("ID,Name\n#1001,Ann\n", ["#1001", "Ann"], id="id"),
        pytest.param("ID,Name\n# 12,Ann\n", ["# 12", "Ann"], id="whole row"),
        pytest.param("ID,Name\n#1001\n", ["#1001", ""], id="short row"),
        pytest.param("ID,Name\n#REQ 7,\n", ["#REQ 7", ""], id="id of words"),
    ],
)
def test_what_may_be_a_row_is_no_comment(tmp_path: Path, text: str, row: list[str]) -> None:
    assert rows_of(opened(text_file(tmp_path, text), WANTED)) == {2: row}


def test_a_short_row_whose_id_looks_like_a_comment_is_ragged(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,First,Last\n# 12,Ann\nC2,Bo,Lee\n"), [("ID",), ("Last",)])
    assert [(problem.row, problem.code) for problem in problems_of(source)] == [(2, "ragged-row")]


def test_a_line_pushed_into_the_column_behind_a_trailing_delimiter_is_ragged(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name,Note,\nC1,Ann,ok,\nC2,Lee, Jr,do not hire\n"), [("ID",), ("Note",)])
    assert [(problem.row, problem.code) for problem in problems_of(source)] == [(3, "ragged-row")]


def test_in_a_file_of_one_column_nothing_is_a_comment(tmp_path: Path) -> None:
    assert rows_of(opened(text_file(tmp_path, "ID\n# 1\nC2\n"), [("ID",)])) == {2: ["# 1"], 3: ["C2"]}


def test_one_column_whose_values_hold_commas_is_not_divided(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "Name\nDoe, Ann\nRoe, Bo\n"), [("Name",)])
    assert (rows_of(source), problems_of(source)) == ({2: ["Doe, Ann"], 3: ["Roe, Bo"]}, [])
    assert "with no delimiter (encoding: certain, all of the file is UTF-8; delimiter: a guess" in " ".join(
        source.notes
    )


REFUSED = [
    pytest.param(b"ID,Name\nC1,A\x00nn\n", "NUL byte at byte 12 \\(line 2\\)", {}, id="NUL"),
    pytest.param(b"ID,Name\nC1,A\x00nn\n", "NUL byte at byte 12", {"encoding": "cp1252"}, id="NUL, encoding given"),
    pytest.param("ID,Name\nC1,A\x00nn\n".encode("utf-16"), "NUL byte at byte 26", {}, id="NUL in UTF-16"),
    pytest.param(b"ID,Name\nC1,Ann\n" + bytes(512), "NUL byte at byte 15 \\(line 3\\)", {}, id="padded with NUL"),
    pytest.param(
        "ID,Name\nC1,Zoë\nC2,Åsa\n".encode() + b"C3,Jos\xe9\n",
        r"byte 30 \(line 4\) is not UTF-8, though the rest .* is: correct that cell, or say .* source\.encoding",
        {},
        id="bad byte in UTF-8",
    ),
    pytest.param(
        "ID,Name\nC1,Åsa\nC2,Zoë".encode()[:-1], r"byte 21 \(line 3\) is not UTF-8", {}, id="cut inside a letter"
    ),
    pytest.param("ID,Name\nC1,Ann\n".encode("utf-16")[:-1], r"byte 30 .* is not utf-16-le", {}, id="cut UTF-16"),
    pytest.param(b"ID,Name,id\nC1,Ann,C2\n", r"'ID' occurs 2 times \(A1, C1\)", {}, id="duplicate header, mapped"),
]


@pytest.mark.parametrize(("content", "message", "spec"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, content: bytes, message: str, spec: dict[str, str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        rows_of(opened(path, WANTED, **spec))


def test_a_mark_wins_over_the_mapping_and_says_so(tmp_path: Path) -> None:
    source = opened(text_file(tmp_path, "ID,Name\nC1,Zoë\n", encoding="utf-8-sig"), WANTED, encoding="cp1252")
    assert rows_of(source) == {2: ["C1", "Zoë"]}
    assert "its byte order mark says so, though the mapping says cp1252" in source.notes[0]


@pytest.mark.parametrize(
    ("text", "encoding", "spec", "note"),
    [
        (
            "ID;Name\nC1;Zoë\n",
            "utf-8",
            {},
            "read as UTF-8 with semicolon as the delimiter (encoding: certain, all of the file is UTF-8",
        ),
        (
            "ID,Name\nC1,Ann\n",
            "utf-16",
            {},
            "read as UTF-16-LE with comma as the delimiter (encoding: certain, its byte order mark says so",
        ),
        ("sep=|\nID|Name\n", "utf-8", {}, "delimiter: certain, its sep= line says so)"),
        ("ID,Name\n", "utf-8", {"encoding": "cp1252"}, "encoding: certain, said in the mapping"),
        ("ID;Name\n", "utf-8", {}, "delimiter: certain, with no other are the mapped columns there)"),
        ("ID\tName\n", "utf-8", {"delimiter": "tab"}, "delimiter: certain, said in the mapping)"),
    ],
)
def test_the_notes_say_what_was_found_and_why(
    tmp_path: Path, text: str, encoding: str, spec: dict[str, str], note: str
) -> None:
    (said,) = opened(text_file(tmp_path, text, encoding=encoding), WANTED, **spec).notes
    assert note in said


def test_guesses_are_called_so_and_say_how_to_override_them(tmp_path: Path) -> None:
    notes = opened(text_file(tmp_path, "ID;Name\nC1;José\nC2;Bo\n", encoding="cp1252")).notes
    assert notes == (
        "read as CP1252 with semicolon as the delimiter (encoding: a guess; delimiter: a guess)",
        "CP1252 is a guess, probably right: check letters with accents, or say source.encoding in the mapping",
        "semicolon as the delimiter is a guess, probably right: say source.delimiter in the mapping if wrong",
    )
