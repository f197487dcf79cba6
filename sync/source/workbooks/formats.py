"""Which reader reads the workbooks of which format."""

from __future__ import annotations

from sync.source.content import WorkbookFormat
from sync.source.workbooks.ods import opened_ods
from sync.source.workbooks.workbook_file import OpenedWorkbook
from sync.source.workbooks.xls import opened_xls
from sync.source.workbooks.xlsb import opened_xlsb
from sync.source.workbooks.xlsx import opened_xlsx

READERS: dict[WorkbookFormat, OpenedWorkbook] = {
    "xlsx": opened_xlsx,
    "xls": opened_xls,
    "xlsb": opened_xlsb,
    "ods": opened_ods,
}
