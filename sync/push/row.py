"""One row's way from payload to outcome: send, judge the answer, retry, and settle by reading what is in doubt."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from tenacity import AsyncRetrying, RetryCallState, retry_if_result, wait_random_exponential

from sync.api.answer import Answer, ApiError, Kind
from sync.errors import RunAborted
from sync.model import Answered, Applied, Change, Cleared, History, OutcomeName, Payload, RequestKind, Sent
from sync.push.gate import OutageGate
from sync.push.limiter import Limiter
from sync.push.policy import (
    BACKOFF_FIRST_S,
    BACKOFF_LONGEST_S,
    MAX_ATTEMPTS,
    MAX_BACKOFF_S,
    MAX_READS,
    MAX_RETRY_AFTER_S,
    RULES,
    harmless_to_repeat,
)
from sync.push.settle import compare


class Client(Protocol):
    """What a row is pushed through: one call is one request."""

    async def ready(self) -> Answer | None:
        """Fetch what a request needs before it takes its turn; an Answer when that cannot be had."""
        ...

    async def update(self, payload: Payload) -> Answer:
        """Send the update."""
        ...

    async def read(self, candidate: str) -> Answer:
        """Read the candidate."""
        ...

    async def find_by_ex_id(self, candidate: str) -> Answer:
        """Find the candidate in the list."""
        ...


class Recorder(Protocol):
    """Where requests and answers are recorded: `sent` returns when its line is safe."""

    async def sent(self, change: Sent) -> None:
        """Record a request before it leaves."""
        ...

    def record(self, change: Change) -> None:
        """Record what became of it."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """What all rows share on their way: pacing, outage gate, ledger, and whether ids are ex_ids."""

    limiter: Limiter
    gate: OutageGate
    recorder: Recorder
    by_ex_id: bool
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row's outcome with the API's reasons for it."""

    outcome: OutcomeName
    status: int | None
    errors: tuple[ApiError, ...] = ()


_INTERRUPTED = Answer("lost", errors=(ApiError("interrupted", "the run was interrupted before the answer came"),))


class Stopped(Exception):
    """The pushing was stopped before this row had its outcome."""


_ABORTS: dict[Kind, str] = {
    "credentials": "The API refused the credentials: {reason}. Check them and PARADOX_API_URL, then resume the run.",
    "redirect": "What answers is not the API (HTTP {status}): check PARADOX_API_URL.",
    "untrusted": "Who answers cannot prove to be the API: {reason}. Check PARADOX_API_URL; where a certificate "
    "authority of your own vouches for it, name its file in SSL_CERT_FILE. Then resume the run.",
}
"""What ends the run at once, and what to do about it."""


class CredentialsRefused(RunAborted):
    """The API does not take the credentials, or what answers is not the API."""


async def _settled_nothing() -> RowResult | None:
    """The step that was taken already, so that the wait after it is tenacity's, too."""
    return None


@dataclass(slots=True)
class RowPush:
    """One row on its way. `in_flight` is true while a request of it is on the wire and must not be cancelled."""

    payload: Payload
    line: Line
    client: Client
    history: History
    in_flight: bool = False
    _puts: int = 0
    _reads: int = 0
    _attempt: int = field(init=False)
    _in_doubt: bool = field(init=False)
    _refusal: Answer | None = None
    _last: Answer | None = None
    _last_update: Answer | None = None
    _search_list: bool = False

    def __post_init__(self) -> None:
        self._attempt = self.history.attempts
        self._in_doubt = self.history.in_doubt

    async def push(self) -> RowResult:
        """Go on until the row has its outcome. Raises RunAborted when the run cannot go on."""
        first = await self._step()
        return first if first is not None else await self._retry()

    async def _retry(self) -> RowResult:
        """Go on after a first step that settled nothing; most rows never come here."""
        steps = iter((_settled_nothing,))

        async def step() -> RowResult | None:
            return await next(steps, self._step)()

        retrying = AsyncRetrying(
            sleep=self.line.sleep,
            retry=retry_if_result(lambda result: result is None),
            wait=self._backoff,
            stop=lambda state: state.idle_for > MAX_BACKOFF_S,
            retry_error_callback=lambda _: self._give_up(),
        )
        result: RowResult = await retrying(step)
        return result

    async def _step(self) -> RowResult | None:
        """Send one request, or decide without one; None means: go on."""
        if self._in_doubt and self._must_read():
            return await self._read() if self._reads < MAX_READS else self._give_up()
        return await self._update() if self._puts < MAX_ATTEMPTS else self._give_up()

    def _must_read(self) -> bool:
        return self._refusal is not None or self._puts >= MAX_ATTEMPTS or not harmless_to_repeat(self.payload)

    async def _update(self) -> RowResult | None:
        answer, probe = await self._exchange("put", lambda: self.client.update(self.payload))
        rule = RULES[answer.kind]
        self._last_update = answer
        self._in_doubt = self._in_doubt or rule.applied == "maybe"
        if rule.counts and not probe:
            self._puts += 1
        if rule.then == "done":
            return RowResult("updated", answer.status)
        if rule.then == "refuse":
            # An earlier request may have been applied although this one was refused: only a read can tell.
            self._refusal = answer
            return None if self._in_doubt else RowResult("failed", answer.status, answer.errors)
        return None

    async def _read(self) -> RowResult | None:
        find = self.client.find_by_ex_id if self._search_list else self.client.read
        answer, probe = await self._exchange("get", lambda: find(self.payload.candidate))
        rule = RULES[answer.kind]
        if rule.counts and not probe:
            self._reads += 1
        if rule.then == "refuse":
            if self.line.by_ex_id and answer.status == 404 and not self._search_list:  # noqa: PLR2004
                self._search_list = True
                return None
            return self._give_up()
        if rule.then != "done":
            return None
        finding = compare(self.payload, answer.candidate or {})
        if finding == "applied":
            return RowResult("updated", answer.status)
        if finding == "cannot-tell":
            return self._give_up()
        self._in_doubt = False
        self.line.recorder.record(Cleared(self.payload.row, self._attempt))
        if self._refusal is not None:
            return RowResult("failed", self._refusal.status, self._refusal.errors)
        return None

    async def _exchange(self, kind: RequestKind, request: Callable[[], Awaitable[Answer]]) -> tuple[Answer, bool]:
        """Send one request in its turn, recorded before and after; also says whether it was a probe."""
        gate = self.line.gate
        while True:
            if self.line.stopping.is_set():
                raise Stopped
            probe = await gate.enter()
            try:
                # The token comes first: waiting for it with the turn in hand would let turns pile up.
                answer = await self.client.ready() or await self._send(kind, request, probe=probe)
                if answer is not None:
                    self._note(answer)
                    return answer, probe
            finally:
                gate.leave(probe=probe)

    async def _send(self, kind: RequestKind, request: Callable[[], Awaitable[Answer]], *, probe: bool) -> Answer | None:
        """Record a request, wait for its turn and send it; None when the API was found down while it waited."""
        line = self.line
        await line.limiter.approach()
        self._attempt += 1
        sent = Sent(self.payload.row, self._attempt, kind)
        try:
            await line.recorder.sent(sent)
            await line.limiter.acquire()
        except BaseException:
            line.limiter.withdraw()
            line.recorder.record(Answered(sent.row, sent.attempt, "no", None, left=False))
            raise
        if line.gate.is_down and not probe:
            line.limiter.answered(taken=None)
            line.recorder.record(Answered(sent.row, sent.attempt, "no", None, left=False))
            return None
        self.in_flight = True
        try:
            answer = await request()
        finally:
            self.in_flight = False
        rule = RULES[answer.kind]
        line.limiter.answered(taken=rule.taken)
        applied: Applied = rule.applied if kind == "put" else "no"
        line.recorder.record(Answered(sent.row, sent.attempt, applied, answer.status, rule.left))
        return answer

    def _note(self, answer: Answer) -> None:
        """Tell the pacing what the answer says of the API; raises RunAborted where the run cannot go on."""
        rule = RULES[answer.kind]
        self._last = answer
        if rule.outage:
            self.line.gate.bad("; ".join(error.message for error in answer.errors))
        elif answer.kind == "throttled":
            self.line.gate.throttled()
        elif rule.taken and rule.then in {"done", "refuse"}:
            self.line.gate.good()
        if answer.retry_after is not None and rule.then == "again":
            self.line.limiter.pause(min(answer.retry_after, MAX_RETRY_AFTER_S))
        if rule.then == "abort":
            reason = "; ".join(error.message.rstrip(".") for error in answer.errors)
            raise CredentialsRefused(_ABORTS[answer.kind].format(reason=reason, status=answer.status))

    def _backoff(self, state: RetryCallState) -> float:
        """Seconds to the next attempt: full jitter; a `Retry-After` holds all rows back and needs no wait here."""
        last = self._last
        if (
            self.line.stopping.is_set()
            or self.line.gate.is_down
            or last is None
            or last.kind in {"ok", "unauthorised", "refusal"}
            or last.retry_after is not None
        ):
            return 0.0
        return wait_random_exponential(multiplier=BACKOFF_FIRST_S, max=BACKOFF_LONGEST_S)(state)

    def _give_up(self) -> RowResult:
        """The outcome of a row that no further request can settle."""
        reason = self._refusal or self._last_update or _INTERRUPTED
        errors = reason.errors
        if self._in_doubt:
            return RowResult("unknown", reason.status, errors)
        return RowResult("failed", reason.status, errors)
