"""What follows from each kind of answer, as one table: may the update have happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sync.api.answer import Kind
from sync.api.fields import FIELD_BY_NAME
from sync.model import Applied, Payload

Next = Literal["done", "refuse", "again", "abort"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What an answer of one kind means.

    `applied`: whether the update happened. `counts`: whether the attempt counts against the row's. `outage`: whether
    it is a sign that the API is down. `left`: whether the request left at all. `taken`: whether the API took the
    request at this pace, None where the answer does not say.
    """

    applied: Applied
    then: Next
    counts: bool = True
    outage: bool = False
    left: bool = True
    taken: bool | None = True


RULES: dict[Kind, Rule] = {
    "ok": Rule("yes", "done"),
    "refusal": Rule("no", "refuse"),
    "throttled": Rule("no", "again", counts=False, taken=False),
    "unauthorised": Rule("no", "again", counts=False),  # the token source knows when it is enough
    "unavailable": Rule("no", "again", outage=True, taken=None),
    "fault": Rule("maybe", "again", outage=True, taken=None),
    "unreadable-file": Rule("no", "refuse", left=False, taken=None),
    "redirect": Rule("no", "abort"),
    "garbage": Rule("maybe", "again", outage=True, taken=None),
    "not-sent": Rule("no", "again", outage=True, left=False, taken=None),
    "untrusted": Rule("no", "abort", left=False, taken=None),
    "lost": Rule("maybe", "again", outage=True, taken=None),
    "timeout": Rule("maybe", "again", outage=True, taken=None),
    "no-token": Rule("no", "again", outage=True, left=False, taken=None),
    "credentials": Rule("no", "abort", left=False),
}
"""What is not listed is not retried: a new kind of answer needs its line here."""

MAX_ATTEMPTS = 10
"""Updates a row may cost, throttled ones apart."""

MAX_READS = 10
"""Reads that may be spent on finding out whether an update was applied."""

MAX_BACKOFF_S = 180.0
"""Seconds a row may spend waiting between its attempts."""

BACKOFF_FIRST_S = 0.5
BACKOFF_LONGEST_S = 20.0

MAX_RETRY_AFTER_S = 300.0
"""The longest `Retry-After` that is believed."""


def harmless_to_repeat(payload: Payload) -> bool:
    """Whether sending the same again can neither reach a person again nor add a second copy (field table)."""
    return all(FIELD_BY_NAME[name].repeat == "harmless" for name in payload.fields)
