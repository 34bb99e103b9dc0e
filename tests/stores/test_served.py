"""A service over an endpoint answers as one over the store, and says so when it cannot."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from drafts import DOCUMENT, FRAME, PREFIXES, STATEMENT
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.compare import isomorphic
from tests.stores.conftest import DEFAULT_GRAPH

from masagraph.settings import Settings
from masagraph.web.app import create_app
from servers import free_port, oxigraph, wait_for

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SAME = [
    "/",
    "/areas/kent",
    "/areas/sefton/gaps?edition=wt2023",
    "/areas/atlantis/gaps",
    "/api/areas/sefton/assessment?edition=wt2023&as_at=2022-01-01",
    "/api/areas/sefton/assessment?edition=never",
    "/questions/leads-and-delegates?area=warwickshire",
    "/api/questions/leads-and-delegates?area=warwickshire&format=csv",
    "/sparql?query=SELECT * { ?d a masa:Duty ; skos:prefLabel ?name } ORDER BY ?d&format=tsv",
    "/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    "&default-graph-uri=https://w3id.org/masagraph/graph/register/areas",
    "/sparql?query=ASK { ?d a masa:Nothing }&format=xml",
    "/sparql?query=SELECT * {",
    "/sparql?query=SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "/sparql?query=SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }",
    "/id/area/kent",
]
GRAPHS = ["/sparql?query=CONSTRUCT { ?d ?p ?o } { ?d a masa:Duty ; ?p ?o }", "/id/area/kent"]


class Remote:
    """A service over an endpoint that can be taken away and brought back."""

    def __init__(self, snapshot: Path) -> None:
        self._snapshot, self._port, self._running = snapshot, free_port(), ExitStack()
        self.address = f"http://127.0.0.1:{self._port}/query"
        self.client: TestClient

    def start(self) -> None:
        started = oxigraph(self._snapshot, "--timeout-s", "5", port=self._port)
        wait_for([self._running.enter_context(started)])

    def stop(self) -> None:
        self._running.close()


@pytest.fixture(scope="module")
def here(store_folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=store_folder, workers=1))) as client:
        yield client


@pytest.fixture(scope="module")
def remote(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    made = Remote(snapshot)
    made.start()
    nowhere = tmp_path_factory.mktemp("none") / "store"
    limits = Settings(endpoint=made.address, store=nowhere, workers=1, reload_seconds=0.05)
    try:
        with TestClient(create_app(limits), raise_server_exceptions=False) as client:
            made.client = client
            yield made
    finally:
        made.stop()
    assert not nowhere.exists()


@pytest.fixture
def there(remote: Remote) -> TestClient:
    return remote.client


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("path", SAME)
def test_the_same_bytes(here: TestClient, there: TestClient, path: str) -> None:
    accept = {"Accept": "application/json" if path.startswith(("/api", "/sparql")) else "text/html"}
    first = here.get(path, headers=accept, follow_redirects=False)
    second = there.get(path, headers=accept, follow_redirects=False)
    assert (second.status_code, second.content) == (first.status_code, first.content)
    theirs = {"etag", "last-modified", "x-request-id"}
    assert _but(second.headers, theirs) == _but(first.headers, theirs)
    assert ("etag" in second.headers) == (first.status_code == 200)


def test_the_same_words(here: TestClient, there: TestClient) -> None:
    """GROUP_CONCAT may put its parts in any order, and this page shows some."""
    words = [sorted(re.findall(r"\w+", c.get("/areas/sefton").text)) for c in (here, there)]
    assert len(words[0]) > 1000
    assert words[0] == words[1]


@pytest.mark.parametrize("path", GRAPHS)
def test_the_same_graphs(here: TestClient, there: TestClient, path: str) -> None:
    made = [
        Graph().parse(data=client.get(path, headers={"Accept": "text/turtle"}).text)
        for client in (here, there)
    ]
    assert len(made[0]) > 3
    assert isomorphic(*made)


def test_a_draft_is_held_against_the_same_law(here: TestClient, there: TestClient) -> None:
    draft = PREFIXES + FRAME + DOCUMENT + STATEMENT
    sent = {"content": draft.encode(), "headers": {"Content-Type": "text/turtle"}}
    first, second = (client.post("/api/check", **sent) for client in (here, there))
    assert first.status_code == 200
    assert second.json() == first.json()


def test_a_server_whose_default_graph_is_the_union(
    here: TestClient, united: Path, tmp_path: Path
) -> None:
    """With the name of the graph to take for it; which nobody is told, as its address is not."""
    with oxigraph(united, "--union-default-graph") as server:
        wait_for([server])
        address = f"http://127.0.0.1:{server.port}/query?default-graph-uri={DEFAULT_GRAPH}"
        settings = Settings(endpoint=address, store=tmp_path / "none", workers=1)
        with TestClient(create_app(settings), raise_server_exceptions=False) as there:
            for path in SAME:
                accept = {"Accept": "application/json" if "/api" in path else "text/html"}
                first, second = (each.get(path, headers=accept) for each in (here, there))
                assert (second.status_code, second.content) == (first.status_code, first.content)
            server.process.terminate()
            server.process.wait(30)
            away = there.get("/areas/sussex")
    assert away.status_code == 503
    assert "127.0.0.1" not in away.text


def test_limits_hold(there: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of rows, which cut; and that of time, which stops."""
    settings = there.app.state.masagraph.settings  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(settings, "max_rows", 3)
        cut = _ask(there, "SELECT * { ?d a masa:Duty }")
    assert cut.headers["masagraph-truncated"] == "true"
    assert len(cut.json()["results"]["bindings"]) == 3
    monkeypatch.setattr(settings, "query_seconds", 1)
    begun = time.monotonic()
    stopped = _ask(there, RUNAWAY)
    assert time.monotonic() - begun < 5
    assert (stopped.status_code, stopped.json()["reason"]) == (503, "time")


def test_an_endpoint_that_is_away_and_comes_back(
    remote: Remote, there: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said plainly, with when to come again; and nobody is told where the endpoint is."""
    monkeypatch.setattr("masagraph.store.endpoint.PAUSES", (0.05,))
    monkeypatch.setattr("masagraph.store.workers.live.AWAY_SECONDS", 0.05)
    assert there.get("/ready").status_code == 200
    remote.stop()
    for path in ("/areas/kent", "/questions/leads-and-delegates?area=warwickshire"):
        page = there.get(path, headers={"Accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        _is_away(page)
    for answer in (there.get("/api/areas/kent/assessment"), _ask(there, "ASK {}")):
        assert answer.json()["reason"] == "stopped"
        _is_away(answer)
    until(lambda: there.get("/ready").status_code == 503)
    assert there.get("/health").status_code == 200
    remote.start()
    until(lambda: there.get("/ready").status_code == 200)
    assert _ask(there, "ASK { ?s ?p ?o }").json()["boolean"] is True
    assert there.get("/areas/kent").status_code == 200


def _ask(client: TestClient, query: str) -> Any:
    return client.post("/sparql", data={"query": query})


def _but(headers: Any, names: set[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in names}


def _is_away(answer: Any) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "cannot be reached now" in answer.text
    assert "127.0.0.1" not in answer.text
