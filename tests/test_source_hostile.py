"""Workbooks made to do harm, and a reader that one of them has taken over: cells, or one line and nothing else."""

from __future__ import annotations

import http.server
import json
import os
import signal
import struct
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.errors import SourceError
from sync.source.unpacked import packing_of
from sync.source.workbooks import child_process
from sync.source.workbooks.child import opened_in_child
from sync.source.workbooks.limits import Limits
from tests.source_files import opened, raw_workbook, rows_of, with_rows, workbook_file

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c></row>'
SHARED = '<c t="s"><v>0</v></c>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def small(folder: Path) -> Path:
    return workbook_file(folder, with_rows(("ID",), ("C1",)))


def read_all(path: Path, limits: Limits | None) -> None:
    with opened_in_child(path, limits) as reader:
        for place in range(len(reader.sheets)):
            for _ in reader.rows(place):
                pass


def refusal(path: Path, limits: Limits | None = None) -> str:
    """What is said when all of the workbook is read."""
    with pytest.raises(SourceError) as refused:
        read_all(path, limits)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    """A server's address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/x.dtd", asked
        server.shutdown()
        thread.join()


LAUGHS = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        pytest.param('<!DOCTYPE sst SYSTEM "{web}">', "ID", id="external DTD"),
        pytest.param('<!DOCTYPE sst [<!ENTITY e SYSTEM "{web}">]>', "&e;", id="external entity of the web"),
        pytest.param('<!DOCTYPE sst [<!ENTITY % p SYSTEM "{web}"> %p;]>', "ID", id="external parameter entity"),
        pytest.param('<!DOCTYPE sst [<!ENTITY e SYSTEM "{file}">]>', "&e;", id="external entity of a file"),
        pytest.param(f"<!DOCTYPE sst [{LAUGHS}]>", "&j;", id="entities of entities"),
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(
    tmp_path: Path, web: tuple[str, list[str]], declared: str, text: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    strings = declared.replace("{web}", web[0]).replace("{file}", secret.as_uri())
    strings += f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    said = refusal(raw_workbook(tmp_path, f"<row>{SHARED}</row>", strings=strings))
    assert ("canary" in said, web[1]) == (False, [])


def test_entities_in_an_attribute_are_refused(tmp_path: Path) -> None:
    strings = f'<!DOCTYPE sst [{LAUGHS}]><sst xmlns="{MAIN}" x="&j;"><si><t>ID</t></si></sst>'
    assert "is a damaged workbook" in refusal(raw_workbook(tmp_path, f"<row>{SHARED}</row>", strings=strings))


def test_a_tree_too_big_for_the_memory_is_told_as_that(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path, HEADER, properties="<x/>" * 2_000_000)
    assert "needs more than 100 MB of memory" in refusal(path, Limits(memory=10**8))


def test_what_a_part_unpacks_to_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "endless.xlsx"
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(raw_workbook(tmp_path, HEADER)) as plain, zipfile.ZipFile(path, "w") as archive:
        for name in set(plain.namelist()) - {sheet}:
            archive.writestr(name, plain.read(name))
        with archive.open(zipfile.ZipInfo(sheet), "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}'.encode())
            for _ in range(4_800):
                part.write(b"<!--%s-->" % (b"x" * 100_000))
    assert "unpacks to more than 480,000,000 bytes" in refusal(path, Limits(memory=120 * 10**6))


def test_one_text_in_very_many_cells_is_refused_when_it_comes_to_too_much(tmp_path: Path) -> None:
    rows = f"<row>{SHARED * 20}</row>" * 500
    path = raw_workbook(tmp_path, rows, strings=f"<si><t>{'x' * 32_000}</t></si>")
    assert "shows more than 256 MB of text" in refusal(path, Limits(memory=64 * 10**6))


def test_chunks_of_long_texts_are_small(tmp_path: Path) -> None:
    rows = HEADER + f"<row>{SHARED}</row>" * 2_000
    path = raw_workbook(tmp_path, rows, strings=f"<si><t>{'x' * 32_000}</t></si>")
    lengths = [len(chunk.frame) for chunk in opened(path).chunks(5_000)]
    assert (sum(lengths), max(lengths) * 32_000 < 20_000_000) == (2_000, True)


def test_a_row_of_more_text_than_a_row_has_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path, f"<row>{SHARED * 1_000}</row>", strings=f"<si><t>{'x' * 32_000}</t></si>")
    assert "has a row with more text in it than a spreadsheet should" in refusal(path)


def test_rows_above_a_damage_come_before_it(tmp_path: Path) -> None:
    rows = HEADER + "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in [*range(2, 80), 5])
    with opened_in_child(raw_workbook(tmp_path, rows)) as reader:
        read = reader.rows(0)
        assert [next(read).number for _ in range(79)] == list(range(1, 80))
        with pytest.raises(SourceError, match="row 5 comes after row 79"):
            next(read)


def test_an_archive_of_very_many_entries_is_not_listed(tmp_path: Path) -> None:
    entry = struct.pack("<4s42x", b"PK\x01\x02")
    path = tmp_path / "many.zip"
    end = struct.pack("<4s4xHHLLH", b"PK\x05\x06", 0xFFFF, 0xFFFF, len(entry) * 10_001, 4, 0)
    path.write_bytes(b"PK\x03\x04" + entry * 10_001 + end)
    assert packing_of(path) is None


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_signals_to_all_leave_the_reader_to_the_program(tmp_path: Path) -> None:
    with opened_in_child(small(tmp_path)) as reader:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(reader.pid, number)
        assert [row.texts for row in reader.rows(0)] == [["ID"], ["C1"]]


def says(*answers: object) -> str:
    """A program that answers so instead of reading, whatever it is asked."""
    lines = "".join(answer if isinstance(answer, str) else json.dumps(answer) + "\n" for answer in answers)
    return f"import sys; print({lines!r}, end='', flush=True); sys.stdin.read()"


OPENED: dict[str, list[str]] = {"notes": []}
SHEETS = {"result": [["A", True]]}
ASTRAY, CRASHED = "its reader went astray", "its reader crashed on it"


@pytest.mark.parametrize(
    ("program", "said"),
    [
        pytest.param(says("hello\n"), ASTRAY, id="no JSON"),
        pytest.param(says([1]), ASTRAY, id="no object"),
        pytest.param(says("[" * 100_000 + "\n"), ASTRAY, id="depth"),
        pytest.param(says({"notes": [1]}), ASTRAY, id="notes"),
        pytest.param(says(OPENED, {"result": [["A"]]}), ASTRAY, id="sheets"),
        pytest.param(says(OPENED, SHEETS, {"result": [[1, False, ["x", 2], []]]}), ASTRAY, id="a cell that is no text"),
        pytest.param(says(OPENED, SHEETS, {"result": [["1", False, [], []]]}), ASTRAY, id="a row without number"),
        pytest.param(says(OPENED, SHEETS, {"result": [[1, 0, [], []], [1, 0, [], []]]}), ASTRAY, id="a row twice"),
        pytest.param(says(OPENED, SHEETS, {"result": [[1, 0, ["x"] * 20_000, []]]}), ASTRAY, id="too many cells"),
        pytest.param(
            says(OPENED, SHEETS, {"result": [[1, 0, [], [[0, "no-code", "", ""]]]]}), ASTRAY, id="an unknown code"
        ),
        pytest.param("while True: print('x' * 1_000_000, end='')", ASTRAY, id="a line without end"),
        pytest.param(says({"refused": "\x1b[2J\nfine"}), ": ?[2J fine", id="a refusal that a terminal would obey"),
        pytest.param(says({"failed": "TypeError in x.py, line 7"}), "(TypeError in x.py, line 7)", id="a defect"),
        pytest.param("import os; os.abort()", f"{CRASHED} (SIGABRT)", id="abort"),
        pytest.param("raise SystemExit(3)", f"{CRASHED} (exit code 3)", id="exit"),
    ],
)
def test_a_reader_that_was_taken_over_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    monkeypatch.setattr(child_process, "_START", program)
    assert said in refusal(small(tmp_path))


def test_a_reader_that_says_nothing_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_process, "_START", "import sys; sys.stdin.read()")
    assert "takes longer to read than honest workbooks" in refusal(small(tmp_path), Limits(patience_s=0.2))


def test_a_defect_of_the_reader_is_one_line_without_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defect = "import sync.source.workbooks.worker as w; w.OPERATIONS['rows'] = lambda *_: [None.canary]; w.main()"
    monkeypatch.setattr(child_process, "_START", child_process._START.rpartition("from ")[0] + defect)
    said = refusal(small(tmp_path))
    assert ("its reader failed on it (AttributeError in " in said, "canary" in said) == (True, False)


def test_far_corners_and_empty_rows_cost_little(tmp_path: Path) -> None:
    rows = HEADER + "<row/>" * 20_000 + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert rows_of(opened(raw_workbook(tmp_path, rows))) == {}


@pytest.mark.parametrize("where", ["rows", "texts"])
def test_very_many_blanks_between_cells_cost_no_more_than_they_take(tmp_path: Path, where: str) -> None:
    blanks = " " * 400_000
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c>{1}</row>'
    path = raw_workbook(
        tmp_path,
        row.format(1, "") + row.format(2, blanks if where == "rows" else ""),
        strings="<si><t>ID</t></si>" + (blanks if where == "texts" else ""),
    )
    assert rows_of(opened(path)) == {2: ["ID"]}
