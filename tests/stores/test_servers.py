"""Servers that must not be asked, and one that ends midway."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.stores.conftest import DEFAULT_GRAPH

from masagraph.errors import BadValue, StoreError, Unavailable
from masagraph.store.endpoint import Endpoint
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, Scope, select, text_of
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


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("urn:masagraph:other", "holds no data of masagraph"),
        ("https://w3id.org/masagraph/graph/register/areas", "holds no data of masagraph"),
    ],
)
def test_another_graph_is_not_taken_for_the_default_one(
    united: Path, named: str, told: str
) -> None:
    with oxigraph(united, "--union-default-graph") as server:
        wait_for([server])
        with pytest.raises(StoreError, match=told):
            open_endpoint(f"http://127.0.0.1:{server.port}/query?default-graph-uri={named}")


@pytest.mark.parametrize(
    "query", ["default-graph-uri=", "default-graph-uri=default", "default-graph-uri=not an IRI",
              "default-graph-uri=urn:a&default-graph-uri=urn:b"],
)  # fmt: skip
def test_a_default_graph_that_is_no_name_of_one_graph_is_refused(query: str) -> None:
    with pytest.raises(BadValue, match="no name of one graph"):
        open_endpoint(f"http://127.0.0.1:9/query?{query}")


def test_what_else_an_address_says_is_kept() -> None:
    given = "https://example.org/query?key=a%2Fb&default-graph-uri=urn:x%23y&infer=false"
    endpoint = Endpoint(given, 1)
    assert endpoint.address == "https://example.org/query?key=a%2Fb&infer=false"
    assert endpoint.default_graph == "urn:x#y"


def test_a_query_that_names_its_graphs_sees_these_alone(united: Path) -> None:
    """What an address says of the default graph is for queries that say nothing."""
    areas = "https://w3id.org/masagraph/graph/register/areas"
    with oxigraph(united, "--union-default-graph") as server:
        wait_for([server])
        address = f"http://127.0.0.1:{server.port}/query?default-graph-uri={DEFAULT_GRAPH}"
        store = RemoteStore(Endpoint(address, 60))
        count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
        held = len(store.graph(areas))
        assert held > 100
        (of_query,) = select(store, count.format(f"FROM <{areas}>"))
        assert text_of(of_query["n"]) == str(held)
        of_scope = store.query(count.format(""), scope=Scope(default_graphs=(areas,)))
        assert isinstance(of_scope, Rows)
        assert text_of(of_scope.rows[0][0]) == str(held)
        assert DEFAULT_GRAPH not in store.graphs()


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
