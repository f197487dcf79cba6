"""Pushing: payloads become outcomes, through whatever client and recorder are given."""

from sync.push.gate import ApiDown, OutageGate
from sync.push.limiter import Limiter, PacedLimiter
from sync.push.pool import Pool, Work
from sync.push.row import Client, CredentialsRefused, Line, Recorder, RowResult

__all__ = [
    "ApiDown",
    "Client",
    "CredentialsRefused",
    "Limiter",
    "Line",
    "OutageGate",
    "PacedLimiter",
    "Pool",
    "Recorder",
    "RowResult",
    "Work",
]
