"""How often one client may ask, by a clock that nobody can set."""

from __future__ import annotations

import time
from collections.abc import Callable

from limits import parse


class Rate:
    """So many requests of one client in a window, which begins with the first of them.

    The time of day would not do: when the clock is set back, a window would last as long as
    the clock was set back.

    Args:
        text: such as ``600/minute``.
        now: gives seconds that only ever grow.
    """

    def __init__(self, text: str, now: Callable[[], float] = time.monotonic) -> None:
        item = parse(text)
        self._most, self._seconds, self._now = item.amount, item.get_expiry(), now
        self._windows: dict[str, tuple[float, int]] = {}
        self._sweep_at = 0.0

    def wait(self, client: str) -> float:
        """Count a request; return the seconds a client must wait, 0 when it need not."""
        now = self._now()
        ends, count = self._windows.get(client, (0.0, 0))
        if now >= ends:
            ends, count = now + self._seconds, 0
        if now >= self._sweep_at:
            self._windows = {c: w for c, w in self._windows.items() if w[0] > now}
            self._sweep_at = now + self._seconds
        self._windows[client] = (ends, count + 1)
        return ends - now if count >= self._most else 0
