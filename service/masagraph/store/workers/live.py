"""The service's data: workers over the current snapshot, swapped whole when a build has run."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from masagraph.dataset.snapshot import read_pointer
from masagraph.errors import MasagraphError, Unavailable
from masagraph.settings import Settings
from masagraph.store.workers.pool import Pool
from masagraph.store.workers.turns import Turns

logger = logging.getLogger("masagraph")


@dataclass(slots=True)
class Generation:
    """One loaded snapshot, and how many requests use it.

    Attributes:
        pool: its workers.
        since: when it was written.
        users: requests that have it pinned.
        retired: whether a newer one has taken its place.
    """

    pool: Pool
    since: datetime
    users: int = 0
    retired: bool = False


class Live:
    """Workers over the current snapshot of a store folder.

    A request pins the generation that is current when it comes, and keeps it to its end: all
    that it reads is of one version. A newer snapshot is loaded beside the one in use, and
    takes its place when it is ready; the old one goes when its last request has ended.

    Args:
        folder: the store's folder.
        settings: the limits.
        warm: see :class:`masagraph.store.workers.pool.Pool`.

    Attributes:
        stopped: how many jobs were stopped or refused, by reason.

    Raises:
        StoreError: when there is no store, or it cannot be read.
    """

    def __init__(self, folder: Path, settings: Settings, warm: str) -> None:
        self._folder, self._settings, self._warm = folder, settings, warm
        at_once = settings.workers or max(8, 4 * (os.cpu_count() or 1))
        share = settings.client_share or max(1, at_once // 2)
        self.turns = Turns(at_once, share, settings.queue_length)
        self.stopped: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._current = self._load()
        self._closing = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="store-watcher", daemon=True)
        self._watcher.start()

    @property
    def current(self) -> Generation:
        """The generation that a request that comes now would get."""
        return self._current

    @contextmanager
    def pinned(self) -> Iterator[Generation]:
        """Keep the current generation for the block."""
        with self._lock:
            generation = self._current
            generation.users += 1
        try:
            yield generation
        finally:
            with self._lock:
                generation.users -= 1
                over = generation.retired and not generation.users
            if over:
                generation.pool.close()

    def run(
        self, generation: Generation, client: str, function: Callable[..., Any], *arguments: Any
    ) -> Any:
        """Wait for a turn, then run a function over the store in a worker.

        Args:
            generation: a pinned one.
            client: who asks; turns are shared out among clients.
            function: see :meth:`masagraph.store.workers.pool.Pool.run`.
            arguments: its arguments after the open store.

        Raises:
            Unavailable: when there is no turn, or the work is stopped at a limit.
        """
        settings = self._settings
        try:
            with self.turns.turn(client, settings.queue_seconds):
                return generation.pool.run(settings.query_seconds, function, *arguments)
        except Unavailable as error:
            with self._lock:
                self.stopped[error.reason] += 1
            raise

    def close(self) -> None:
        """Stop watching and end all workers."""
        self._closing.set()
        self._watcher.join()
        self._current.pool.close()

    def _load(self) -> Generation:
        settings = self._settings
        pool = Pool(self._folder, self.turns.at_once, settings.query_memory, self._warm)
        written = (self._folder / "snapshots" / pool.snapshot).stat().st_mtime
        return Generation(pool, datetime.fromtimestamp(int(written), UTC))

    def _watch(self) -> None:
        """Load what a build has made, until the service stops.

        A snapshot that cannot be loaded is told once, and the one in use stays.
        """
        failed = ""
        while not self._closing.wait(self._settings.reload_seconds):
            pointed = read_pointer(self._folder)
            gone = not self._current.pool.alive
            if not gone and (not pointed or pointed in (self._current.pool.snapshot, failed)):
                continue
            try:
                fresh = self._load()
            except (MasagraphError, OSError) as error:
                failed = pointed
                logger.error("the newer store cannot be loaded; the one in use stays: %s", error)
                continue
            except Exception:
                # Whatever it was: a watcher that has ended would leave old data for good.
                failed = pointed
                logger.exception("the newer store cannot be loaded; the one in use stays")
                continue
            self._swap(fresh)

    def _swap(self, fresh: Generation) -> None:
        with self._lock:
            before, self._current = self._current, fresh
            before.retired = True
            unused = not before.users
        if unused:
            before.pool.close()
        logger.info("data version %s is served now", fresh.pool.data_version)
