"""What reading a workbook may cost, as the process that reads it and the program that waits for it know it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from pydantic import ByteSize, TypeAdapter, ValidationError

from sync.errors import SettingsError
from sync.source.workbooks.ration import MEMORY_VARIABLE

_LEAST_MEMORY = 64 * 10**6
"""With less the reader could not even be loaded."""
_SHOWN = 4
_SIZE_IN_TIME = 10 * 10**6
"""Bytes of a file that can be read several times over in the time for one answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`: bytes. `processor_s`, `patience_s`: for one answer, which is some rows; of work, and by the clock.

    Some formats are read whole before their first answer, so a big file gets more time: see `for_file`.
    """

    memory: int = 10**9
    processor_s: float = 60.0
    patience_s: float = 600.0

    def for_file(self, size: int) -> Limits:
        """The limits for a file of this size in bytes."""
        share = max(1.0, size / _SIZE_IN_TIME)
        return replace(self, processor_s=self.processor_s * share, patience_s=self.patience_s * share)

    @property
    def shown(self) -> int:
        """Bytes that the rows of a sheet may come to; they pass by and need not be held."""
        return _SHOWN * self.memory


def limits_in_force() -> Limits:
    """The limits, the memory as the environment says. Raises SettingsError when it says no size, or too little."""
    said = os.environ.get(MEMORY_VARIABLE, "")
    if not said.strip():
        return Limits()
    try:
        memory = int(TypeAdapter(ByteSize).validate_python(said))
    except ValidationError:
        raise SettingsError(f"{MEMORY_VARIABLE} must be a size such as 4GB, not {said!r}.") from None
    if memory < _LEAST_MEMORY:
        raise SettingsError(f"{MEMORY_VARIABLE} must be at least {in_words(_LEAST_MEMORY)}, not {said!r}.")
    return Limits(memory=memory)


def in_words(size: int) -> str:
    """A number of bytes as people say it: 1 GB, 100 MB."""
    return f"{size / 10**9:.3g} GB" if size >= 10**9 else f"{size / 10**6:.3g} MB"


def allow_more(limits: Limits) -> str:
    """What to do about a workbook that exceeds a limit on size."""
    return (
        f"save the table as .csv, or, if you trust the file, allow more by the environment variable {MEMORY_VARIABLE}, "
        f"such as {in_words(4 * limits.memory).replace(' ', '')}"
    )
