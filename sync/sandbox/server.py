"""Serves a sandbox over HTTP on loopback: blocking for a terminal, or in a thread for the demo and tests."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SettingsError
from sync.sandbox.app import Sandbox, build
from sync.sandbox.calls import BASE_PATH
from sync.sandbox.listening import Server
from sync.sandbox.options import SandboxOptions
from sync.sandbox.state import State

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """A sandbox that is being served: the base URL of its API, and its state for a look inside."""

    base_url: str
    state: State


def serve(options: SandboxOptions) -> None:
    """Serve until SIGINT or SIGTERM; the first line on standard output is the base URL, once it listens.

    Raises SettingsError for a port that is taken, a seed that cannot be read, a state file that cannot be written.
    """
    sandbox, listener = _prepare(options)

    def say_where() -> None:
        sys.stdout.write(f"{_base_url(listener)}\n")
        sys.stdout.flush()

    _serve(sandbox, listener, options.state_path, Server(sandbox, options.state_path, say_where))


@contextlib.contextmanager
def running_sandbox(options: SandboxOptions) -> Iterator[RunningSandbox]:
    """A sandbox served by a thread of this process; stopped, and its state written, at the end.

    Raises SettingsError as `serve` does.
    """
    sandbox, listener = _prepare(options)
    started = threading.Event()
    server = Server(sandbox, options.state_path, started.set)

    def run() -> None:
        try:
            _serve(sandbox, listener, options.state_path, server)
        finally:
            started.set()

    thread = threading.Thread(target=run, name="sandbox", daemon=True)
    base_url = _base_url(listener)
    thread.start()
    started.wait()
    try:
        yield RunningSandbox(base_url, sandbox.state)
    finally:
        server.should_exit = True
        thread.join()


def _prepare(options: SandboxOptions) -> tuple[Sandbox, socket.socket]:
    sandbox = build(options)
    _write(sandbox.state, options.state_path)
    try:
        return sandbox, socket.create_server((LOOPBACK, options.port))
    except OSError as error:
        raise SettingsError(f"port {options.port} cannot be used: {error.strerror}; give another, or 0") from error


def _serve(sandbox: Sandbox, listener: socket.socket, state_path: Path | None, server: Server) -> None:
    with listener:
        server.run(sockets=[listener])
    _write(sandbox.state, state_path)


def _write(state: State, path: Path | None) -> None:
    if path is None:
        return
    try:
        state.write(path)
    except OSError as error:
        raise SettingsError(f"{path}: the state cannot be written: {error.strerror}") from error


def _base_url(listener: socket.socket) -> str:
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}{BASE_PATH}"
