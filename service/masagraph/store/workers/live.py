"""The service's data: workers over the current snapshot, swapped whole when a build has run."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from masagraph.errors import MasagraphError, Unavailable
from masagraph.settings import Settings
from masagraph.store.workers.pool import Pool
from masagraph.store.workers.source import Source
from masagraph.store.workers.turns import Turns

logger = logging.getLogger("masagraph")

AWAY_SECONDS = 5
"""How often a source that could not be asked is asked again."""


@dataclass(slots=True)
class Generation:
    """One version of the data, and how many requests use it.

    Attributes:
        pool: its workers.
        since: when it was written, as far as its source knows.
        users: requests that have it pinned.
        retired: whether a newer one has taken its place.
    """

    pool: Pool
    since: datetime
    users: int = 0
    retired: bool = False


class Live:
    """Workers over what is current at a source: the newest snapshot of a folder, or an endpoint.

    A request pins the generation that is current when it comes, and keeps it to its end: all
    that it reads is of one version. A newer snapshot is loaded beside the one in use, and
    takes its place when it is ready; the old one goes when its last request has ended.

    Args:
        source: where the data come from.
        settings: the limits.
        warm: see :class:`masagraph.store.workers.pool.Pool`.

    Attributes:
        stopped: how many jobs were stopped or refused, by reason.
        away: whether the source could not be asked when it was last looked at.

    Raises:
        StoreError: when there is no store, or it cannot be read.
    """

    def __init__(self, source: Source, settings: Settings, warm: str) -> None:
        self._source, self._settings, self._warm = source, settings, warm
        at_once = settings.workers or max(8, 4 * (os.cpu_count() or 1))
        share = settings.client_share or max(1, at_once // 2)
        self.turns = Turns(at_once, share, settings.queue_length)
        self.stopped: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._current = self._load()
        self.away = False
        self._due = time.monotonic() + source.pause
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
                if error.reason == "stopped":
                    self._due = 0  # it may be that the source is away: look at it now
            raise

    def close(self) -> None:
        """Stop watching and end all workers."""
        self._closing.set()
        self._watcher.join()
        self._current.pool.close()

    def _load(self) -> Generation:
        settings = self._settings
        pool = Pool(self._source, self.turns.at_once, settings.query_memory, self._warm)
        return Generation(pool, self._source.since(pool.snapshot))

    def _watch(self) -> None:
        """Load what is newer, until the service stops.

        What cannot be loaded is told once, and what is in use stays.
        """
        failed: str | None = None
        while not self._closing.wait(self._settings.reload_seconds):
            gone = not self._current.pool.alive
            if not gone and time.monotonic() < self._due:
                continue
            pointed = self._look()
            if not gone and pointed in ("", self._current.pool.snapshot):
                continue
            told = pointed == failed
            if not gone and told and self._source.lasting:
                continue
            failed = None if self._renewed(told) else pointed

    def _look(self) -> str:
        """Return what is current at the source; empty when it cannot be asked, told once."""
        try:
            pointed = self._source.current()
        except MasagraphError as error:
            if not self.away:
                logger.error("the source of the data does not answer as it should: %s", error)
            self.away, self._due = True, time.monotonic() + AWAY_SECONDS
            return ""
        if self.away:
            logger.info("the source of the data answers again")
        self.away, self._due = False, time.monotonic() + self._source.pause
        return pointed

    def _renewed(self, told: bool) -> bool:
        """Load what is current, and serve it from now on; tell whether that was done.

        Args:
            told: whether it was tried before, and told.
        """
        try:
            self._swap(self._load())
        except (MasagraphError, OSError) as error:
            if not told:
                logger.error("the newer store cannot be loaded; the one in use stays: %s", error)
            return False
        except Exception:
            # Whatever it was: a watcher that has ended would leave old data for good.
            logger.exception("the newer store cannot be loaded; the one in use stays")
            return False
        return True

    def _swap(self, fresh: Generation) -> None:
        with self._lock:
            before, self._current = self._current, fresh
            before.retired = True
            unused = not before.users
        if unused:
            before.pool.close()
        logger.info("data version %s is served now", fresh.pool.data_version)
