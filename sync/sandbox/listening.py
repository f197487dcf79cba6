"""Uvicorn as the sandbox needs it: connections that can end badly, a clean stop, a state file kept up to date."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sync.sandbox.answers import TRANSPORT
from sync.sandbox.app import Sandbox
from sync.sandbox.state import State

_WRITE_SECONDS = 0.1
# A large state takes long to write: most of the time belongs to the requests all the same.
_WRITE_SHARE = 20
_KEEP_ALIVE_SECONDS = 75


class Connection(H11Protocol):
    """Uvicorn's connection, which the application can reach to end it badly."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # noqa: D102
        super().connection_made(transport)
        app: ASGIApp = self.app

        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "extensions": {TRANSPORT: transport}}, receive, send)

        self.app = with_transport


class Server(uvicorn.Server):
    """Uvicorn's server: says when it listens, keeps the state file, ends silent connections when it stops."""

    def __init__(self, sandbox: Sandbox, state_path: Path | None, on_started: Callable[[], None]) -> None:
        config = uvicorn.Config(
            sandbox.app,
            http=Connection,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        super().__init__(config)
        self._sandbox = sandbox
        self._state_path = state_path
        self._on_started = on_started
        self._writing: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: D102
        await super().startup(sockets)
        if self._state_path is not None:
            self._writing = asyncio.create_task(_keep_written(self._sandbox.state, self._state_path))
        self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: D102
        for transport in list(self._sandbox.failing.held):
            transport.abort()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGINT and SIGTERM; uvicorn's own would raise them again at the end: no clean exit."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.should_exit = True


async def _keep_written(state: State, path: Path) -> None:
    """Write the state whenever it has changed, at most ten times a second."""
    written = state.changes()
    while True:
        pause = _WRITE_SECONDS
        if state.changes() != written:
            written = state.changes()
            began = time.monotonic()
            # The write at the end tells what is wrong; until then the requests matter more.
            with contextlib.suppress(OSError):
                state.write(path)
            pause = max(pause, (time.monotonic() - began) * _WRITE_SHARE)
        await asyncio.sleep(pause)
