"""Which reader reads the workbooks of which format."""

from __future__ import annotations

from importlib import import_module

from sync.source.content import WorkbookFormat
from sync.source.workbooks.reader import OpenedWorkbook

_READERS: dict[WorkbookFormat, str] = {
    "xlsx": "xlsx.opened_xlsx",
    "xls": "xls.opened_xls",
    "xlsb": "xlsb.opened_xlsb",
    "ods": "ods.opened_ods",
}
"""The function of each, with its module; only the one that is used is loaded, which takes a while."""


def reader_of(workbook_format: WorkbookFormat) -> OpenedWorkbook:
    """The function that opens workbooks of this format."""
    module, name = _READERS[workbook_format].split(".")
    opened: OpenedWorkbook = getattr(import_module(f"sync.source.workbooks.{module}"), name)
    return opened
