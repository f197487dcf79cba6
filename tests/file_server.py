"""A web server that gives files, whole or broken, and remembers what it was asked for."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass(frozen=True)
class Reply:
    """What a path is answered with. `short`: so many bytes fewer come than were announced. `hangs`: then nothing."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    short: int = 0
    hangs: bool = False


@dataclass
class FileServer:
    """Its base URL; the path and the headers of each request; and when a reply that hangs has begun."""

    url: str
    seen: list[tuple[str, dict[str, str]]]
    hanging: Event


@contextmanager
def serving(replies: Mapping[str, Reply], tls: ssl.SSLContext | None = None) -> Iterator[FileServer]:
    """Answer GETs by their path without the query, until the block ends."""
    seen: list[tuple[str, dict[str, str]]] = []
    hanging, ended = Event(), Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.append((self.path, {name.lower(): text for name, text in self.headers.items()}))
            reply = replies[self.path.partition("?")[0]]
            self.send_response(reply.status)
            for name, text in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(reply.body[: len(reply.body) - reply.short])
            self.wfile.flush()
            if reply.hangs:
                hanging.set()
                ended.wait()
            self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield FileServer(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", seen, hanging)
    finally:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
