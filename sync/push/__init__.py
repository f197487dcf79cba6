"""Pushing: payloads become outcomes, through whatever client and recorder are given."""

from sync.push.gate import ApiDown, OutageGate
from sync.push.limiter import FIRST_RATE, AdaptiveLimiter, Limiter
from sync.push.pool import Pool, Work
from sync.push.row import Client, CredentialsRefused, Line, Recorder, RowResult

__all__ = [
    "FIRST_RATE",
    "AdaptiveLimiter",
    "ApiDown",
    "Client",
    "CredentialsRefused",
    "Limiter",
    "Line",
    "OutageGate",
    "Pool",
    "Recorder",
    "RowResult",
    "Work",
]
