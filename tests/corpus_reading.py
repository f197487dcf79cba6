"""Reads files, each in a process of its own with a limit on its time, so that a crash is seen and counted."""

from __future__ import annotations

import json
import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from sync.errors import CandidateSyncError
from sync.model import Source
from sync.source import SourceSpec, open_source

LIMIT_S = 60.0
ENDINGS = frozenset(".csv .tsv .txt .xlsx .xlsm .xls .xlsb .ods .gz .zip".split())

_CHUNK_ROWS = 5_000
_PROCESSES = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Reading:
    """What became of a file: read, differs (read, but to other cells than are known of it), refused, crashed, too slow.

    `said`: the refusal, or what the crash left.
    """

    path: Path
    outcome: str
    said: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())


def readings(paths: Sequence[Path], limit_s: float = LIMIT_S) -> Iterator[Reading]:
    """Each file read as the command would, in a process of its own."""
    _PROCESSES.set_forkserver_preload(["tests.corpus_reading"])
    for path in paths:
        receiver, sender = _PROCESSES.Pipe(duplex=False)
        process = _PROCESSES.Process(target=_read, args=(path, sender))
        process.start()
        sender.close()
        try:
            yield receiver.recv() if receiver.poll(limit_s) else Reading(path, "too slow", seconds=limit_s)
        except EOFError:
            process.join()
            yield Reading(path, "crashed", f"exit code {process.exitcode}")
        finally:
            process.kill()
            process.join()
            process.close()
            receiver.close()


def _read(path: Path, sender: Connection) -> None:
    began = time.perf_counter()
    outcome, said = "read", ""
    try:
        outcome = "differs" if _differs(open_source(path, SourceSpec(), ()), path) else "read"
    except CandidateSyncError as error:
        outcome, said = "refused", str(error)
    except Exception as error:  # noqa: BLE001 - a crash, which is what is looked for
        outcome, said = "crashed", repr(error)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    sender.send(Reading(path, outcome, said, time.perf_counter() - began, peak / 1024))


def _differs(source: Source, path: Path) -> bool:
    """Read all rows; whether they are others than in the JSON file that csv-spectrum has of them."""
    known = path.parent.parent / "json" / f"{path.stem}.json"
    kept: list[dict[str, str]] = []
    for chunk in source.chunks(_CHUNK_ROWS):
        if known.exists():
            kept.extend(dict(zip(source.header, cells, strict=True)) for cells in chunk.frame.to_numpy().tolist())
    return known.exists() and kept != json.loads(known.read_text("utf-8"))
