"""fsspec's sftp, from a host whose key is known only, and with time-outs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from sync.source.address import Address

_CONNECT_S = 10.0
_READ_S = 60.0


class UnknownHostKey(Exception):
    """The host is not among those that the user has connected to before."""


class _OnlyKnown(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # paramiko has no types
    def missing_host_key(self, *_: object) -> None:
        raise UnknownHostKey


class KnownHostSftp(SFTPFileSystem):  # type: ignore[misc]  # fsspec has no types
    """fsspec's own trusts any host; this one those of `~/.ssh/known_hosts`."""

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(_OnlyKnown())
        times = {"timeout": _CONNECT_S, "banner_timeout": _CONNECT_S, "auth_timeout": _CONNECT_S}
        try:
            self.client.connect(self.host, **times, **self.ssh_kwargs)
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(_READ_S)
        except BaseException:
            self.client.close()
            raise

    def _open(self, path: str, mode: str = "rb", block_size: int | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        file = super()._open(path, mode, block_size, **kwargs)
        file.prefetch(max_concurrent_requests=64)  # one block at a time would take a round trip each
        return file


@contextmanager
def opened_sftp(address: Address) -> Iterator[KnownHostSftp]:
    """The address's host, connected for as long as it is read from."""
    parts = urlsplit(address.url)
    user = {"username": parts.username, "password": parts.password}
    login = {name: unquote(text) for name, text in user.items() if text}
    port = parts.port or paramiko.config.SSH_PORT
    # A connection that fsspec remembered would be a closed one the next time.
    storage = KnownHostSftp(parts.hostname, port=port, skip_instance_cache=True, **login)
    try:
        yield storage
    finally:
        storage.client.close()
