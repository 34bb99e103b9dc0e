"""Names of the data that tests open, and triples of the store as a graph."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph

from masagraph.store.formats import serialize_triples

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DUTY = "duty/wt2023-partnership-chair"
STATEMENT = "statement/sefton-arrangements-2021/leadership-rotating-chair"


def as_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Triples of the store, with the blank nodes that they share."""
    return Graph().parse(data=serialize_triples(triples, "ntriples"), format="nt")
