"""Finds the sample files, whether the program is installed or runs from a checkout."""

from __future__ import annotations

from pathlib import Path

import sync

_PACKAGE = Path(sync.__file__).parent


def samples_folder() -> Path:
    """The folder that holds `mappings/` and `sample_data/`."""
    installed = _PACKAGE / "samples"
    return installed if installed.is_dir() else _PACKAGE.parent
