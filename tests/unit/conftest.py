"""What the unit tests share: the law as one graph, to ask what it says of a duty."""

from __future__ import annotations

import pytest
from rdflib import Graph

from masagraph.dataset.files import RdfFile


@pytest.fixture(scope="session")
def law_graph(law: list[RdfFile]) -> Graph:
    """The ontology, the duties and the shapes as one rdflib graph."""
    graph = Graph()
    for file in law:
        graph.parse(data=file.text, format="turtle")
    return graph
