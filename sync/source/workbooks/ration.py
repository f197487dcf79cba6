"""Limits that the process which reads a workbook sets to itself before it looks at the file."""

from __future__ import annotations

import signal
import sys

if sys.platform != "win32":  # which has no such limits: there, time by the clock and the unpacked size are left
    import resource

    # Linux counts all memory of the process's own as data; elsewhere only the address space is limited, if anything.
    _MEMORY = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS

    def _lower(kind: int, most: int) -> None:
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):  # macOS refuses to limit the address space
            return


MEMORY_VARIABLE = "CANDIDATE_SYNC_MEMORY"
"""The environment variable by which the user allows more; read by the program that starts the process."""

_UNPACKED = 4
_LARGEST_PART = 4 * 10**9


def confine(memory: int) -> None:
    """Take no more than so many bytes; what asks for more gets a MemoryError. Leave no image behind after a crash.

    Signals to the whole session are for the program, which ends this process when it has to.
    """
    if sys.platform == "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(_MEMORY, memory)


def ration(seconds: float) -> None:
    """Work for so many seconds of processor time from now; then the system ends the process by SIGPROF."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def largest_part() -> int:
    """Bytes to which a part may unpack that is read as a stream: four times the memory, where that is limited."""
    if sys.platform == "win32":
        return _LARGEST_PART
    memory, _ = resource.getrlimit(_MEMORY)
    return _LARGEST_PART if memory == resource.RLIM_INFINITY else _UNPACKED * memory
