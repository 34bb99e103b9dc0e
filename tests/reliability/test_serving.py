"""Processes of a service that are killed: only what one of them was doing is lost, and told."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
import pytest
from worker_jobs import much, pid, sleep, version

from masagraph.dataset.snapshot import Current, write_snapshot
from masagraph.errors import Unavailable
from masagraph.store.workers.pool import Pool
from masagraph.store.workers.source import Folder
from masagraph.web.rate import Rate


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """Workers over a small store."""
    said = Current(0, "", "2026-11-22", "2026-11-22-00000000", "", "0", "")
    write_snapshot(tmp_path, ox.Store(), said)
    made = Pool(Folder(tmp_path), 2, 10**8, "worker_jobs:warm")
    yield made
    made.close()


def gone(number: int) -> bool:
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return True
    return text.rpartition(")")[2].split()[0] == "Z"


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_worker_that_was_killed_while_idle_costs_no_request(pool: Pool) -> None:
    for worker in list(pool._idle):
        os.kill(worker.pid, signal.SIGKILL)
        until(lambda number=worker.pid: gone(number))
    numbers = {pool.run(20, pid) for _ in range(8)}
    assert all(not gone(number) for number in numbers)


@pytest.mark.parametrize("after", [0.0, 0.2, 0.7], ids=["soon", "quick", "slow"])
def test_a_worker_that_is_killed_at_work_is_told_as_stopped(pool: Pool, after: float) -> None:
    number = pool._idle[-1].pid

    def kill() -> None:
        time.sleep(after)
        os.kill(number, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    with pytest.raises(Unavailable, match="Ask again") as caught:
        pool.run(20, sleep, 10)
    thread.join()
    assert caught.value.reason == "stopped"
    assert pool.run(20, version)


def test_a_worker_that_ends_as_its_niceness_is_set(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be killed between being asked and being told to give way."""

    def killed_first(kind: int, number: int, niceness: int) -> None:
        os.kill(number, signal.SIGKILL)
        raise ProcessLookupError

    monkeypatch.setattr(os, "setpriority", killed_first)
    with pytest.raises(Unavailable, match="Ask again"):
        pool.run(20, sleep, 10)
    assert pool.run(20, version)


def test_a_worker_that_ends_in_the_midst_of_its_answer(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, really = pool._idle[-1].pid, Connection.poll

    def killed_when_it_has_begun(channel: Connection, timeout: float = 0.0) -> bool:
        came = really(channel, timeout)
        os.kill(number, signal.SIGKILL)
        until(lambda: gone(number))
        return came

    monkeypatch.setattr(Connection, "poll", killed_when_it_has_begun)
    with pytest.raises(Unavailable, match="Ask again") as caught:
        pool.run(20, much, 50_000_000)
    assert caught.value.reason == "stopped"


def test_without_the_process_that_holds_the_data(pool: Pool) -> None:
    """Workers that are there still answer; when none is left, the client is told to come again."""
    workers = [worker.pid for worker in pool._idle]
    os.kill(pool._nursery.pid, signal.SIGKILL)
    until(lambda: not pool.alive)
    assert pool.run(20, version)
    for _ in workers:
        with pytest.raises(Unavailable):
            pool.run(0.05, sleep, 60)
    with pytest.raises(Unavailable, match="is being replaced") as caught:
        pool.run(20, version)
    assert caught.value.reason == "stopped"
    assert any(not gone(number) for number in workers)  # runaways, which nobody could end
    pool.close()
    until(lambda: all(map(gone, workers)))


def test_a_rate_counts_in_windows_of_a_clock_that_only_goes_on() -> None:
    now = [1000.0]
    rate = Rate("2/minute", lambda: now[0])
    assert [rate.wait("a"), rate.wait("a")] == [0, 0]
    now[0] += 20
    assert rate.wait("a") == 40
    assert rate.wait("b") == 0
    now[0] += 40
    assert [rate.wait("a"), rate.wait("a"), rate.wait("a")] == [0, 0, 60]
    now[0] += 1000
    rate.wait("c")
    assert set(rate._windows) == {"c"}  # who has not come again is forgotten


def test_setting_the_clock_back_makes_no_client_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    rate = Rate("1/second")
    assert rate.wait("a") == 0
    really = time.time
    monkeypatch.setattr(time, "time", lambda: really() - 3600)
    assert rate.wait("a") <= 1
    until(lambda: rate.wait("a") == 0)
