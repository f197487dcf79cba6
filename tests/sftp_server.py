"""An SFTP server of one folder, on this machine, with one user and password."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import paramiko

USER, PASSWORD = "ann", "canary/password"


class _Login(paramiko.ServerInterface):  # type: ignore[misc]
    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == (USER, PASSWORD)
        answer: int = paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED
        return answer

    def check_channel_request(self, kind: str, chanid: int) -> int:
        answer: int = paramiko.OPEN_SUCCEEDED
        return answer


class _Open(paramiko.SFTPHandle):  # type: ignore[misc]
    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class _Files(paramiko.SFTPServerInterface):  # type: ignore[misc]
    def __init__(self, server: paramiko.ServerInterface, *, folder: Path) -> None:
        super().__init__(server)
        self._folder = folder

    def stat(self, path: str) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat((self._folder / path.lstrip("/")).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> Any:
        handle = _Open(os.O_RDONLY)
        handle.readfile = (self._folder / path.lstrip("/")).open("rb")
        return handle


@dataclass(frozen=True)
class SftpServer:
    """Its port, and its line for a file of known hosts."""

    port: int
    known_host: str


@contextmanager
def serving_sftp(folder: Path) -> Iterator[SftpServer]:
    """Serve the folder until the block ends."""
    key = paramiko.ECDSAKey.generate()
    transports: list[paramiko.Transport] = []

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transports.append(transport)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, folder=folder)
            with suppress(EOFError, paramiko.SSHException):  # a client that does not know the key hangs up at once
                transport.start_server(server=_Login())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield SftpServer(port, f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n")
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for transport in transports:
                transport.close()
