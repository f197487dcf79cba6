"""Reads the files of the corpus and prints a table: `python -m tests.corpus_table [FOLDER ...]`.

Each file is read in a process of its own with a limit on its time, so that a crash is seen and counted. Then the
workbooks that Excel itself wrote as CSV are compared, cell by cell. Where the corpus is absent, it says so.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.corpus import CORPUS
from tests.corpus_reading import Reading, files_below, readings
from tests.excel_oracle import Comparison, compare

_HEADER = ("folder", "files", "read", "refused", "differ", "crashed", "too slow", "seconds", "slowest", "peak MB")


def line_of(folder: str, done: Sequence[Reading]) -> tuple[str, ...]:
    """The table's line for these files."""
    outcomes = Counter(reading.outcome for reading in done)
    counts = (outcomes["read"] + outcomes["differs"], *(outcomes[one] for one in ("refused", "differs", "crashed")))
    times = [reading.seconds for reading in done] or [0.0]
    peak = max((reading.peak_mb for reading in done), default=0.0)
    numbers = (len(done), *counts, outcomes["too slow"], f"{sum(times):.1f}", f"{max(times):.1f}", f"{peak:.0f}")
    return folder, *map(str, numbers)


def oracle_lines(found: Comparison) -> Iterator[str]:
    """The comparison with Excel's own files, in words."""
    compared = found.same + len(found.different)
    yield f"Excel's own CSV files: {found.same:,} of {compared:,} cells the same ({found.percent:.2f}%); set aside:"
    yield from (f"  {cells:6,}  {reason}" for reason, cells in found.aside.most_common())
    yield from (f"  differs: {one.cell}: Excel has {one.excel!r}, read was {one.ours!r}" for one in found.different)
    yield from (f"  refused: {refusal}" for refusal in found.refused)


def main(names: Sequence[str]) -> None:
    if not CORPUS.is_dir():
        print(f"skipped: the corpus is not in {CORPUS} (say where in CANDIDATE_SYNC_CORPUS)")
        return
    lines: list[tuple[str, ...]] = [_HEADER]
    noted: list[Reading] = []
    for folder in sorted(path for path in CORPUS.iterdir() if path.is_dir() and (not names or path.name in names)):
        done = list(readings(files_below(folder)))
        lines.append(line_of(folder.name, done))
        noted.extend(one for one in done if one.outcome not in {"read", "refused"})
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for name, *numbers in lines:
        print(
            f"{name:<{widths[0]}}", *(f"{n:>{width}}" for n, width in zip(numbers, widths[1:], strict=True)), sep="  "
        )
    for one in noted:
        print(f"  {one.outcome}: {one.path.relative_to(CORPUS)} {one.said}")
    if not names or "excel-oracle" in names:
        print(*oracle_lines(compare(CORPUS / "excel-oracle")), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
