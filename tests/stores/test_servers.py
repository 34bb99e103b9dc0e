"""Servers that must not be asked, and one that ends midway."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from masagraph.errors import StoreError, Unavailable
from masagraph.store.endpoint import Endpoint
from masagraph.store.opened import Opened
from masagraph.store.remote import RemoteStore, open_endpoint
from servers import free_port, oxigraph, wait_for

COUNT = "SELECT (COUNT(*) AS ?n) { ?finding a earl:Assertion }"


def test_a_union_for_the_default_graph_is_refused(snapshot: Path) -> None:
    """Else each finding would count once for each day, and no answer would look wrong."""
    with oxigraph(snapshot, "--union-default-graph") as server:
        wait_for([server])
        with pytest.raises(StoreError) as caught:
            open_endpoint(f"http://127.0.0.1:{server.port}{server.path}")
    assert "on other days too" in caught.value.what
    assert caught.value.mend


def test_a_server_that_is_started_again_goes_on_answering(snapshot: Path, opened: Opened) -> None:
    """What is asked while it is away is answered when it is back."""
    port = free_port()
    store = RemoteStore(Endpoint(f"http://127.0.0.1:{port}/query", 60))
    expected = opened.store.query(COUNT)
    with oxigraph(snapshot, port=port) as server:
        wait_for([server])
        assert store.query(COUNT) == expected
    answers: list[object] = []
    asking = threading.Thread(target=lambda: answers.append(store.query(COUNT)))
    asking.start()
    time.sleep(0.1)
    assert not answers
    with oxigraph(snapshot, port=port) as server:
        wait_for([server])
        asking.join(30)
    assert answers == [expected]


def test_a_server_that_stays_away_is_an_error(snapshot: Path) -> None:
    port, waits = free_port(), list[float]()
    store = RemoteStore(Endpoint(f"http://127.0.0.1:{port}/query", 60, waits.append))
    with ExitStack() as held:
        wait_for([held.enter_context(oxigraph(snapshot, port=port))])
        store.query(COUNT)
    with pytest.raises(Unavailable):
        store.query(COUNT)
    assert waits
