"""What Excel itself shows in other projects' workbooks is what arrives."""

from __future__ import annotations

import warnings

from tests.corpus import CORPUS, needs_corpus
from tests.excel_oracle import compare


@needs_corpus
def test_cells_are_what_excel_shows() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, of what it does not keep
        found = compare(CORPUS / "excel-oracle")
    assert found.same > 10_000
    assert found.percent >= 99.5, found.different[:20]
