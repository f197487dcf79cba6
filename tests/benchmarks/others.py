"""What the push is compared with: `python -m tests.benchmarks.others KIND URL FILE`; prints requests a second.

`bare`: nothing but the HTTP client that the program uses, one connection for each of 64 workers. `one-pool`: httpx as
its documentation shows it, one client for 64 workers. `requests`: the loop over a data frame that people write.
"""

from __future__ import annotations

import asyncio
import csv
import importlib.util
import json
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from pathlib import Path

WORKERS = 64
LOOP_ROWS = 1000
HEADERS = {"Authorization": "Bearer t", "Content-Type": "application/json"}


def bodies(file: Path) -> Iterator[tuple[str, bytes]]:
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            body = {"first_name": row["First Name"], "email": row["E-mail"], "phone": row["Mobile"], "status": "1"}
            yield row["Candidate ID"], json.dumps(body).encode()


async def push(put: Callable[[int, str, bytes], Awaitable[None]], file: Path) -> float:
    work, done = bodies(file), 0

    async def worker(number: int) -> None:
        nonlocal done
        for candidate, body in work:
            await put(number, candidate, body)
            done += 1

    began = time.perf_counter()
    await asyncio.gather(*(worker(number) for number in range(WORKERS)))
    return done / (time.perf_counter() - began)


async def bare(url: str, file: Path) -> float:
    import httpx2

    limits = httpx2.Limits(max_connections=1, max_keepalive_connections=1)
    clients = [httpx2.AsyncClient(limits=limits, trust_env=False, timeout=30) for _ in range(WORKERS)]

    async def put(number: int, candidate: str, body: bytes) -> None:
        response = await clients[number].put(f"{url}/candidates/{candidate}", content=body, headers=HEADERS)
        json.loads(response.content)

    rate = await push(put, file)
    for client in clients:
        await client.aclose()
    return rate


def pooled() -> str:
    """The client for the one pool: httpx where it is installed, which this program does without, else its successor."""
    return "httpx" if importlib.util.find_spec("httpx") else "httpx2"


async def one_pool(url: str, file: Path) -> float:
    httpx = importlib.import_module(pooled())
    limits = httpx.Limits(max_connections=WORKERS, max_keepalive_connections=WORKERS)
    async with httpx.AsyncClient(limits=limits, trust_env=False, timeout=60) as client:

        async def put(_: int, candidate: str, body: bytes) -> None:
            response = await client.put(f"{url}/candidates/{candidate}", content=body, headers=HEADERS)
            response.json()

        return await push(put, file)


def loop_over_a_frame(url: str, file: Path) -> float:
    import pandas as pd
    import requests

    frame = pd.read_csv(file, dtype=str)
    began = time.perf_counter()
    for row in islice(frame.itertuples(index=False), LOOP_ROWS):
        requests.put(f"{url}/candidates/{row[0]}", json={"email": row[3], "phone": row[4]}, headers=HEADERS, timeout=30)
    return min(LOOP_ROWS, len(frame)) / (time.perf_counter() - began)


def main() -> None:
    kind, url, file = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if kind == "requests":
        print(loop_over_a_frame(url, file))
        return
    job = {"bare": bare, "one-pool": one_pool}[kind](url, file)
    try:
        import uvloop
    except ImportError:
        print(asyncio.run(job))
    else:
        print(uvloop.run(job))


if __name__ == "__main__":
    main()
