"""Named graphs of a store for rdflib."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Dataset, Literal, URIRef
from rdflib.term import Node

from masagraph.assessment.names import nearest
from masagraph.errors import UnknownName
from masagraph.store.opened import Opened
from masagraph.store.protocol import Store, Term
from masagraph.vocab import ASSESSMENT_GRAPHS, PEOPLE_GRAPH, PREFIXES


def default_graphs(opened: Opened) -> list[str]:
    """Return the graphs that are copied unless others are named.

    Of the findings they are those on the date of the data. The graph of people's names is not
    among them.
    """
    today = f"/{opened.data_date.isoformat()}"
    return [
        name
        for name in opened.store.graphs()
        if name != PEOPLE_GRAPH and (not name.startswith(ASSESSMENT_GRAPHS) or name.endswith(today))
    ]


def dataset_of(store: Store, names: Iterable[str]) -> Dataset:
    """Copy graphs to a dataset whose default graph is their union.

    Args:
        store: where they are.
        names: their names.

    Raises:
        UnknownName: for one that is not held.
    """
    held = set(store.graphs())
    dataset = Dataset(default_union=True)
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    for name in names:
        if name not in held:
            raise UnknownName(f'there is no graph "{name}"', nearest(name, sorted(held)))
        graph = dataset.graph(URIRef(name))
        for triple in store.graph(name):
            graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return dataset


def _node(term: Term) -> Node:
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        kind = URIRef(term.datatype.value)
        plain = kind == URIRef(PREFIXES["xsd"] + "string")
        return Literal(term.value, datatype=None if plain else kind, normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    assert isinstance(term, ox.NamedNode)
    return URIRef(term.value)
