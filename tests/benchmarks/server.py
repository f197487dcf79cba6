"""A bare server: says yes to everything at once, and remembers when each request came.

`python -m tests.benchmarks.server`: prints its address, serves until its standard input ends, then prints the
arrivals of all updates as JSON, in seconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import cast

TOKEN = b'{"access_token": "t", "expires_in": 3600, "token_type": "bearer"}'
UPDATED = b'{"success": true, "candidate": {"OID": "x"}}'


def _answer(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    return head + body


class Bare(asyncio.Protocol):
    """HTTP/1.1 as far as a well-behaved client needs it."""

    def __init__(self, arrivals: list[float]) -> None:
        self._arrivals = arrivals
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (request := self._whole_request()) is not None:
            is_update = request.startswith(b"PUT")
            if is_update:
                self._arrivals.append(time.monotonic())
            self._transport.write(_answer(UPDATED if is_update else TOKEN))

    def _whole_request(self) -> bytes | None:
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._received[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._received) < end + 4 + length:
            return None
        request, self._received = self._received[: end + 4 + length], self._received[end + 4 + length :]
        return request


async def serve() -> None:
    arrivals: list[float] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Bare(arrivals), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/v1/public", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    print(json.dumps(arrivals), flush=True)
    server.close()


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(serve())
    else:
        uvloop.run(serve())
