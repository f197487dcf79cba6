"""What one request came to: an HTTP answer read as the API means it, or how the exchange broke off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

Kind = Literal[
    "ok",  # the API's own success
    "refusal",  # the API's own no: a 4xx, or errors within a 200
    "throttled",  # 429
    "unauthorised",  # 401, or 432: the token has ended
    "unavailable",  # 503: the gateway took nothing in
    "fault",  # 500, 502, 504: nobody says whether the update happened
    "redirect",  # 3xx: this is not the API
    "garbage",  # a success without the API's form
    "not-sent",  # no connection: nothing left
    "untrusted",  # a certificate that none of the trusted authorities vouches for: nothing left
    "lost",  # the connection broke after the request may have left
    "timeout",  # no answer in time after the request may have left
    "no-token",  # the token call failed for now; nothing left
    "unreadable-file",  # a file of the row could not be read; nothing left
    "credentials",  # the token call refused the credentials; nothing left
]


@dataclass(frozen=True, slots=True)
class ApiError:
    """One error of an answer: its code (`api-N`, `http-N` or a word), the API's message, the field it names."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The one answer to one request. `retry_after` is in seconds; `candidate` is the record that came along."""

    kind: Kind
    status: int | None = None
    errors: tuple[ApiError, ...] = ()
    retry_after: float | None = None
    candidate: Mapping[str, Any] | None = None


_KIND_BY_STATUS: dict[int, Kind] = {
    401: "unauthorised",
    432: "unauthorised",  # public: an expired JWT
    429: "throttled",
    503: "unavailable",
}
_OK, _REDIRECT, _CLIENT_ERROR, _SERVER_ERROR = 200, 300, 400, 500
_MAX_MESSAGE, _MAX_ERRORS = 500, 20
_CODE = re.compile(r"[\w.-]{1,40}", re.ASCII)


def read_answer(status: int, headers: Mapping[str, str], body: object) -> Answer:
    """Read an HTTP answer. `body` is the decoded JSON, or None where it was not JSON.

    Sources: success and error forms and codes are public; errors inside a 200 are seen by clients of this API.
    """
    document = body if isinstance(body, dict) else {}
    errors = _errors_of(document, status)
    retry_after = _retry_after(headers.get("retry-after"))
    if status >= _SERVER_ERROR:
        return Answer(_KIND_BY_STATUS.get(status, "fault"), status, errors or _by_status(status), retry_after)
    if status >= _CLIENT_ERROR:
        return Answer(_KIND_BY_STATUS.get(status, "refusal"), status, errors or _by_status(status), retry_after)
    if status >= _REDIRECT or status < _OK:
        return Answer("redirect", status, _by_status(status))
    if errors:
        return Answer("refusal", status, errors)
    candidate = document.get("candidate")
    if document.get("success") is True or isinstance(candidate, dict):
        return Answer("ok", status, candidate=candidate if isinstance(candidate, dict) else None)
    return Answer("garbage", status, (ApiError("invalid-answer", "the answer does not have the API's form"),))


def _by_status(status: int) -> tuple[ApiError, ...]:
    return (ApiError(f"http-{status}", f"the API answered with HTTP {status}"),)


def _errors_of(document: Mapping[str, Any], status: int) -> tuple[ApiError, ...]:
    listed = document.get("errors")
    if isinstance(listed, dict):
        listed = [listed]
    if isinstance(listed, list) and listed:
        return tuple(_error(one, status) for one in listed[:_MAX_ERRORS])
    if listed:
        return (ApiError(f"http-{status}", str(listed)[:_MAX_MESSAGE]),)
    if document.get("success") is False:
        message = str(document.get("message") or "refused without a reason")
        return (ApiError(f"http-{status}", message[:_MAX_MESSAGE]),)
    return ()


def _error(one: object, status: int) -> ApiError:
    if not isinstance(one, dict):
        return ApiError(f"http-{status}", str(one)[:_MAX_MESSAGE])
    code = str(one.get("code", "")).strip()
    word = f"api-{code}" if _CODE.fullmatch(code) else f"http-{status}"
    message = str(one.get("message") or "refused without a reason")[:_MAX_MESSAGE]
    return ApiError(word, message, str(one.get("field") or ""))


def _retry_after(text: str | None) -> float | None:
    """Seconds to wait, from seconds or an HTTP date (RFC 9110); None when absent or neither."""
    if not text:
        return None
    try:
        return max(0.0, float(text))
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
