"""Reads a whole workbook: `python -m tests.benchmarks.reading source|calamine FILE` prints the seconds and peak MB.

By the product, as a run reads it; and by calamine alone, which tells nothing of number formats.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_CHUNK_ROWS = 5_000


@dataclass(frozen=True)
class Read:
    """`seconds` of wall time without the start of the process; `peak_mb` of the larger of it and its children."""

    seconds: float
    peak_mb: float


def read_by(way: str, file: Path) -> Read:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.reading", way, str(file)]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return Read(*map(float, output.split()))


def _by_source(file: Path) -> float:
    from sync.source import SourceSpec, open_source

    began = time.perf_counter()
    for _ in open_source(file, SourceSpec(), ()).chunks(_CHUNK_ROWS):
        pass
    return time.perf_counter() - began


def _by_calamine(file: Path) -> float:
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    return time.perf_counter() - began


def main() -> None:
    way, file = sys.argv[1], Path(sys.argv[2])
    seconds = {"source": _by_source, "calamine": _by_calamine}[way](file)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(seconds, peak / 1024)


if __name__ == "__main__":
    main()
