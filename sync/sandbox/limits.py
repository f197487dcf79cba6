"""Says no: tokens that are missing or expired, and requests above the rate limit."""

from __future__ import annotations

import secrets
import time
from collections import deque
from collections.abc import Callable

from sync.sandbox.answers import Refused, too_many, with_error, with_message

Limiter = Callable[[float], float]
"""Takes a request's arrival in monotonic seconds; 0 lets it pass, else it is how many seconds to wait."""


class Tokens:
    """The tokens given out. One that was not given out here is taken as well: it may be a ready-made one."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._expiry: dict[str, float] = {}

    def issue(self) -> dict[str, object]:
        """A new token, in the form of the token call's answer (public)."""
        token = secrets.token_urlsafe(32)
        self._expiry[token] = time.monotonic() + self._seconds
        return {"access_token": token, "expires_in": self._seconds, "token_type": "bearer"}

    def check(self, authorization: str) -> None:
        """Raises Refused: 401 without a bearer token, 432 for an expired one (public)."""
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Refused(with_error(401, "A bearer token is required."))
        if self._expiry.get(token, float("inf")) <= time.monotonic():
            raise Refused(with_message(432, "The token has expired."))


def no_limit(_now: float) -> float:
    """Lets every request pass."""
    return 0


def sliding_window(rate: float) -> Limiter:
    """At most `rate` requests within any second; below or between whole numbers, within the seconds it takes."""
    most = max(1, int(rate))
    seconds = most / rate
    passed: deque[float] = deque()

    def wait(now: float) -> float:
        while passed and passed[0] <= now - seconds:
            passed.popleft()
        if len(passed) >= most:
            return passed[0] + seconds - now
        passed.append(now)
        return 0

    return wait


def token_bucket(rate: float) -> Limiter:
    """A bucket of one second's requests, refilled at `rate` a second."""
    most = max(1.0, rate)
    level = most
    filled: float | None = None

    def wait(now: float) -> float:
        nonlocal level, filled
        level = most if filled is None else min(most, level + max(0.0, now - filled) * rate)
        filled = now
        if level < 1:
            return (1 - level) / rate
        level -= 1
        return 0

    return wait


_LIMITERS = {"window": sliding_window, "bucket": token_bucket}


def limiter(rate: float | None, kind: str) -> Limiter:
    """The limiter of this assumed kind, `window` or `bucket`; `rate` in requests a second, None for no limit."""
    return no_limit if rate is None else _LIMITERS[kind](rate)


def admit(wait: float, retry_after: str) -> None:
    """Raises Refused with 429 when there is something to wait, Retry-After in the assumed form."""
    if wait > 0:
        raise Refused(too_many(wait, retry_after))
