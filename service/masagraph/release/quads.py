"""All graphs of a store in one order, with names for blank nodes that do not change.

A blank node has no name of its own, so a dump of the same data may name it otherwise each time.
RDFC-1.0, by which the hash of the data is made too, gives it one that follows from the data.
"""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO

import pyoxigraph as ox

from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Store

Graphs = Mapping[str, tuple[ox.Triple, ...]]
"""Triples by the name of their graph; both in order."""


def canonical_graphs(store: Store) -> Graphs:
    """Return the triples of each named graph, with canonical blank nodes, all sorted."""
    dataset = ox.Dataset(
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
        for name in store.graphs()
        for t in store.graph(name)
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    found: dict[str, list[ox.Triple]] = {}
    for quad in dataset:
        if isinstance(quad.graph_name, ox.NamedNode):
            found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: tuple(sorted(found[name], key=str)) for name in sorted(found)}


def in_order(graphs: Graphs, earlier: Collection[str]) -> EmbeddedStore:
    """Return a store in memory into which all was put in one order.

    What a query leaves open, such as the order in which texts are joined, follows from the order
    in which a store holds its triples. So it is the same each time.

    Args:
        graphs: the graphs.
        earlier: names of those that are not in the default graph.
    """
    store = ox.Store()
    store.extend(
        ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name))
        for name in graphs
        for t in graphs[name]
    )
    merged = {t: None for name in graphs if name not in earlier for t in graphs[name]}
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in merged)
    return EmbeddedStore(store, merged=True)


def nquads(graphs: Graphs, names: Iterable[str]) -> bytes:
    """Return some graphs as N-Quads, one line a quad, in order."""
    return b"".join(_lines(graphs, names))


def _lines(graphs: Graphs, names: Iterable[str]) -> Iterator[bytes]:
    for name in sorted(names):
        node = ox.NamedNode(name)
        for triple in graphs[name]:
            quad = ox.Quad(triple.subject, triple.predicate, triple.object, node)
            yield f"{quad} .\n".encode()


def compress(content: bytes) -> bytes:
    """Compress with gzip: no name of a file, no time and no system in its header."""
    out = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=9) as file:
        file.write(content)
    return out.getvalue()
