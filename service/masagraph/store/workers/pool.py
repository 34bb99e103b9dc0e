"""Query workers over one snapshot, kept ready; one that takes too long is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from typing import Any

from masagraph.errors import MasagraphError, Place, QueryError, StoreError, Unavailable
from masagraph.store.own import OwnArea
from masagraph.store.workers.nursery import END, FORK
from masagraph.store.workers.relay import LESS, Asked, NotWholeError, not_whole
from masagraph.store.workers.source import Source
from masagraph.store.workers.worker import Job, Reply

MOST_JOBS = 1000
"""A worker is replaced after so many jobs, so that memory which one of them left is freed."""

MOST_DEAD = 1000
"""So many workers may be found dead before a job is given up."""

SLOW, NICENESS = 0.5, 10
"""A job that takes longer than these seconds runs on with this niceness, behind the others."""

ANSWER_SHARE = 4
"""An endpoint's answer may have this part of a worker's memory: it is held there more than once."""


class WorkerFaultError(Exception):
    """A fault of masagraph in a worker. Its text is the traceback there."""


@dataclass(slots=True)
class _Worker:
    pid: int
    channel: Connection
    jobs: int = 0


class Pool:
    """Workers that answer jobs over one snapshot, or over an endpoint.

    One worker more than are at work is always forked and waiting, so that after a kill the
    next job does not wait. Safe to use from several threads.

    Args:
        source: where the data come from; what is current is loaded.
        ready: how many workers to keep.
        memory: bytes that one worker may take beyond the snapshot.
        warm: ``module:function``, called with the open store before workers are forked: it
            imports and reads what the jobs need, as a worker can open no file.

    Attributes:
        snapshot: what its source calls what was loaded.
        data_version, data_date, graphs, own_areas: what it says of itself.

    Raises:
        StoreError: when the store cannot be loaded.
    """

    def __init__(self, source: Source, ready: int, memory: int, warm: str) -> None:
        self.memory, self._source = memory, source
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._control, there = socket.socketpair()
        command = [sys.executable, "-m", "masagraph.store.workers.nursery"]
        with there:
            self._nursery = subprocess.Popen(  # noqa: S603
                [*command, str(there.fileno()), str(source), str(memory), warm],
                pass_fds=[there.fileno()],
                # It must find every module that a job's function may come from.
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # so that Ctrl-C is ours to handle, and one kill ends all
            )
        told = self._hear()
        if "error" in told:
            self.close()
            place = Place(told["place"]) if told["place"] else None
            raise StoreError(str(told["error"]), str(told["mend"]), place)
        self.snapshot = str(told["snapshot"])
        self.data_version = str(told["data_version"])
        self.data_date = date.fromisoformat(told["data_date"])
        self.graphs = frozenset(told["graphs"])
        self.own_areas = tuple(OwnArea(*area) for area in told["own_areas"])
        self._idle = [self._fork() for _ in range(ready + 1)]

    def run(self, seconds: float, function: Callable[..., Any], *arguments: Any) -> Any:
        """Run a function in a worker.

        Args:
            seconds: after these the worker is killed.
            function: a module-level function; its first argument is the open store.
            arguments: its other arguments; they and the result are pickled.

        Raises:
            Unavailable: when it took too long or too much memory.
            WorkerFaultError: for a fault of the function.
            Exception: whatever :class:`~masagraph.errors.MasagraphError` or HTTP error it raises.
        """
        worker = self._hand_over((function, arguments))
        try:
            reply = self._reply(worker, seconds)
        except (EOFError, OSError) as error:  # also one that ended in the midst of its answer
            raise self._gone(self._replace(worker)) from error
        except BaseException:
            self._replace(worker)
            raise
        if reply is None:
            self._replace(worker)
            raise Unavailable(
                f"the query was stopped: it took longer than {seconds:g} seconds", LESS, "time"
            )
        well, result, trace = reply
        if isinstance(result, MemoryError):
            self._replace(worker)
            raise self._gone(signal.SIGABRT)
        self._give_back(worker)
        if isinstance(result, NotWholeError):
            raise not_whole()
        if well:
            return result
        raise _raisable(result, trace)

    def close(self) -> None:
        """End the nursery and every worker."""
        self._control.close()
        for worker in self._idle:
            worker.channel.close()
        self._idle = []
        if self._nursery.returncode is None:
            # All of its session. A worker whose nursery was killed would run on for good.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._nursery.pid, signal.SIGKILL)
            self._nursery.wait()

    @property
    def alive(self) -> bool:
        """Whether the nursery lives, so that workers can be had."""
        # Its channel is asked. Were the system asked, the number of a nursery that has ended
        # could become that of another process before its workers are killed by it.
        try:
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def _reply(self, worker: _Worker, seconds: float) -> Reply | None:
        """Wait for a worker's reply, and tell it meanwhile what it asks of the endpoint.

        Returns:
            The reply; None when the time is over.

        Raises:
            Unavailable: when the endpoint has no answer.
        """
        end = time.monotonic() + seconds
        slow = end - seconds + SLOW
        while True:
            if not worker.channel.poll(max(0.0, min(slow, end) - time.monotonic())):
                # It gives way to whoever asks for less. What it is now stays so: it is
                # replaced afterwards.
                with suppress(ProcessLookupError):  # killed just now: the channel tells
                    os.setpriority(os.PRIO_PROCESS, worker.pid, NICENESS)
                worker.jobs = MOST_JOBS
                if not worker.channel.poll(max(0.0, end - time.monotonic())):
                    return None
            said: Reply | Asked = worker.channel.recv()
            if not isinstance(said, Asked):
                return said
            left = end - time.monotonic()
            told = self._source.tell(said, left, self.memory // ANSWER_SHARE)
            if isinstance(told, QueryError):
                worker.channel.send(told)
                continue
            worker.channel.send(None)
            worker.channel.send_bytes(told)  # as it is: it may be large, and is held here once

    def _hand_over(self, job: Job) -> _Worker:
        """Give a job to a worker.

        One that was killed while it was idle has not begun the job, so another gets it.
        """
        for _ in range(MOST_DEAD):
            worker = self._take()
            try:
                worker.channel.send(job)
            except ConnectionError:
                self._replace(worker)
            except BaseException:
                self._replace(worker)
                raise
            else:
                return worker
        raise self._gone(0)

    def _take(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            try:
                return self._fork()
            except (OSError, StoreError) as error:
                raise Unavailable(
                    "the process that holds the data has ended; it is being replaced",
                    "Ask again in some seconds.",
                    "stopped",
                    after=5,
                ) from error

    def _give_back(self, worker: _Worker) -> None:
        worker.jobs += 1
        if worker.jobs >= MOST_JOBS:
            self._replace(worker)
            return
        with self._lock:
            self._idle.append(worker)

    def _replace(self, worker: _Worker) -> int:
        """End a worker and fork another; return the status that the ended one left."""
        worker.channel.close()
        with self._lock:
            try:
                self._control.send(f"{END} {worker.pid}".encode())
                status = int(self._control.recv(64))
                self._idle.insert(0, self._fork())
            except (OSError, ValueError):
                return 0  # the pool is closed
        return status

    def _fork(self) -> _Worker:
        self._control.send(FORK.encode())
        message, descriptors, _, _ = socket.recv_fds(self._control, 64, 1)
        if not message:
            raise StoreError("the process that holds the data has ended", "Start the service again")
        return _Worker(int(message), Connection(descriptors[0]))

    def _hear(self) -> dict[str, Any]:
        with self._control.makefile("rb") as stream:
            size = stream.read(8)
            if len(size) < 8:
                raise StoreError(
                    "the process that loads the data ended before it was ready",
                    "See what it wrote; try again with more memory.",
                )
            told = json.loads(stream.read(int.from_bytes(size, "big")))
        assert isinstance(told, dict)
        return told

    def _gone(self, status: int) -> Unavailable:
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGABRT, signal.SIGSEGV):
            return Unavailable(
                f"the query was stopped: it needed more than {self.memory // 1_000_000:,} MB "
                "of memory, or more depth than the engine has",
                LESS,
                "memory",
            )
        return Unavailable("the query was stopped", "Ask again.", "stopped")


def _raisable(error: BaseException, trace: str) -> BaseException:
    """Return an error that is the request's own as it is, a fault of ours with its traceback."""
    if isinstance(error, MasagraphError) or hasattr(error, "status_code"):
        return error
    return WorkerFaultError(trace)
