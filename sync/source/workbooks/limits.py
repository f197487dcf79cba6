"""What a workbook may cost the process that reads it: memory in all, processor time per answer."""

from __future__ import annotations

import sys

if sys.platform != "win32":  # which has no such limits; a workbook is read there in a process of its own all the same
    import resource

CPU_S = 60
"""Processor seconds for one answer: opening the workbook, or some rows of it."""


def limit_memory(most: int) -> None:
    """Let this process have at most `most` bytes of data; what asks for more gets a MemoryError."""
    if sys.platform == "win32":
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bound, hard))


def allow_cpu(seconds: int) -> None:
    """Let this process work for so many more seconds; then the system ends it with SIGXCPU."""
    if sys.platform == "win32":
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
