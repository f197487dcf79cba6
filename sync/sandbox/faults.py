"""Makes calls fail on demand: which call gets which fault, and what each fault answers."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections import Counter
from collections.abc import Callable, Mapping

from starlette.responses import HTMLResponse, Response

from sync.sandbox.answers import (
    Late,
    Problem,
    Reset,
    Silence,
    from_gateway,
    too_many,
    with_error,
    with_errors,
    with_message,
)

SLOW_SECONDS = 2.0


class Faults:
    """Draws faults by their shares. With a seed, the nth of equal calls gets the same fault in every run."""

    def __init__(self, shares: Mapping[str, float], seed: int | None) -> None:
        self._shares = shares
        self._seed = secrets.randbits(64) if seed is None else seed
        self._calls: Counter[str] = Counter()

    def draw(self, call: str) -> str | None:
        """The fault of this call (its method and target), None for none."""
        if not self._shares:
            return None
        self._calls[call] += 1
        # Hashed, not drawn from a sequence: calls arrive in another order each time.
        digest = hashlib.blake2b(f"{self._seed} {self._calls[call]} {call}".encode(), digest_size=8).digest()
        point = int.from_bytes(digest) / (1 << 64)
        for kind, share in self._shares.items():
            point -= share
            if point < 0:
                return kind
        return None


class Failing:
    """The answers of each kind of fault, instead of the call (`before`) or of its true answer (`after`)."""

    def __init__(self, retry_after: str) -> None:
        self.held: set[asyncio.Transport] = set()
        self._garbage = 0
        self.before: dict[str, Callable[[], Response]] = {
            "401": lambda: with_error(401, "The token is not valid."),
            "429": lambda: too_many(1, retry_after),
            "432": lambda: with_message(432, "The token has expired."),
            "500": lambda: with_message(500, "Internal server error."),
            "502": lambda: from_gateway(502),
            "503": lambda: from_gateway(503),
            "504-before": lambda: from_gateway(504),
            "reset-before": Reset,
            "timeout": lambda: Silence(self.held),
            "errors-in-200": lambda: with_errors(200, Problem("", "Invalid request.")),
        }
        self.after: dict[str, Callable[[Response], Response]] = {
            "504-after": lambda _answer: from_gateway(504),
            "reset-after": lambda _answer: Reset(),
            "slow": lambda answer: Late(answer, SLOW_SECONDS),
            "garbage": self._no_answer_of_the_api,
        }

    def _no_answer_of_the_api(self, answer: Response) -> Response:
        self._garbage += 1
        if self._garbage % 2:
            return HTMLResponse("<html><body>Welcome to the guest network. Please sign in.</body></html>")
        return Response(answer.body[: len(answer.body) // 2], media_type="application/json")
