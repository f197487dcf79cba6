"""Where to send, with which credentials and how fast: frozen values from options, environment and mapping."""

from __future__ import annotations

import ipaddress
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from sync.errors import SettingsError

DEFAULT_STATE = Path(".candidate-sync/ledger.db")
DEFAULT_REPORT_DIR = Path("reports")
DEFAULT_PATIENCE_S = 300.0
PRODUCTION_US = "https://api.paradox.ai/api/v1/public"


def is_loopback(host: str) -> bool:
    """Whether a host's name or address is this machine itself."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Access(BaseSettings):
    """The API's address and the credentials, from the environment only; secrets are masked wherever it is shown."""

    model_config = SettingsConfigDict(env_prefix="PARADOX_", frozen=True, env_ignore_empty=True)

    api_url: str = PRODUCTION_US
    client_id: str | None = None
    client_secret: SecretStr | None = None
    access_token: SecretStr | None = None

    @property
    def base_url(self) -> str:
        """The checked base URL, without a trailing slash.

        Raises SettingsError when it is not https:// (http:// is for loopback only), or carries credentials.
        """
        url = self.api_url.rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise SettingsError(
                "PARADOX_API_URL is not a web address; it reads like https://api.paradox.ai/api/v1/public"
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise SettingsError("PARADOX_API_URL must be a plain address: no user, password, query or fragment in it")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise SettingsError(
                f"PARADOX_API_URL is plain http:// to {parts.hostname}: credentials would travel unprotected. "
                "Use https:// (http:// is allowed to this machine only)."
            )
        return url

    def require_credentials(self) -> None:
        """Raise SettingsError when neither a client id with its secret nor a ready token is there."""
        if self.access_token:
            token = self.access_token.get_secret_value()
            if not token.isascii() or not token.isprintable() or " " in token:
                raise SettingsError("PARADOX_ACCESS_TOKEN is no token: it has spaces, line ends or the like in it")
            return
        if self.client_id and self.client_secret:
            return
        raise SettingsError(
            "No credentials: set PARADOX_CLIENT_ID (the Account ID) and PARADOX_CLIENT_SECRET (the Secret Key), "
            "or PARADOX_ACCESS_TOKEN, in the environment or in a .env file."
        )


@dataclass(frozen=True, slots=True)
class MaxErrors:
    """When a run stops: after more than `count` failed or unknown rows, or more than `share` (0..1) of those sent."""

    count: int | None = None
    share: float | None = 0.2

    SHARE_COUNTS_FROM = 50

    @classmethod
    def parse(cls, text: str) -> MaxErrors:
        """Read `N` or `N%`; raises SettingsError for anything else."""
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%|(\d+)", text.strip())
        if match is None:
            raise SettingsError(f"{text!r} is not a number of rows such as 25, or a share such as 5%")
        share, count = match.groups()
        if count is not None:
            return cls(count=int(count), share=None)
        if float(share) > 100:  # noqa: PLR2004
            raise SettingsError(f"{text!r}: a share is at most 100%")
        return cls(count=None, share=float(share) / 100)

    def exceeded(self, *, sent: int, bad: int) -> bool:
        """Whether `bad` failed or unknown rows among `sent` settled ones are too many."""
        if self.count is not None:
            return bad > self.count
        return self.share is not None and sent >= self.SHARE_COUNTS_FROM and bad > self.share * sent

    def __str__(self) -> str:
        return str(self.count) if self.count is not None else f"{(self.share or 0) * 100:g}%"


_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def parse_duration(text: str) -> float:
    """Seconds of a duration such as 90s, 5m, 12h, 30d or 2w; a bare number is seconds. Raises SettingsError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhdw]?)", text.strip().lower())
    if match is None:
        raise SettingsError(f"{text!r} is not a duration such as 90s, 5m, 12h or 30d")
    number, unit = match.groups()
    return float(number) * _UNITS_S[unit or "s"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How hard a run may push. `rate` is requests a second, `concurrency` requests in flight."""

    rate: float = 10.0
    concurrency: int = 16
    max_errors: MaxErrors = MaxErrors()


@dataclass(frozen=True, slots=True)
class Options:
    """What a job is asked to do; None for a limit means the mapping's, else the default.

    `limit`: only the first so many data rows. `state`: the ledger's file. `report_dir`: where reports go.
    `only_changed`: skip rows that equal what was last applied. `wait`: seconds to wait for another run on the same
    ledger. `patience`: seconds to wait for an API that is down.
    """

    rate: float | None = None
    concurrency: int | None = None
    max_errors: MaxErrors | None = None
    limit: int | None = None
    state: Path = DEFAULT_STATE
    report_dir: Path = DEFAULT_REPORT_DIR
    only_changed: bool = False
    wait: float = 0.0
    patience: float = DEFAULT_PATIENCE_S

    def limits(self, *, rate: float | None, concurrency: int | None, max_errors: str | None) -> Limits:
        """The limits in force: options first, then the mapping's (the arguments), then the defaults."""
        default = Limits()
        from_mapping = MaxErrors.parse(max_errors) if max_errors is not None else None
        return Limits(
            rate=self.rate or rate or default.rate,
            concurrency=self.concurrency or concurrency or default.concurrency,
            max_errors=self.max_errors or from_mapping or default.max_errors,
        )


def new_run_id(timestamp: str) -> str:
    """A run id that sorts by time and is short enough to type, e.g. `20261124-141500-k3vq`."""
    alphabet = "abcdefghjkmnpqrstvwxyz23456789"
    return f"{timestamp}-{''.join(secrets.choice(alphabet) for _ in range(4))}"
