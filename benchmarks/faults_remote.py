"""Faults of a store behind an endpoint: its server killed and started again under load."""

from __future__ import annotations

import time
from contextlib import ExitStack
from random import Random
from threading import Event, Thread

from faulted_store import HERE, Faulted, Outcome, pointer
from masagraph.errors import StoreError, Unavailable
from masagraph.store.endpoint import Endpoint
from masagraph.store.protocol import Answer
from masagraph.store.remote import RemoteStore
from servers import HOST, free_port, oxigraph, wait_for

CLIENTS = 4
_SECONDS = 60
_MOST_AWAY = 2.0
"""Seconds for which the server stays away; a client gives up after some eight."""
_QUERIES = tuple(
    (HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    for name in ("gap-matrix", "aggregate")
)


def restarted_servers(faulted: Faulted, tries: int, random: Random) -> Outcome:
    """Kill the server of a remote store under load and start it again on the same port."""
    database, port = faulted.store / "snapshots" / pointer(faulted.store).snapshot, free_port()
    store = RemoteStore(Endpoint(f"http://{HOST}:{port}/query", _SECONDS))
    lost, told, right = list[str](), list[str](), list[None]()
    with ExitStack() as held:
        server = held.enter_context(oxigraph(database, port=port))
        wait_for([server])
        expected = [store.query(query) for query in _QUERIES]
        stop = Event()
        clients = [
            Thread(target=_ask, args=(store, expected, stop, right, told, lost))
            for _ in range(CLIENTS)
        ]
        for client in clients:
            client.start()
        for number in range(tries):
            time.sleep(random.uniform(0.2, 1))
            server.process.kill()
            server.process.wait()
            time.sleep(random.uniform(0, _MOST_AWAY))
            server = held.enter_context(oxigraph(database, port=port))
            wait_for([server])
            answered, end = len(right), time.monotonic() + _SECONDS
            while len(right) == answered and time.monotonic() < end:
                time.sleep(0.01)
            if len(right) == answered:
                lost.append(f"no answer after start {number}")
        stop.set()
        for client in clients:
            client.join()
    return Outcome(
        "restarted-servers",
        "kill -9 of the server of a remote store under load, started again within 2 s",
        tries,
        lost[:tries],
        f"{len(right):,} right answers; {len(told)} were broken off, each told as an error; "
        "after each start there were right answers again",
    )


def _ask(
    store: RemoteStore,
    expected: list[Answer],
    stop: Event,
    right: list[None],
    told: list[str],
    lost: list[str],
) -> None:
    """Ask without pause: an answer is the right one, or the client is told that it broke off."""
    turn = 0
    while not stop.is_set():
        turn = (turn + 1) % len(_QUERIES)
        try:
            answer = store.query(_QUERIES[turn])
        except (Unavailable, StoreError) as error:
            told.append(error.what)
        except Exception as error:  # whatever else it is, a user would not be told of it
            lost.append(f"{type(error).__name__}: {error}")
        else:
            if answer == expected[turn]:
                right.append(None)
            else:
                lost.append(f"another answer to query {turn}")
