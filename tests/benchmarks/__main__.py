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
from tests.benchmarks.others import WORKERS, pooled
from tests.benchmarks.processes import MAPPING, Finished, bare_server, candidate_sync, other
from tests.benchmarks.reading import read_by
from tests.benchmarks.workbook import COLUMNS, big_workbook
from tests.people import SEVEN_COLUMNS, seven_columns


@dataclass(frozen=True)
class Figure:
    """A line of the table; `verdict` is empty where nothing was promised."""

    what: str
    measured: str
    aim: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Sizes:
    push_rows: int
    pairs: int
    few: int
    many: int
    paced_rows: int
    sheet_rows: int


FULL = Sizes(push_rows=6000, pairs=5, few=100_000, many=1_000_000, paced_rows=1000, sheet_rows=200_000)
QUICK = Sizes(push_rows=300, pairs=1, few=2_000, many=4_000, paced_rows=160, sheet_rows=2_000)
PACE = 50
RAMP_S = 2.0


def at_least(what: str, value: float, form: str, bound: float) -> Figure:
    return Figure(what, form.format(value), f"at least {bound:,}", "met" if value >= bound else "NOT MET")


def at_most(what: str, value: float, form: str, bound: float) -> Figure:
    return Figure(what, form.format(value), f"at most {bound:,}", "met" if value <= bound else "NOT MET")


def write_people(path: Path, rows: int, *, distinct: bool) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(SEVEN_COLUMNS)
        writer.writerows(seven_columns(rows, distinct=distinct))
    return path


def pushing(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    file = write_people(folder / "push.csv", sizes.push_rows, distinct=True)
    ratios: dict[str, list[float]] = {"bare": [], "one-pool": []}
    ours: list[float] = []
    with bare_server() as server:
        run = ("run", str(file), "-m", str(MAPPING), "--rate", "100000", "--concurrency", str(WORKERS))
        candidate_sync(*run, folder=folder, url=server.url)  # learns what the target takes
        for _ in range(sizes.pairs):
            ours.append(candidate_sync(*run, folder=folder, url=server.url).summary["achieved_rate"])
            for kind, found in ratios.items():
                found.append(ours[-1] / other(kind, server.url, file))
        by_requests = other("requests", server.url, file)
        by_newman = newman(server.url, file)
    rate = statistics.median(ours)
    yield Figure(f"push, {WORKERS} connections, rows/s", f"{rate:,.0f}")
    yield at_least("  against the bare client loop", statistics.median(ratios["bare"]), "{:.2f} x", 0.8)
    yield at_least(
        f"  against {pooled()} with one pool of {WORKERS}", statistics.median(ratios["one-pool"]), "{:.1f} x", 4
    )
    yield Figure("  against a pandas + requests loop", f"{rate / by_requests:.1f} x")
    yield Figure(
        "  against newman with the same CSV", f"{rate / by_newman:.1f} x" if by_newman else "needs node and npm"
    )


def checking(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    start_s = _check(folder, 1, distinct=True).seconds
    for distinct, bound in ((True, 15_000), (False, 40_000)):
        few, many = (_check(folder, rows, distinct=distinct) for rows in (sizes.few, sizes.many))
        name = f"check, values {'all distinct' if distinct else 'as in real files'}, one core"
        yield at_least(f"{name}: {sizes.many:,} rows, rows/s", sizes.many / many.seconds, "{:,.0f}", bound)
        yield at_least(
            f"  {sizes.few:,} rows, without start-up", sizes.few / max(few.seconds - start_s, 0.01), "{:,.0f}", bound
        )
        yield at_most(f"  peak memory at {sizes.many:,} rows", many.peak_mb, "{:.0f} MB", 350)
        yield at_most(f"  against that at {sizes.few:,} rows", many.peak_mb / few.peak_mb, "{:.2f} x", 1.15)
    yield Figure("  start-up, in all of them", f"{start_s:.1f} s")


def _check(folder: Path, rows: int, *, distinct: bool) -> Finished:
    file = write_people(folder / "check.csv", rows, distinct=distinct)
    return candidate_sync("check", str(file), "-m", str(MAPPING), folder=folder, one_core=True)


def reading(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    file = big_workbook(folder / "big.xlsx", sizes.sheet_rows)
    bare, ours = read_by("calamine", file), read_by("source", file)
    yield at_most(
        f"workbook {sizes.sheet_rows:,} x {len(COLUMNS)}: against calamine's bare time",
        ours.seconds / bare.seconds,
        "{:.1f} x",
        4,
    )
    yield Figure("  seconds", f"{ours.seconds:.1f}")
    yield at_most("  peak memory", ours.peak_mb, "{:.0f} MB", 1_000)
    file = big_workbook(folder / "sparse.xlsx", sizes.sheet_rows, sparse=True)
    bare, ours = read_by("calamine", file), read_by("source", file)
    yield Figure("  every other cell blank: against calamine", f"{ours.seconds / bare.seconds:.1f} x")


def pacing(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    file = write_people(folder / "paced.csv", sizes.paced_rows, distinct=True)
    with bare_server() as server:
        candidate_sync("run", str(file), "-m", str(MAPPING), "--rate", str(PACE), folder=folder, url=server.url)
    times = server.arrivals
    busiest = max(bisect_left(times, start + 1.0) - number for number, start in enumerate(times))
    steady = [moment for moment in times if moment > times[0] + RAMP_S]
    used = (len(steady) - 1) / (steady[-1] - steady[0]) / PACE
    yield at_most(f"--rate {PACE}: most within any second, at the server", busiest, "{:.0f}", PACE)
    yield at_least(f"  share used after the first {RAMP_S:.0f} s", used * 100, "{:.1f}%", 98)


def main() -> None:
    sizes = QUICK if "--quick" in sys.argv else FULL
    lines = [("what", "measured", "aim", "")]
    with tempfile.TemporaryDirectory() as name:
        for part in (pushing, checking, reading, pacing):
            print(f"measuring {part.__name__} ...", file=sys.stderr)
            lines.extend((one.what, one.measured, one.aim, one.verdict) for one in part(Path(name), sizes))
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for what, measured, aim, verdict in lines:
        print(f"{what:<{widths[0]}}  {measured:>{widths[1]}}  {aim:<{widths[2]}}  {verdict}".rstrip())


if __name__ == "__main__":
    main()
