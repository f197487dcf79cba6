"""The folder of other projects' spreadsheets, which is not a part of this one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CORPUS = Path(os.environ.get("CANDIDATE_SYNC_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not in {CORPUS}")
