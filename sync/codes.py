"""The published list of row error codes: a stable word, a title for reports, and what to do by default."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of row error.

    `tip` is the advice where the finder of the error has no better one. `passing`: the cause may be gone by now, so
    that the same row may succeed when it is sent again.
    """

    code: str
    title: str
    tip: str
    passing: bool = False


_CODES = (
    Code("missing-id", "No candidate id", "Fill in the candidate id; without it nobody knows whom to update."),
    Code("invalid-id", "Candidate id that cannot be sent", "Correct the candidate id."),
    Code(
        "duplicate-candidate",
        "Several rows for one candidate",
        "Keep one row per candidate, or say `duplicates: first`, `last` or `all` in the mapping.",
    ),
    Code("missing-value", "Required value missing", "Fill in the cell."),
    Code("incomplete-name", "First or last name missing", "Give both the first and the last name, or neither."),
    Code("invalid-email", "Not an e-mail address", "Correct the address, or empty the cell to leave it alone."),
    Code("invalid-phone", "Not a phone number", "Correct the number, or empty the cell to leave it alone."),
    Code(
        "phone-without-country",
        "Phone number without a country",
        "Write the number with + and its country code, or name the region in the mapping: {phone: US}.",
    ),
    Code("invalid-date", "Not a date", "Write the date as YYYY-MM-DD, or add its format to the mapping."),
    Code(
        "ambiguous-date",
        "Date that can be read in two ways",
        "Write the date as YYYY-MM-DD, or leave one of the two formats out of the mapping.",
    ),
    Code("too-long", "Too long", "Shorten the text, or add `truncate` to the mapping."),
    Code(
        "unknown-value",
        "Value that is not in the list",
        "Use one of the listed values, or add it to the mapping.",
    ),
    Code("invalid-value", "Value of the wrong form", "Correct the value."),
    Code(
        "ragged-row",
        "Row with a wrong number of cells",
        "Quote cells that hold the delimiter; check the line's end.",
    ),
    Code("invalid-cell", "Cell with an error instead of a value", "Correct the formula, or type the value in."),
    Code(
        "number-too-long",
        "Number that has lost digits",
        "A spreadsheet keeps 15 digits only: format the column as text and enter the number again.",
    ),
    Code("invalid-file", "File that cannot be sent", "Correct the file's name, kind or size."),
    Code(
        "superseded",
        "A later run has touched the candidate",
        "See what the later run sent; if the row is still right, empty its sync_row cell in failed.xlsx or failed.csv.",
    ),
    Code("timeout", "No answer in time", "Check the candidate in Paradox, then send the row again.", passing=True),
    Code(
        "connection-lost", "Connection lost", "Check the candidate in Paradox, then send the row again.", passing=True
    ),
    Code(
        "connection-failed",
        "No connection",
        "Check the network and the API's address, then send the row again.",
        passing=True,
    ),
    Code(
        "invalid-answer",
        "Answer that is not the API's",
        "Check the candidate in Paradox, then send the row again.",
        passing=True,
    ),
    Code(
        "interrupted", "No outcome recorded", "Check the candidate in Paradox, then send the row again.", passing=True
    ),
)
CODES: dict[str, Code] = {code.code: code for code in _CODES}

_HTTP_TIPS = {
    400: "The API refuses the values: see its message.",
    401: "Check the credentials and their rights.",
    403: "These credentials may not change this candidate: ask your Paradox administrator.",
    404: "No candidate has this id: correct it, or create the candidate first.",
    413: "The row's files are too big for the API: send smaller ones.",
    429: "The API was busy: send the row again later, or lower --rate.",
}
_PASSING = {401, 408, 425, 429, 432}
_RETRY_LATER = "The API had a fault: send the row again later."
_DYNAMIC = re.compile(r"(api|http)-(.+)")


def describe(code: str) -> Code:
    """Title and tip of a code, also of `api-N` and `http-N`, which are made from the API's answers.

    Raises KeyError for a code that is neither listed nor made from an answer.
    """
    if known := CODES.get(code):
        return known
    match = _DYNAMIC.fullmatch(code)
    if match is None:
        raise KeyError(code)
    kind, number = match.groups()
    if kind == "api":
        return Code(code, f"Refused by the API (code {number})", "Correct the row as the API's message says.")
    status = int(number)
    tip = _HTTP_TIPS.get(status, _RETRY_LATER if status >= 500 else _HTTP_TIPS[400])  # noqa: PLR2004
    passing = status in _PASSING or status >= 500  # noqa: PLR2004
    title = f"{'Refused' if status < 500 else 'Answered'} with HTTP {number}"  # noqa: PLR2004
    return Code(code, title, tip, passing)
