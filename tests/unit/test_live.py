"""A newer store takes the place of the one in use: whole, and without a lost request."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from worker_jobs import count, sleep, version

from masagraph.dataset.snapshot import Current, read_pointer, write_snapshot
from masagraph.errors import Unavailable
from masagraph.settings import Settings
from masagraph.store.workers.live import Live
from masagraph.store.workers.source import Folder

SETTINGS = Settings(reload_seconds=0.05, query_seconds=5, workers=2, client_share=2)
HOW_MANY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def build(folder: Path, number: int) -> None:
    """Write a store whose version and number of triples are a number."""
    source = ox.Store()
    for each in range(number):
        node = ox.NamedNode(f"http://example.org/{each}")
        source.add(ox.Quad(node, node, node))
    day = f"2026-11-22-{number:08d}"
    write_snapshot(folder, source, Current(0, "", "2026-11-22", day, "", "0", ""))


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    build(tmp_path, 1)
    made = Live(Folder(tmp_path), SETTINGS, "worker_jobs:warm")
    yield made
    made.close()


def serves(live: Live, number: int) -> Callable[[], bool]:
    return lambda: live.current.pool.data_version.endswith(f"{number:08d}")


def test_a_newer_store_is_served_without_a_restart(live: Live, tmp_path: Path) -> None:
    build(tmp_path, 2)
    until(serves(live, 2))
    with live.pinned() as generation:
        assert "2" in live.run(generation, "a", count, HOW_MANY)


def test_no_request_is_lost_while_stores_are_swapped(live: Live, tmp_path: Path) -> None:
    """Each sees one version from its beginning to its end."""
    stop, wrong, seen = threading.Event(), list[object](), set[str]()

    def ask(client: str) -> None:
        while not stop.is_set():
            try:
                with live.pinned() as generation:
                    first = live.run(generation, client, version)
                    second = live.run(generation, client, count, HOW_MANY)
                    seen.add(first)
                    if f"value={int(first[-8:])} " not in second:
                        wrong.append((first, second))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask, args=(f"client {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 6):
        build(tmp_path, number)
        until(serves(live, number))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) >= 4


def test_the_old_workers_end_with_their_last_request(live: Live, tmp_path: Path) -> None:
    with live.pinned() as old:
        build(tmp_path, 2)
        until(serves(live, 2))
        assert old.retired
        assert old.pool.alive
        assert live.run(old, "a", version).endswith("1")
    assert not old.pool.alive


def test_a_newer_store_that_is_damaged_leaves_the_one_in_use(
    live: Live, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(tmp_path, 2)
    until(serves(live, 2))
    build(tmp_path, 3)
    # Removed as soon as it is there: whichever comes first, a version that works is served.
    shutil.rmtree(tmp_path / "snapshots" / read_pointer(tmp_path))
    until(lambda: "cannot be loaded" in caplog.text or serves(live, 3)())
    with live.pinned() as generation:
        assert live.run(generation, "a", version)
    build(tmp_path, 4)
    until(serves(live, 4))


def test_a_nursery_that_died_is_replaced(live: Live) -> None:
    before = live.current
    before.pool._nursery.kill()
    until(lambda: live.current is not before)
    with live.pinned() as generation:
        assert live.run(generation, "a", version).endswith("1")


def test_a_nursery_that_died_and_cannot_be_replaced_is_told_once(
    live: Live, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "current.json").rename(tmp_path / "away.json")
    live.current.pool._nursery.kill()
    until(lambda: "cannot be loaded" in caplog.text)
    (tmp_path / "away.json").rename(tmp_path / "current.json")
    before = live.current
    until(lambda: live.current is not before)
    assert caplog.text.count("cannot be loaded") == 1


def test_what_is_stopped_is_counted_by_reason(tmp_path: Path) -> None:
    build(tmp_path, 1)
    limits = Settings(query_seconds=0.1, workers=1, queue_length=1, queue_seconds=0.01)
    live = Live(Folder(tmp_path), limits, "worker_jobs:warm")
    try:
        for _ in range(2):
            with live.pinned() as generation, pytest.raises(Unavailable):
                live.run(generation, "a", sleep, 60)
        with live.turns.turn("b", 1), live.pinned() as generation, pytest.raises(Unavailable):
            live.run(generation, "a", version)
        assert live.stopped == {"time": 2, "busy": 1}
    finally:
        live.close()
