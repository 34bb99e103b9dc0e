"""What a graph speaks of."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from masagraph.release.counts import parts_of
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, text_of
from masagraph.web.linked.description import documents_of_graphs
from masagraph.web.linked.labels import Labels, label_in

MOST_THINGS = 1_000
"""Most things that the page of a graph lists. As RDF it is given up to the row limit."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a graph speaks of.

    Attributes:
        graph: its name.
        part: the part of the dataset that it belongs to.
        document: IRI and title of the source document that it is made of, if any.
        things: how many triples it has of each thing, by name.
        labels: what the things are called.
        cut: whether there are more things.
    """

    graph: str
    part: str
    document: tuple[str, str] | None
    things: dict[str, int]
    labels: Labels
    cut: bool


def read_contents(opened: Opened, graph: str, limit: int) -> Contents:
    """Read what a graph speaks of.

    Args:
        opened: the store.
        graph: the name of a graph that it holds.
        limit: most things (at most :data:`MOST_THINGS`).
    """
    text = find_resources().read_query("lookup/things-of-graph.rq")
    bound = {"graph": ox.NamedNode(graph)}
    answer = opened.store.query(text, bound, limit=min(limit, MOST_THINGS))
    assert isinstance(answer, Rows)
    things: dict[str, int] = {}
    labels: Labels = {}
    for cells in answer.rows:
        row = dict(zip(answer.variables, cells, strict=True))
        iri, label = text_of(row["thing"]), label_in(row)
        things[iri] = int(text_of(row["triples"]))
        if label:
            labels[iri] = label
    document = documents_of_graphs(opened.store).get(graph)
    (part,) = parts_of(opened, [graph])
    return Contents(graph, part, document, things, labels, answer.truncated)
