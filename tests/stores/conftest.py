"""The same data in four stores; those behind an endpoint are servers that are started here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from filelock import FileLock

from masagraph.store.endpoint import Endpoint
from masagraph.store.opened import open_store
from masagraph.store.protocol import Store
from masagraph.store.remote import RemoteStore
from servers import Started, oxigraph, rdflib_dataset, wait_for

DEFAULT_GRAPH = "urn:masagraph:default"
"""Where a server has what stands in no graph, when its own default graph is the union."""


@dataclass(frozen=True)
class Tried:
    """A store that must answer as the one on disk does.

    Attributes:
        name: of its engine.
        store: the store.
    """

    name: str
    store: Store


@pytest.fixture(scope="session")
def snapshot(store_folder: Path) -> Path:
    """The database of the store on disk."""
    name = json.loads((store_folder / "current.json").read_text(encoding="utf-8"))["snapshot"]
    return store_folder / "snapshots" / str(name)


@pytest.fixture(scope="session")
def embedded(store_folder: Path) -> Tried:
    """In this process, in memory, as a service holds it."""
    return Tried("embedded", open_store(store_folder, in_memory=True).store)


@pytest.fixture(scope="session")
def oxigraph_server(snapshot: Path) -> Iterator[Tried]:
    """Oxigraph's own server over the snapshot, which it only reads."""
    with oxigraph(snapshot) as server:
        yield _remote("oxigraph", server)


@pytest.fixture(scope="session")
def rdflib_server(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """rdflib-endpoint, which loads the N-Quads of the snapshot into rdflib."""
    quads = tmp_path_factory.mktemp("dump") / "all.nq"
    ox.Store.read_only(str(snapshot)).dump(quads, format=ox.RdfFormat.N_QUADS)
    with rdflib_dataset(quads) as server:
        yield _remote("rdflib-endpoint", server)


@pytest.fixture(scope="session")
def united(snapshot: Path, shared_folder: Path) -> Path:
    """A database without a default graph: what stands there is in a named graph, as in servers
    that take the union of all graphs for their default one.
    """
    folder = shared_folder / "masagraph-united"
    with FileLock(shared_folder / "masagraph-united.lock"):
        if not folder.is_dir():
            made = ox.Store(str(folder))
            named = ox.NamedNode(DEFAULT_GRAPH)
            nowhere = ox.DefaultGraph()
            made.bulk_extend(
                ox.Quad(*quad.triple, named) if quad.graph_name == nowhere else quad
                for quad in ox.Store.read_only(str(snapshot))
            )
            made.flush()
    return folder


@pytest.fixture(scope="session")
def union_server(united: Path) -> Iterator[Tried]:
    """Oxigraph's server with the union for its default graph, told which graph to take for it."""
    with oxigraph(united, "--union-default-graph") as server:
        yield _remote("oxigraph with the union", server, f"?default-graph-uri={DEFAULT_GRAPH}")


STORES = ["embedded", "oxigraph_server", "union_server", "rdflib_server"]


@pytest.fixture(scope="session", params=STORES)
def tried(request: pytest.FixtureRequest) -> Tried:
    """Each of the stores."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Tried)
    return made


def _remote(name: str, server: Started, options: str = "") -> Tried:
    wait_for([server])
    address = f"http://127.0.0.1:{server.port}{server.path}{options}"
    return Tried(name, RemoteStore(Endpoint(address, 60)))
