"""Query workers over an endpoint: what they are told, and that they reach nothing else."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from moody_endpoint import DAY, GRAPH, QUADS, Moody, moody_endpoint
from worker_jobs import WAYS, count, descriptors, pid, reach, sleep, version

from masagraph.errors import QueryError, StoreError, Unavailable
from masagraph.settings import Settings
from masagraph.store.endpoint import RESULTS
from masagraph.store.protocol import ALL_GRAPHS
from masagraph.store.workers.live import Live
from masagraph.store.workers.pool import Pool
from masagraph.store.workers.relay import Asked
from masagraph.store.workers.source import Folder, Remote, source_of

MEMORY = 200_000_000
HOW_MANY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SETTINGS = Settings(reload_seconds=0.05, query_seconds=5, workers=1)


@pytest.fixture(scope="module")
def started() -> Iterator[tuple[Moody, Pool]]:
    with moody_endpoint() as moody:
        made = Pool(Remote(moody.address), 1, MEMORY, "worker_jobs:warm")
        yield moody, made
        made.close()


@pytest.fixture
def moody(started: tuple[Moody, Pool], monkeypatch: pytest.MonkeyPatch) -> Iterator[Moody]:
    monkeypatch.setattr("masagraph.store.endpoint.PAUSES", ())
    yield started[0]
    started[0].mood = "well"


@pytest.fixture
def pool(started: tuple[Moody, Pool]) -> Pool:
    return started[1]


# Sources


def test_a_source_is_known_by_its_word() -> None:
    for source in (
        Folder(Path("/data/store")),
        Remote("https://example.org/sparql"),
        Remote("HTTP://a.b/"),
    ):
        assert source_of(str(source)) == source
    # A path is written with one slash after another's name, so it is taken for no address.
    assert isinstance(source_of(str(Path("http://example.org"))), Folder)


def test_what_is_current_at_an_endpoint() -> None:
    with moody_endpoint(7) as moody:
        assert Remote(moody.address).current() == f"{DAY}-00000007 a 0.1.0"
        moody.mood = "busy"
        with pytest.raises(Unavailable):
            Remote(moody.address).current()
        assert len(moody.asked) == 2  # it is looked at again soon, so it is not asked twice


def test_an_endpoint_that_pays_no_heed_to_a_scope_is_not_served() -> None:
    """It would give other rows than were asked for, and graphs that are to be kept apart."""
    with moody_endpoint() as moody:
        moody.keeps_scopes = False
        with pytest.raises(StoreError, match="pays no heed to default-graph-uri"):
            Remote(moody.address).open()


def test_data_that_were_loaded_in_part_are_not_opened() -> None:
    with moody_endpoint() as moody:
        moody.held.remove_graph(GRAPH)
        with pytest.raises(StoreError, match="holds 5 of the 6 statements"):
            Remote(moody.address).open()
        # The load was broken off before the statement that tells how many there are.
        moody.held.remove(next(moody.held.quads_for_pattern(None, QUADS, None)))
        with pytest.raises(StoreError, match="holds a part of its data"):
            Remote(moody.address).open()


# Answers


def test_it_knows_what_the_endpoint_holds(pool: Pool) -> None:
    assert (pool.snapshot, pool.data_version) == (f"{DAY}-00000001 a 0.1.0", f"{DAY}-00000001")
    assert pool.graphs == {"http://example.org/g"}


def test_a_query_is_answered_by_the_endpoint(pool: Pool, moody: Moody) -> None:
    before = len(moody.asked)
    assert "value=5 " in pool.run(5, count, HOW_MANY)
    assert moody.asked[before:] == [HOW_MANY]
    assert pool.run(5, pid) != os.getpid()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * FROM <http://example.org/other> { ?s ?p ?o }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/>",
        "SELECT * {",
    ],
)
def test_what_no_store_is_asked_is_not_sent(pool: Pool, moody: Moody, query: str) -> None:
    before = len(moody.asked)
    with pytest.raises(QueryError):
        pool.run(5, count, query)
    assert len(moody.asked) == before


def test_what_the_endpoint_refuses_is_told_without_its_address(pool: Pool, moody: Moody) -> None:
    moody.mood = "refuses"
    with pytest.raises(QueryError) as caught:
        pool.run(5, count, HOW_MANY)
    assert "refuses the query: in its own words" in caught.value.what
    assert "127.0.0.1" not in caught.value.line()
    assert caught.value.mend


@pytest.mark.parametrize(
    ("mood", "reason", "words"),
    [
        ("busy", "busy", "is busy, or gave up"),
        ("fails", "stopped", "no whole answer"),
        ("cut", "stopped", "no whole answer"),
    ],
)
def test_no_whole_answer_is_none(
    pool: Pool, moody: Moody, mood: str, reason: str, words: str
) -> None:
    """And the worker after it is unharmed."""
    moody.mood = mood
    with pytest.raises(Unavailable, match=words) as caught:
        pool.run(5, count, HOW_MANY)
    assert caught.value.reason == reason
    assert caught.value.after >= 1
    assert "127.0.0.1" not in caught.value.line()
    moody.mood = "well"
    assert pool.run(5, count, HOW_MANY)


def test_what_takes_too_long_is_stopped(pool: Pool, moody: Moody) -> None:
    begun = time.monotonic()
    with pytest.raises(Unavailable, match=r"longer than 0\.2 seconds"):
        pool.run(0.2, sleep, 60)
    moody.mood = "slow"
    with pytest.raises(Unavailable, match="in time") as caught:
        pool.run(1, count, HOW_MANY)
    assert caught.value.reason == "time"
    assert time.monotonic() - begun < 3
    assert pool.run(5, version)


def test_an_answer_has_a_limit(moody: Moody) -> None:
    asked = Asked("SELECT * { ?s ?p ?o }", ALL_GRAPHS, RESULTS)
    whole = Remote(moody.address).tell(asked, 5, 2000)
    assert isinstance(whole, bytes)
    assert Remote(moody.address).tell(asked, 5, len(whole)) == whole
    with pytest.raises(Unavailable, match="more than one answer may hold") as caught:
        Remote(moody.address).tell(asked, 5, len(whole) - 1)
    assert caught.value.reason == "memory"


# Shut doors


@pytest.mark.parametrize("how", WAYS)
def test_a_worker_can_open_nothing_else(pool: Pool, tmp_path: Path, how: str) -> None:
    """It has a way to the endpoint, and none to anybody else: the kernel still refuses."""
    laid = tmp_path / "laid.txt"
    laid.write_text("here", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        where = {"file": laid, "write": tmp_path / "new", "list": tmp_path, "program": "/bin/true"}
        said = pool.run(20, reach, how, str(where.get(how, server.getsockname()[1])))
        assert said != "reached"
        with pytest.raises(BlockingIOError):
            server.accept()


def test_nothing_is_open_but_its_channel_and_where_it_complains(pool: Pool) -> None:
    assert len(pool.run(5, descriptors)) == 4


# Started, and swapped


def test_an_endpoint_that_gives_nothing_is_told_at_the_start() -> None:
    with moody_endpoint() as moody:
        moody.mood = "fails"
        with pytest.raises(StoreError, match="the error 500") as caught:
            Pool(Remote(moody.address), 1, MEMORY, "worker_jobs:warm")
    assert caught.value.mend


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_newer_data_are_taken_up(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be asked, or holds two versions for a while, leaves what is in use."""
    monkeypatch.setattr("masagraph.store.workers.live.AWAY_SECONDS", 0.05)
    with moody_endpoint() as moody:
        live = Live(Remote(moody.address, pause=0.05), SETTINGS, "worker_jobs:warm")
        try:
            first = live.current
            moody.mood = "fails"
            until(lambda: live.away)
            time.sleep(0.3)
            assert live.current is first
            moody.hold(2)
            moody.mood = "well"
            until(lambda: live.current is not first)
            second = live.current
            assert second.pool.data_version.endswith("2")
            assert not live.away
            assert first.retired
            # Findings by other shapes are other answers, though the data are the same.
            moody.shapes = "b"
            moody.hold(2)
            until(lambda: live.current is not second)
            assert live.current.pool.data_version == second.pool.data_version
            assert live.current.pool.snapshot != second.pool.snapshot
        finally:
            live.close()
    told = [r.getMessage() for r in caplog.records if "does not answer as it should" in r.message]
    assert len(told) == 1
