"""Fetches a file from s3, gs, az or sftp through fsspec; each backend is an extra that is installed when wanted."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Any

import fsspec

from sync.errors import CandidateSyncError, SourceError
from sync.source.address import Address
from sync.source.bounded_file import BoundedFile

_BLOCK = 8 << 20

_CREDENTIALS = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS",
    "az": "AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    "sftp": "a key in ~/.ssh or in the agent, or user and password in the address",
}
"""Where each kind of storage takes its credentials from."""
_BACKENDS = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs", "sftp": "paramiko"}
_LOGGERS = (*_BACKENDS.values(), "fsspec", "botocore", "aiobotocore", "azure", "google")


def fetch_storage(address: Address, into: BoundedFile) -> None:
    """Write the file at the address. Raises SourceError, which shows nothing secret of the address."""
    for name in _LOGGERS:  # without a handler they would write to standard error, addresses and tracebacks included
        logging.getLogger(name).addHandler(logging.NullHandler())
    try:
        with _opened(address) as storage:
            _copy(storage, address, into)
    except CandidateSyncError:
        raise
    except ImportError:
        extra = f"pip install 'candidate-sync[{address.scheme}]'"
        raise SourceError(address.shown, f"{address.scheme}:// needs what is not installed: {extra}") from None
    except Exception as error:  # noqa: BLE001 (each backend has its own exceptions, whose words may hold secrets)
        raise SourceError(address.shown, _reason(address.scheme, error)) from None


def _opened(address: Address) -> AbstractContextManager[Any]:
    import_module(_BACKENDS[address.scheme])
    if address.scheme == "sftp":
        from sync.source.remote.sftp import opened_sftp  # noqa: PLC0415 (an extra)

        return opened_sftp(address)
    return nullcontext(fsspec.filesystem(address.scheme, skip_instance_cache=True))


def _copy(storage: Any, address: Address, into: BoundedFile) -> None:  # noqa: ANN401 (fsspec has no types)
    info = storage.info(address.url)
    if info["type"] == "directory":
        raise SourceError(address.shown, "is a folder: give the address of one file")
    into.expect(info["size"])
    with storage.open(address.url, "rb", block_size=_BLOCK) as file:
        while block := file.read(_BLOCK):
            into.write(block)
    if into.size != info["size"]:
        raise SourceError(address.shown, "came incomplete, or was changed meanwhile: try again")


def _reason(scheme: str, error: Exception) -> str:
    kind = type(error).__name__
    if isinstance(error, FileNotFoundError):
        return "there is no such file: check the address"
    if isinstance(error, TimeoutError):
        return "did not come in time: check the address and the network, and try again"
    if isinstance(error, PermissionError) or "Auth" in kind or "Credential" in kind:
        return f"is refused ({kind}): credentials are taken from {_CREDENTIALS[scheme]}"
    if "HostKey" in kind:
        return "is on a host whose key is not the one in ~/.ssh/known_hosts, or not there: check it by `ssh`, once"
    return (
        f"cannot be fetched ({kind}): check the address and the network; credentials are taken from "
        f"{_CREDENTIALS[scheme]}"
    )
