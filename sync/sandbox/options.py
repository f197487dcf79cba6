"""What the sandbox can be told: its options, the faults it can make, and what it assumes where nobody knows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process

from sync.errors import SettingsError

FAULTS: dict[str, str] = {
    "401": "answers 401; not applied",
    "429": "answers 429, with Retry-After as assumed; not applied",
    "432": "answers 432, as for an expired token; not applied",
    "500": "answers 500; not applied",
    "502": "answers 502 with a gateway's page; not applied",
    "503": "answers 503 with a gateway's page; not applied",
    "504-before": "answers 504 with a gateway's page; not applied",
    "504-after": "answers 504 with a gateway's page; applied",
    "reset-before": "resets the connection; not applied",
    "reset-after": "resets the connection; applied",
    "timeout": "never answers; not applied",
    "slow": "answers two seconds late; applied",
    "garbage": "answers 200 with an HTML page or with JSON cut short, in turn; applied",
    "errors-in-200": "answers 200 with a list of errors; not applied",
}

ASSUMPTIONS: dict[str, tuple[str, ...]] = {
    "attributes": ("merge", "replace"),
    "empty": ("clear", "ignore", "refuse"),
    "note": ("append", "set"),
    "get-by-ex-id": ("yes", "no"),
    "retry-after": ("none", "seconds", "date"),
    "limit": ("window", "bucket"),
}
"""The possible answers to each open question of the API; the first is the default."""


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How a sandbox behaves.

    `port` 0 takes a free one. `seed` is a JSON file with a list of candidates. `rate_limit` is in requests a
    second, None for no limit. `latency_ms` delays each answer, in milliseconds; `token_ttl_s` is how long a token
    lasts, in seconds. `faults` gives kinds their shares of the calls, `assumptions` names their values where they
    are not the default. `state_path` is kept up to date with what was applied. `random_seed` makes faults
    repeatable. Raises SettingsError for what cannot be.
    """

    port: int = 0
    seed: Path | None = None
    rate_limit: float | None = None
    latency_ms: float = 0
    token_ttl_s: float = 3600
    faults: Mapping[str, float] = field(default_factory=dict)
    assumptions: Mapping[str, str] = field(default_factory=dict)
    state_path: Path | None = None
    random_seed: int | None = None

    def __post_init__(self) -> None:
        within = (
            ("port", self.port, 0 <= self.port < 1 << 16, "0 to 65535"),
            ("rate limit", self.rate_limit, self.rate_limit is None or 0 < self.rate_limit < math.inf, "above 0"),
            ("latency", self.latency_ms, 0 <= self.latency_ms < math.inf, "0 or more milliseconds"),
            ("token's time to live", self.token_ttl_s, 0 < self.token_ttl_s < math.inf, "above 0 seconds"),
        )
        for name, value, right, allowed in within:
            if not right:
                raise SettingsError(f"sandbox: the {name} cannot be {value}: give {allowed}")
        _check_faults(self.faults)
        _check_assumptions(self.assumptions)

    def assumed(self, name: str) -> str:
        """The value of an assumption: the one given, or the default."""
        return self.assumptions.get(name, ASSUMPTIONS[name][0])


def parse_faults(texts: Iterable[str]) -> dict[str, float]:
    """Shares by kind of fault from `KIND=SHARE` texts, e.g. `429=0.1`; shares are 0 to 1 and 1 at most together.

    Raises SettingsError for another form, an unknown kind, a kind given twice, and shares out of range.
    """
    faults: dict[str, float] = {}
    for kind, share in _pairs(texts, "fault", "KIND=SHARE"):
        try:
            faults[kind] = float(share)
        except ValueError as error:
            raise SettingsError(f"fault {kind}: {share!r} is not a share: give a number from 0 to 1") from error
    _check_faults(faults)
    return faults


def parse_assumptions(texts: Iterable[str]) -> dict[str, str]:
    """Values by assumption from `NAME=VALUE` texts, e.g. `empty=refuse`.

    Raises SettingsError for another form, an unknown name or value, and a name given twice.
    """
    assumptions = dict(_pairs(texts, "assumption", "NAME=VALUE"))
    _check_assumptions(assumptions)
    return assumptions


def _pairs(texts: Iterable[str], what: str, form: str) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign:
            raise SettingsError(f"{what} {text!r}: write it as {form}")
        if name in seen:
            raise SettingsError(f"{what} {name} is given twice: give it once")
        seen.add(name)
        yield name, value


def _check_faults(faults: Mapping[str, float]) -> None:
    for kind, share in faults.items():
        if kind not in FAULTS:
            raise SettingsError(_unknown("fault", kind, FAULTS))
        if not 0 <= share <= 1:
            raise SettingsError(f"fault {kind}: {share} is not a share: give a number from 0 to 1")
    total = math.fsum(faults.values())
    if total > 1 and not math.isclose(total, 1):
        raise SettingsError(f"the shares of all faults add up to {total:g}: give 1 at most together")


def _check_assumptions(assumptions: Mapping[str, str]) -> None:
    for name, value in assumptions.items():
        if name not in ASSUMPTIONS:
            raise SettingsError(_unknown("assumption", name, ASSUMPTIONS))
        if value not in ASSUMPTIONS[name]:
            raise SettingsError(_unknown(f"value of assumption {name}", value, ASSUMPTIONS[name]))


def _unknown(what: str, name: str, valid: Iterable[str]) -> str:
    names = list(valid)
    nearest = process.extractOne(name, names, score_cutoff=60)
    hint = f": did you mean {nearest[0]}?" if nearest else "."
    return f"unknown {what} {name!r}{hint} It is one of {', '.join(names)}"
