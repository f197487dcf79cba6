"""The benchmarks run; how fast anything is, no test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import Figure, Sizes, checking, pacing, reading, write_people
from tests.benchmarks.others import pooled
from tests.benchmarks.processes import bare_server, other

TINY = Sizes(push_rows=40, pairs=1, few=5, many=10, paced_rows=160, sheet_rows=200)


@pytest.mark.parametrize(
    "part", [pytest.param(checking, id="check"), pytest.param(reading, id="workbook"), pytest.param(pacing, id="rate")]
)
def test_each_figure_has_a_number(part: Callable[[Path, Sizes], Iterator[Figure]], tmp_path: Path) -> None:
    figures = list(part(tmp_path, TINY))
    assert all(one.measured[0].isdigit() for one in figures)


@pytest.mark.parametrize("kind", ["bare", "one-pool", "requests"])
def test_what_the_push_is_compared_with_reaches_the_server(kind: str, tmp_path: Path) -> None:
    file = write_people(tmp_path / "people.csv", TINY.push_rows, distinct=True)
    with bare_server() as server:
        rate = other(kind, server.url, file)
    assert rate > 0
    assert len(server.arrivals) == TINY.push_rows


def test_the_one_pool_is_named() -> None:
    assert pooled() in {"httpx", "httpx2"}
