"""Two processes behind nginx, of which one goes and comes back while readers go on reading."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from conftest import Proxy, Service

Pair = tuple["Proxy", "list[Service]"]
QUERY = "SELECT (COUNT(*) AS ?n) WHERE { ?d a masa:Duty }"
SHORT = f"/sparql?{urlencode({'query': QUERY})}"
READERS = 6


@dataclass
class Load:
    """What readers have met: the method, when it began and ended, and its status."""

    proxy: Proxy
    met: list[tuple[str, float, float, int]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def read(self, number: int) -> None:
        """Ask one thing after another, each on a line of its own, until it is over."""
        method, target, body = (
            ("POST", "/sparql", QUERY.encode())
            if number % 3 == 0
            else ("GET", SHORT if number % 3 == 1 else "/areas/warwickshire/gaps", None)
        )
        while not self.over.is_set():
            begun = time.monotonic()
            try:
                kind = "application/sparql-query"
                status, _, _ = self.proxy.ask(target, method, body, Content_Type=kind)
            except (OSError, http.client.HTTPException):
                status = 0
            self.met.append((method, begun, time.monotonic(), status))

    def count(self) -> int:
        return len(self.met)

    def more(self, count: int) -> None:
        """Wait until so many more requests are answered."""
        wanted, deadline = self.count() + count, time.monotonic() + 60
        while self.count() < wanted:
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def failed(self) -> list[tuple[str, float, float, int]]:
        return [request for request in self.met if request[3] != 200]


@contextmanager
def load(proxy: Proxy) -> Iterator[Load]:
    """Readers, all through the block."""
    load = Load(proxy)
    readers = [threading.Thread(target=load.read, args=(n,)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        load.more(30)
        yield load
    finally:
        load.over.set()
        for reader in readers:
            reader.join()


def test_both_are_asked(pair: Pair) -> None:
    proxy, both = pair
    with load(proxy) as readers:
        readers.more(60)
    text = proxy.logged()
    for service in both:
        assert text.count(f"127.0.0.1:{service.port} 200") > 2
    assert readers.failed() == []
    assert len({proxy.ask("/api/areas")[2] for _ in range(6)}) == 1


def in_hand(readers: Load, stops: list[tuple[float, float]]) -> None:
    """Assert that nothing failed but what one process had been sent while it was ended.

    What may be done twice is asked of the other process, so only POST can fail.
    """
    failed = readers.failed()
    for method, begun, ended, status in failed:
        assert (method, status) == ("POST", 503)
        assert any(begun < after and ended > before for before, after in stops)
    assert len(failed) <= READERS * len(stops)


def end(service: Service, kill: bool = False) -> tuple[float, float]:
    """End a process; return when that began and when it was over."""
    before = time.monotonic()
    service.end(kill)
    return before, time.monotonic()


def test_one_after_the_other_is_restarted_and_readers_read_on(pair: Pair) -> None:
    """How a release is rolled out."""
    proxy, both = pair
    stops = []
    with load(proxy) as readers:
        for service in both:
            stops.append(end(service))
            readers.more(60)
            service.start()
            readers.more(20)
    in_hand(readers, stops)
    assert readers.count() > 200


def test_one_is_killed_and_only_what_it_had_in_hand_may_fail(pair: Pair) -> None:
    proxy, (one, _) = pair
    with load(proxy) as readers:
        stopped = end(one, kill=True)
        readers.more(100)
    in_hand(readers, [stopped])


def test_one_alone_serves_on(pair: Pair) -> None:
    proxy, (one, other) = pair
    end(other)
    assert [proxy.ask(SHORT)[0] for _ in range(5)] == [200] * 5
    end(one)
    assert proxy.ask(SHORT)[0] == 503
