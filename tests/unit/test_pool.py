"""Query workers: what they can do, what they cannot, and what happens when they are ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from worker_jobs import (
    WAYS,
    break_down,
    count,
    descriptors,
    die,
    pid,
    reach,
    refuse,
    sleep,
    take,
    version,
)

from masagraph.dataset.snapshot import FORMAT, Current, write_snapshot
from masagraph.errors import BadValue, StoreError, Unavailable
from masagraph.store.opened import Opened
from masagraph.store.workers.pool import Pool, WorkerFaultError
from masagraph.store.workers.source import Folder

MEMORY = 200_000_000
JOBS = Path(__file__).parents[1] / "support"
CURRENT = Current(0, "", "2026-11-22", "2026-11-22-00000000", "", "0", "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store."""
    source = ox.Store()
    for number in range(400):
        node = ox.NamedNode(f"http://example.org/{number}")
        source.add(ox.Quad(node, node, node, ox.NamedNode("http://example.org/graph")))
        source.add(ox.Quad(node, node, node))
    folder = tmp_path_factory.mktemp("pool")
    write_snapshot(folder, source, CURRENT)
    return folder


@pytest.fixture(scope="module")
def pool(folder: Path) -> Iterator[Pool]:
    made = make(folder)
    yield made
    made.close()


def make(folder: Path, ready: int = 2) -> Pool:
    return Pool(Folder(folder), ready, MEMORY, "worker_jobs:warm")


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_knows_what_it_holds(pool: Pool) -> None:
    assert pool.data_version == "2026-11-22-00000000"
    assert pool.data_date.isoformat() == "2026-11-22"
    assert pool.graphs == {"http://example.org/graph"}
    assert pool.run(5, version) == pool.data_version
    assert pool.alive


def test_work_is_done_in_another_process(pool: Pool) -> None:
    assert pool.run(5, pid) != os.getpid()


def test_an_error_of_the_request_comes_back_whole(pool: Pool) -> None:
    with pytest.raises(BadValue) as caught:
        pool.run(5, refuse, "a value that is none")
    assert (caught.value.what, caught.value.mend) == ("a value that is none", "Mend it.")


def test_a_fault_comes_back_with_its_traceback(pool: Pool) -> None:
    with pytest.raises(WorkerFaultError, match="the inside") as caught:
        pool.run(5, break_down)
    assert "break_down" in str(caught.value)


# Killed


def test_what_takes_too_long_is_killed_and_the_next_is_unharmed(pool: Pool) -> None:
    before = {pool.run(5, pid) for _ in range(3)}
    begun = time.monotonic()
    with pytest.raises(Unavailable, match=r"longer than 0\.2 seconds") as caught:
        pool.run(0.2, sleep, 60)
    assert time.monotonic() - begun < 10
    assert caught.value.reason == "time"
    assert pool.run(5, version)
    after = {pool.run(5, pid) for _ in range(3)}
    assert not [number for number in before - after if alive(number)]


def test_a_query_inside_the_engine_is_killed(pool: Pool) -> None:
    """No signal that Python could handle stops one."""
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(5))
    with pytest.raises(Unavailable) as caught:
        pool.run(0.3, count, f"SELECT (COUNT(*) AS ?n) {{ {product} }}")
    assert caught.value.reason == "time"
    assert "400" in pool.run(5, count, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")


def test_twenty_runaways_one_after_another(pool: Pool) -> None:
    for _ in range(20):
        with pytest.raises(Unavailable):
            pool.run(0.02, sleep, 60)
        assert pool.run(5, version)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
@pytest.mark.parametrize("how", ["python", "engine"])
def test_memory_is_bounded(pool: Pool, how: str) -> None:
    product = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(4))
    sort = f"SELECT * {{ {product} }} ORDER BY ?a1 ?a2"
    with pytest.raises(Unavailable) as caught:
        pool.run(20, *((take, MEMORY + 50_000_000) if how == "python" else (count, sort)))
    assert caught.value.reason == "memory"
    assert "200 MB" in caught.value.what
    assert pool.run(5, take, MEMORY // 2) == MEMORY // 2


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_worker_that_dies_is_replaced(pool: Pool, number: int) -> None:
    with pytest.raises(Unavailable):
        pool.run(5, die, number)
    assert pool.run(5, version)


def test_a_spare_worker_is_always_there(folder: Path) -> None:
    """As many as may work at once, and one more; also just after one was killed."""
    made = make(folder, ready=1)
    try:
        assert len(made._idle) == 2
        with pytest.raises(Unavailable):
            made.run(0.05, sleep, 60)
        assert len(made._idle) == 2
    finally:
        made.close()


def test_many_threads_share_the_workers(pool: Pool) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(pool.run(20, version))) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [pool.data_version] * 20


# Shut doors


@pytest.mark.parametrize("how", WAYS)
def test_a_worker_can_open_nothing(pool: Pool, tmp_path: Path, how: str) -> None:
    """No guard stands before these: they are run in the worker itself."""
    laid = tmp_path / "laid.txt"
    laid.write_text("here", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        where = {"file": laid, "write": tmp_path / "new", "list": tmp_path, "program": "/bin/true"}
        said = pool.run(20, reach, how, str(where.get(how, port)))
        assert said != "reached"
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("how", ["file", "list", "udp", "unix", "pipe", "program", "service"])
def test_the_same_things_can_be_done_outside_of_a_worker(tmp_path: Path, how: str) -> None:
    """So it is the worker that cannot, and not the test."""
    laid = tmp_path / "laid.txt"
    laid.write_text("here", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        where = {"file": laid, "list": tmp_path, "program": "/bin/true"}
        asked = str(where.get(how, server.getsockname()[1]))
        opened = Opened(None, None, "", "", ())  # type: ignore[arg-type]
        if how == "service":
            thread = threading.Thread(target=reach, args=(opened, how, asked), daemon=True)
            thread.start()
            server.accept()[0].close()
            thread.join(10)
        else:
            assert reach(opened, how, asked) == "reached"


def test_nothing_is_open_but_its_channel_and_where_it_complains(pool: Pool) -> None:
    found = pool.run(5, descriptors)
    assert set(found[:3]) == {0, 1, 2}
    assert len(found) == 4


# Ended


def test_closing_ends_every_process(folder: Path) -> None:
    made = make(folder)
    number = made.run(5, pid)
    made.close()
    assert not made.alive
    wait_until_gone(number)


def test_a_service_that_is_killed_leaves_no_worker_behind(folder: Path) -> None:
    """Its channel to the nursery closes, whatever end it came to."""
    program = (
        "import sys, time; sys.path.insert(0, sys.argv[1]); from worker_jobs import pid;"
        "from pathlib import Path; from masagraph.store.workers.pool import Pool;"
        "from masagraph.store.workers.source import Folder;"
        "pool = Pool(Folder(Path(sys.argv[2])), 1, 10**8, 'worker_jobs:warm');"
        "print(pool.run(9, pid), pool._nursery.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(JOBS), str(folder)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        numbers = [int(word) for word in process.stdout.readline().split()]
        assert len(numbers) == 2
        assert all(alive(number) for number in numbers)
        process.kill()
    for number in numbers:
        wait_until_gone(number)


def wait_until_gone(number: int) -> None:
    deadline = time.monotonic() + 10
    while alive(number) and not zombie(number):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def zombie(number: int) -> bool:
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("trouble", ["none", "old", "damaged"])
def test_a_store_that_cannot_be_loaded_is_told_with_the_mend(tmp_path: Path, trouble: str) -> None:
    if trouble != "none":
        source = ox.Store()
        write_snapshot(tmp_path, source, CURRENT)
        pointer = tmp_path / "current.json"
        text = pointer.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 1')
        pointer.write_text(text if trouble == "old" else "{", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        make(tmp_path)
    assert "masagraph build" in caught.value.mend
