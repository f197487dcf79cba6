"""Files that nobody here made: each is read or refused in one line, whatever is in it."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from tests.corpus import CORPUS, needs_corpus
from tests.corpus_reading import files_below, readings
from tests.corpus_table import line_of, main

_MOST_MB = 1_000


@needs_corpus
@pytest.mark.parametrize("folder", ["csv-spectrum", "made", "poi-hostile", "python-calamine", "readxl"])
def test_every_file_is_read_or_refused(folder: str) -> None:
    done = list(readings(files_below(CORPUS / folder)))
    bad = [one for one in done if one.outcome in {"crashed", "too slow"} or one.peak_mb > _MOST_MB]
    assert (bad, len(done) > 0) == ([], True)
    assert all("\n" not in one.said for one in done)


@needs_corpus
def test_workbooks_of_every_size_are_read() -> None:
    some = chain.from_iterable(
        (CORPUS / "excel-oracle" / "workbooks").glob(f"*.{ending}") for ending in ("xlsx", "xlsm")
    )
    outcomes = [one.outcome for one in readings(sorted(some)[::5])]
    assert set(outcomes) <= {"read", "refused"}
    assert outcomes.count("read") > 10


def test_a_file_that_is_too_slow_is_told(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("ID\nC1\n")
    [one] = readings(files_below(tmp_path), limit_s=0)
    assert one.outcome == "too slow"
    assert line_of("x", [one])[:7] == ("x", "1", "0", "0", "0", "0", "1")


def test_without_the_corpus_the_table_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.corpus_table.CORPUS", tmp_path / "none")
    main([])
    assert capsys.readouterr().out.startswith("skipped: the corpus is not in ")
