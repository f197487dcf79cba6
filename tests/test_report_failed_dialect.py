"""failed.csv comes back in the encoding and dialect of its source, and loads again with every value as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.errors import SourceError
from sync.model import RowOutcome, Source
from sync.report import FailedForm, write_report
from tests.report_values import error, rejected, run
from tests.source_files import opened, problems_of, rows_of

WANTED = (("ID",), ("Name",))


def _failed(folder: Path, source: Source, message: str = "", header_row: int = 1) -> Path:
    """The failed.csv of a run in which every row was rejected."""
    ragged = {problem.row: problem.columns for problem in problems_of(source)}
    rows: list[RowOutcome] = []
    for row in rows_of(source):
        column = source.header[columns[0]] if (columns := ragged.get(row)) else ""
        rows.append(rejected(row, error(row, "ragged-row" if row in ragged else "too-long", column, message)))
    files = write_report(folder, run(*rows, failed_form=FailedForm(header_row=header_row)), source)
    assert files.failed is not None
    return files.failed


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "people.csv"
    path.write_bytes(content)
    return path


FIRST_BYTES = [
    pytest.param("ID;Name\nC1;Zoë\n".encode("utf-8-sig"), "\ufeffID;Name;sync_row;".encode(), id="UTF-8 with a mark"),
    pytest.param("ID,Name\nC1,Zoë\n".encode(), b"ID,Name,sync_row,", id="UTF-8 without one"),
    pytest.param("ID\tName\r\nC1\tZoë\r\n".encode("utf-16"), "ID\tName\tsync_row".encode("utf-16"), id="UTF-16"),
    pytest.param(
        b"\xfe\xff" + "ID,Name\nC1,Zoë\n".encode("utf-16-be"),
        b"\xfe\xff" + "ID,Name,sync_row".encode("utf-16-be"),
        id="UTF-16, the other way",
    ),
    pytest.param(b'"ID","Name"\n"C1","Ann"\n', b'"ID","Name","sync_row",', id="all quoted"),
    pytest.param(b"sep=^\r\nID^Name\r\nC1^Ann\r\n", b"sep=^\r\nID^Name^sync_row^", id="sep line"),
    pytest.param(b"By Ann\n\nID,Name\nC1,Bo\n", b"ID,Name,sync_row,", id="title lines are dropped"),
]


@pytest.mark.parametrize(("content", "beginning"), FIRST_BYTES)
def test_the_form_of_the_source_is_kept(tmp_path: Path, content: bytes, beginning: bytes) -> None:
    source = opened(_file(tmp_path, content), WANTED)
    assert _failed(tmp_path / "report", source).read_bytes().startswith(beginning)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(tmp_path: Path, line_end: str) -> None:
    source = opened(_file(tmp_path, line_end.join(["ID,Name", "C1,Ann", ""]).encode()), WANTED)
    text = _failed(tmp_path / "report", source).read_bytes().decode()
    assert text.endswith(line_end)
    assert text.replace(line_end, "").splitlines() == [text.replace(line_end, "")]


def test_a_code_page_is_kept(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, "ID,Name\nC1,José\n".encode("cp1252")), WANTED)
    assert b"C1,Jos\xe9,2," in _failed(tmp_path / "report", source).read_bytes()


def test_the_header_stands_where_the_mapping_looks(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, b"By Ann\n\nID,Name\nC1,Bo\n"), WANTED, header=3)
    path = _failed(tmp_path / "report", source, header_row=3)
    assert path.read_bytes().startswith(b"\n\nID,Name,sync_row,")
    assert rows_of(opened(path, WANTED, header=3))[4][:2] == ["C1", "Bo"]


def test_own_words_that_the_encoding_lacks_get_a_question_mark(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, "ID,Name\nC1,José\n".encode("cp1252")), WANTED)
    path = _failed(tmp_path / "report", source, message="no such value; the nearest is Łódź")
    assert rows_of(opened(path, WANTED))[2][5] == "no such value; the nearest is ?ód?"


def test_rows_that_show_too_little_of_a_code_page_come_as_utf_8(tmp_path: Path) -> None:
    names = ["Łukasz", "Święcicka", "Dąbrowska", "Wójcik", "Żaneta", "Paweł"] * 3
    content = "ID,Name\n" + "".join(f"C{i},{name}\n" for i, name in enumerate(names)) + "C99,Kovács Gergő\n"
    source = opened(_file(tmp_path, content.encode("cp1250")), WANTED)
    last = max(rows_of(source))
    files = write_report(tmp_path / "report", run(rejected(last)), source)
    assert files.failed is not None
    (row,) = rows_of(opened(files.failed, WANTED)).values()
    assert row[:2] == ["C99", "Kovács Gergő"]
    assert "failed.csv is in UTF-8: " in files.page.read_text(encoding="utf-8")


def test_swallowed_rows_are_rejected_again(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, b'ID,Name,Mail\nC1,Ann,"\nC2,Bo,"\nC3,Cy,c@example.com\n'), WANTED)
    again = opened(_failed(tmp_path / "report", source), WANTED)
    assert [problem.row for problem in problems_of(again)] == [problem.row for problem in problems_of(source)] == [2]


def test_a_short_row_is_rejected_again_until_somebody_completes_it(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, b"ID,Name,Mail\nC1,Ann\nC2,Bo,b@example.com\n"), WANTED)
    path = _failed(tmp_path / "report", source)
    (problem,) = problems_of(opened(path, WANTED))
    assert (problem.row, problem.code, problem.columns) == (2, "ragged-row", (2,))
    path.write_text(path.read_text().replace("C1,Ann,,", "C1,Ann,a@example.com,"))
    assert problems_of(opened(path, WANTED)) == []


def test_a_long_row_is_rejected_again_until_it_fits(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, b"ID,Name,Mail\nC1,Doe, Ann,\nC2,Bo, Lee,x\n"), WANTED)
    path = _failed(tmp_path / "report", source)
    assert [problem.row for problem in problems_of(opened(path, WANTED))] == [3]
    path.write_text(path.read_text().replace("C2,Bo, Lee,", 'C2,"Bo, Lee",,').rpartition(",")[0] + "\n")
    assert problems_of(opened(path, WANTED)) == []


ENCODINGS = {
    "utf-8": "Zoë 李😀İ\u2028\u00a0\ufeff",
    "utf-8-sig": "Zoë 李\u0085",
    "utf-16": "Zoë 李😀",
    "utf-16-be": "Zoë 李",
    "cp1252": "éèüñßÅØ€’",
    "cp1250": "łęőčřż",
    "cp1251": "ИванЖя",
    "cp932": "山田ア",
    "mac-roman": "éèüñ",
}
PLAIN = "ab7 ,;\t|\"'\\\n\r=+-@#^~:."


@st.composite
def _files(draw: st.DrawFn) -> tuple[bytes, dict[str, Any]]:
    """A file's bytes, and what its mapping says of it."""
    encoding = draw(st.sampled_from(sorted(ENCODINGS)))
    delimiter = draw(st.sampled_from([",", ";", "\t", "|", "^"]))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quote = draw(st.sampled_from(['"', '"', "'"]))
    doubled = draw(st.sampled_from([quote * 2, quote * 2, f"\\{quote}"]))
    cell = st.text(st.sampled_from(PLAIN + ENCODINGS[encoding]), max_size=8)
    rows = draw(st.lists(st.tuples(cell, cell), min_size=1, max_size=5))
    always = draw(st.booleans())

    def quoted(text: str) -> str:
        needed = always or any(char in text for char in f"{delimiter}{quote}\r\n\\") or text[:1].isspace()
        return quote + text.replace(quote, doubled) + quote if needed else text

    table = [("ID", "Name"), *((f"C{number}{first}", second) for number, (first, second) in enumerate(rows))]
    above = draw(st.sampled_from(["", "", f"sep={delimiter}{line_end}", f"People{line_end}{line_end}"]))
    text = above + "".join(delimiter.join(map(quoted, cells)) + line_end for cells in table)
    spec: dict[str, Any] = {"encoding": encoding} if draw(st.booleans()) else {}
    if draw(st.booleans()):
        spec["delimiter"] = delimiter
    return text.encode(encoding), spec


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(file=_files())
def test_whatever_is_read_loads_again(
    tmp_path_factory: pytest.TempPathFactory, file: tuple[bytes, dict[str, Any]]
) -> None:
    content, spec = file
    folder = tmp_path_factory.mktemp("file")
    try:
        source = opened(_file(folder, content), WANTED, **spec)
        before = list(rows_of(source).values())
    except SourceError:
        return
    if not before:
        return
    again = opened(_failed(folder / "report", source), WANTED, **spec)
    width = len(source.header)
    assert [row[:width] for row in rows_of(again).values()] == before
    assert len(problems_of(again)) == len(problems_of(source))


def test_a_text_like_a_formula_of_one_comes_back(tmp_path: Path) -> None:
    source = opened(_file(tmp_path, b'ID,Name\nC1,"=""=""""x"""""""\n'), WANTED)
    assert rows_of(source) == {2: ["C1", '="x"']}
    assert rows_of(opened(_failed(tmp_path / "report", source), WANTED))[2][:2] == ["C1", '="x"']
