"""Other projects' CSVs: the cells that they should have, or a refusal in one line; never a crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sync.errors import SourceError
from tests.corpus import CORPUS, needs_corpus
from tests.source_files import opened, rows_of

SPECTRUM = sorted((CORPUS / "csv-spectrum" / "csvs").glob("*.csv"))
DUCKDB = sorted(path for path in (CORPUS / "duckdb-csv").rglob("*") if path.is_file())

pytestmark = needs_corpus


@pytest.mark.parametrize(
    "path", [path for path in SPECTRUM if path.stem != "location_coordinates"], ids=lambda p: p.stem
)
def test_csv_spectrum_is_read_as_its_json_says(path: Path) -> None:
    # The collection's own checkout has turned CR LF into LF, but not in what it expects.
    expected = json.loads((CORPUS / "csv-spectrum" / "json" / f"{path.stem}.json").read_text().replace("\\r\\n", "\\n"))
    source = opened(path)
    rows = [dict(zip(source.header, row, strict=True)) for row in rows_of(source).values()]
    assert rows == [row for row in expected if any(row.values())]


def test_the_one_whose_json_is_wrong_is_read_too() -> None:
    (path,) = (path for path in SPECTRUM if path.stem == "location_coordinates")
    assert [(row[0], row[2:]) for row in rows_of(opened(path)).values()] == [("2095257564", ["Modesto", "Stanislaus"])]


def test_every_file_of_duckdb_is_read_or_refused_in_one_line() -> None:
    read, refused = 0, []
    for path in DUCKDB:
        try:
            rows_of(opened(path), 5_000)
            read += 1
        except SourceError as error:
            refused.append(str(error))
    assert all("\n" not in message and message.startswith(str(CORPUS)) for message in refused)
    assert read >= 450
    assert read + len(refused) == len(DUCKDB)
