"""Measures, and prints a table: `python -m tests.benchmarks [--quick]`. A measurement, no test: it always exits 0."""

from __future__ import annotations

import csv
import statistics
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.newman import newman
from tests.benchmarks.processes import MAPPING, bare_server, candidate_sync, other
from tests.people import SEVEN_COLUMNS, seven_columns

Line = tuple[str, str, str]


@dataclass(frozen=True)
class Sizes:
    push_rows: int
    pairs: int
    few: int
    many: int
    paced_rows: int


FULL = Sizes(push_rows=6000, pairs=3, few=100_000, many=1_000_000, paced_rows=1000)
QUICK = Sizes(push_rows=300, pairs=1, few=2_000, many=4_000, paced_rows=160)
PACE = 50


def write_people(path: Path, rows: int, *, distinct: bool) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SEVEN_COLUMNS)
        writer.writerows(seven_columns(rows, distinct=distinct))
    return path


def pushing(folder: Path, sizes: Sizes) -> Iterator[Line]:
    file = write_people(folder / "push.csv", sizes.push_rows, distinct=True)
    ratios: dict[str, list[float]] = {"bare": [], "one-pool": []}
    ours: list[float] = []
    with bare_server() as server:
        run = ("run", str(file), "-m", str(MAPPING), "--rate", "100000", "--concurrency", "64")
        candidate_sync(*run, folder=folder, url=server.url)  # learns that the target has no limit
        for _ in range(sizes.pairs):
            ours.append(candidate_sync(*run, folder=folder, url=server.url).summary["achieved_rate"])
            for kind, found in ratios.items():
                found.append(ours[-1] / other(kind, server.url, file))
        by_requests = other("requests", server.url, file)
        by_newman = newman(server.url, file)
    rate = statistics.median(ours)
    yield "push, 64 connections, rows/s", f"{rate:,.0f}", ""
    yield "  against the bare client loop", f"{statistics.median(ratios['bare']):.2f} x", "at least 0.8 x"
    yield "  against httpx with one pool of 64", f"{statistics.median(ratios['one-pool']):.1f} x", "at least 4 x"
    yield "  against a pandas + requests loop", f"{rate / by_requests:.1f} x", ""
    yield "  against newman with the same CSV", f"{rate / by_newman:.1f} x" if by_newman else "not available here", ""


def checking(folder: Path, sizes: Sizes) -> Iterator[Line]:
    for distinct, bound in ((True, "at least 15,000"), (False, "at least 40,000")):
        word = "all distinct" if distinct else "as in real files"
        found = {}
        for rows in (sizes.few, sizes.many):
            file = write_people(folder / "check.csv", rows, distinct=distinct)
            found[rows] = candidate_sync("check", str(file), "-m", str(MAPPING), folder=folder, one_core=True)
        few, many = found[sizes.few], found[sizes.many]
        speed = (sizes.many - sizes.few) / (many.seconds - few.seconds)
        yield f"check, values {word}, rows/s on one core", f"{speed:,.0f}", bound
        yield f"  peak memory at {sizes.many:,} rows", f"{many.peak_mb:.0f} MB", "under 350 MB"
        yield f"  against {sizes.few:,} rows", f"{many.peak_mb / few.peak_mb:.2f} x", "at most 1.15 x"


def pacing(folder: Path, sizes: Sizes) -> Iterator[Line]:
    file = write_people(folder / "paced.csv", sizes.paced_rows, distinct=True)
    with bare_server() as server:
        candidate_sync("run", str(file), "-m", str(MAPPING), "--rate", str(PACE), folder=folder, url=server.url)
    times = server.arrivals
    busiest = max(bisect_left(times, start + 1.0) - number for number, start in enumerate(times))
    steady = [moment for moment in times if moment > times[0] + 2.5]
    used = (len(steady) - 1) / (steady[-1] - steady[0]) / PACE if len(steady) > 1 else 0.0
    yield f"--rate {PACE}: most within any second", f"{busiest}", f"at most {PACE}"
    yield "  share of the limit used after the start", f"{used:.1%}", "at least 98%"


def main() -> None:
    sizes = QUICK if "--quick" in sys.argv else FULL
    lines: list[Line] = [("what", "measured", "aim")]
    with tempfile.TemporaryDirectory() as name:
        for part in (pushing, checking, pacing):
            lines.extend(part(Path(name), sizes))
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for what, measured, aim in lines:
        print(f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {aim}".rstrip())


if __name__ == "__main__":
    main()
