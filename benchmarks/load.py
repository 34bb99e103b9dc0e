"""Clients that ask one request after another, as fast as they are answered, and keep the time.

All clients of a run live in one thread. Requests are written beforehand and answers are
counted, not read, so that the clients take little of the machine that they share with the
server; how much they took is part of what a run gives.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from random import Random
from types import TracebackType
from typing import cast

import httptools

from servers import HOST, Server
from workload import Case

if sys.platform == "win32":
    from asyncio import new_event_loop
else:
    from uvloop import new_event_loop

IDLE = 1.0
"""Seconds after which a server may have closed a connection that nobody used."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One request that was made.

    Attributes:
        case: its name.
        seconds: from its first byte sent to the last byte of its answer.
        fault: what was wrong: a status that is not the right one, ``size``, ``lost`` (the
            connection broke) or ``cap`` (given up: it takes longer than that). Empty if nothing.
    """

    case: str
    seconds: float
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of some clients asking for some time.

    Attributes:
        samples: every request made.
        rate: answers a second without a fault, within the time; 0 when that was none.
        busy: the share of one core that the clients themselves took.
    """

    samples: tuple[Sample, ...]
    rate: float
    busy: float


class Crowd:
    """Some clients of one server. Use it in a ``with`` block.

    Args:
        server: whom to ask.
        clients: how many clients.
        sizes: bytes of the right answer by name of the case, where there is only one.
        cap: seconds after which an answer is no longer waited for.
    """

    def __init__(
        self,
        server: Server,
        clients: int = 1,
        sizes: Mapping[str, int] | None = None,
        cap: float = 120,
    ) -> None:
        self._clients = [_Client(server, number, sizes or {}, cap) for number in range(clients)]
        self._runner = asyncio.Runner(loop_factory=new_event_loop)
        # A thread of its own: the caller's may have a loop that runs, as one with a browser has.
        self._thread = ThreadPoolExecutor(1, "crowd")

    def __enter__(self) -> Crowd:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _close(self) -> None:
        for client in self._clients:
            client.close()
        self._runner.close()

    def ask_mixed(self, cases: Sequence[Case], seconds: float) -> Run:
        """Let every client ask all cases again and again, each in an order of its own."""
        return self.ask([_shuffled(cases, number) for number in range(len(self._clients))], seconds)

    def ask(self, sequences: Sequence[Iterator[Case]], seconds: float) -> Run:
        """Let every client ask its own cases, at least one of them, until the time is over.

        What is under way then is waited for: it counts for the times, not for the rate.
        """
        return self._thread.submit(self._runner.run, self._ask(sequences, seconds)).result()

    async def _ask(self, sequences: Sequence[Iterator[Case]], seconds: float) -> Run:
        started, used = time.perf_counter(), time.process_time()
        end = started + seconds
        each = await asyncio.gather(
            *(
                client.go_on(cases, end)
                for client, cases in zip(self._clients, sequences, strict=True)
            )
        )
        busy = (time.process_time() - used) / (time.perf_counter() - started)
        samples = tuple(sample for sample, _ in chain(*each))
        in_time = sum(done <= end and not sample.fault for sample, done in chain(*each))
        return Run(samples, in_time / seconds if seconds else 0.0, busy)


class _Client:
    """One client, with its connection that is kept."""

    def __init__(self, server: Server, number: int, sizes: Mapping[str, int], cap: float) -> None:
        self._server, self._number, self._sizes, self._cap = server, number, sizes, cap
        self._link: _Link | None = None
        self._rested = 0.0

    async def go_on(self, cases: Iterator[Case], end: float) -> list[tuple[Sample, float]]:
        """Ask one case after another; each sample comes with the moment it was done."""
        done = []
        for case in cases:
            sample = await self._one(case)
            done.append((sample, time.perf_counter()))
            if time.perf_counter() >= end:
                break
        return done

    async def _one(self, case: Case) -> Sample:
        started = time.perf_counter()
        try:
            link = await self._connected()
            request = _request(self._server, case)
            started = time.perf_counter()
            async with asyncio.timeout(self._cap):
                status, size = await link.ask(request)
        except (OSError, TimeoutError, httptools.HttpParserError) as error:
            self.close()
            fault = "cap" if isinstance(error, TimeoutError) else "lost"
            return Sample(case.name, time.perf_counter() - started, fault)
        seconds = time.perf_counter() - started
        self._rested = time.perf_counter()
        if status != case.status:
            return Sample(case.name, seconds, str(status))
        wrong = size != self._sizes.get(case.name, size)
        return Sample(case.name, seconds, "size" if wrong else "")

    async def _connected(self) -> _Link:
        """Return the connection, a new one where the last is closed or has rested for long."""
        link = self._link
        if link is None or link.closed or time.perf_counter() - self._rested > IDLE:
            self.close()
            # On Linux every client has an address of its own, as it would have elsewhere.
            own = (f"127.0.0.{self._number + 2}", 0) if sys.platform == "linux" else None
            loop = asyncio.get_running_loop()
            _, link = await loop.create_connection(_Link, HOST, self._server.port, local_addr=own)
            self._link = link
        return link

    def close(self) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None


class _Link(asyncio.Protocol):
    """A connection that is asked one thing at a time, and counts what it hears."""

    def __init__(self) -> None:
        self.closed = False
        self._size = 0

    async def ask(self, request: bytes) -> tuple[int, int]:
        """Send a request; return the status and the number of bytes of its answer."""
        self._size = 0
        self._parser = httptools.HttpResponseParser(self)
        self._whole: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        await self._whole
        if not self._parser.should_keep_alive():
            self.close()
        return self._parser.get_status_code(), self._size

    def close(self) -> None:
        self.closed = True
        self._transport.close()

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Not asked by isinstance: those of uvloop are alike, and are no subclass.
        self._transport = cast(asyncio.WriteTransport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(error)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._fail(exc or ConnectionResetError("the server closed the connection"))

    # What the parser calls.

    def on_body(self, body: bytes) -> None:
        self._size += len(body)

    def on_message_complete(self) -> None:
        if not self._whole.done():
            self._whole.set_result(None)

    def _fail(self, error: Exception) -> None:
        whole = getattr(self, "_whole", None)
        if whole is not None and not whole.done():
            whole.set_exception(error)


def _shuffled(cases: Sequence[Case], number: int) -> Iterator[Case]:
    """Yield all cases without end, each time round in another order, the same in every run."""
    order = Random(number)  # noqa: S311 - an order, not a secret
    while True:
        yield from order.sample(cases, len(cases))


def _request(server: Server, case: Case) -> bytes:
    body = case.text.encode()
    head = (
        f"POST {server.path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\nAccept: {case.accept}\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
