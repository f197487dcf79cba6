"""Keyed hashes of payloads: the ledger can tell whether a payload is the same without keeping what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from sync.model import Payload

_DIGEST_BYTES = 16
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def payload_hasher(key: bytes) -> Callable[[Payload], bytes]:
    """Build the function that hashes payloads with this ledger's key: candidate, fields, values and files' contents."""

    def digest(payload: Payload) -> bytes:
        text = _CANONICAL.encode([payload.candidate, payload.body])
        hashed = hashlib.blake2b(text.encode(), key=key, digest_size=_DIGEST_BYTES)
        for name, path in sorted(payload.files.items()):
            hashed.update(name.encode() + b"\0" + _file_digest(path))
        return hashed.digest()

    return digest


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
