"""The report of a run: summary.json, results.csv, the failed rows to mend and send again, and a page for people."""

from sync.report.columns import told
from sync.report.reported import FailedForm, Invocation, ReportedRun, ReportFiles
from sync.report.summary import summary_json
from sync.report.terminal import summary_text
from sync.report.words import source_words
from sync.report.write import write_report

__all__ = [
    "FailedForm",
    "Invocation",
    "ReportFiles",
    "ReportedRun",
    "source_words",
    "summary_json",
    "summary_text",
    "told",
    "write_report",
]
