"""Whose turn it is: so many jobs at once, and no client holds up the others."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from masagraph.errors import Unavailable


class Turns:
    """Gives turns client by client.

    A client has no more than its share of the turns at one time, also when nobody else asks:
    whoever comes next must not wait for a slow query of another's. Clients that wait are
    served in rotation, however many requests each has sent.

    Args:
        at_once: how many turns are given at one time.
        share: how many of them one client may have.
        waiting: how many requests may wait in all; half of that for one client.
    """

    def __init__(self, at_once: int, share: int, waiting: int) -> None:
        self.at_once, self.share, self.most_waiting = at_once, share, waiting
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[threading.Event]] = OrderedDict()

    @property
    def running(self) -> int:
        """How many turns are given now."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """How many requests wait now."""
        return sum(map(len, self._queues.values()))

    @contextmanager
    def turn(self, client: str, seconds: float) -> Iterator[None]:
        """Wait for a turn, and hold it for the block.

        Args:
            client: who asks.
            seconds: how long to wait.

        Raises:
            Unavailable: when the queue is full or no turn came in time.
        """
        self._enter(client, seconds)
        try:
            yield
        finally:
            with self._lock:
                self._leave(client)

    def _enter(self, client: str, seconds: float) -> None:
        with self._lock:
            mine = self._queues.get(client, ())
            if self.running < self.at_once and self._running[client] < self.share and not mine:
                self._running[client] += 1
                return
            if self.waiting >= self.most_waiting or len(mine) >= max(self.most_waiting // 2, 1):
                raise Unavailable(
                    "the service is busy and its queue is full", "Ask again in some seconds."
                )
            called = threading.Event()
            self._queues.setdefault(client, deque()).append(called)
        if called.wait(seconds):
            return
        with self._lock:
            if called.is_set():  # the turn came at the last moment
                return
            self._drop(client, called)
        raise Unavailable(
            f"the service is busy: no turn came within {seconds:g} seconds",
            "Ask again in some seconds.",
            after=max(1, round(seconds)),
        )

    def _leave(self, client: str) -> None:
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        for name in list(self._queues):
            if self.running >= self.at_once:
                return
            if self._running[name] < self.share:
                called = self._queues[name].popleft()
                self._running[name] += 1
                self._queues.move_to_end(name)
                if not self._queues[name]:
                    del self._queues[name]
                called.set()

    def _drop(self, client: str, called: threading.Event) -> None:
        self._queues[client].remove(called)
        if not self._queues[client]:
            del self._queues[client]
