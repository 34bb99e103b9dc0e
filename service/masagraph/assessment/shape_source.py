"""The rule that tests a duty, as it is written in SHACL."""

from __future__ import annotations

# rdflib imports it when first used; a query worker can open no file by then.
import rdflib.plugins.serializers.turtle  # noqa: F401

from masagraph.assessment.description import describe_things
from masagraph.assessment.duty_in_full import Shape
from masagraph.shacl.terms import to_graph
from masagraph.store.protocol import Store
from masagraph.vocab import PREFIXES


def shape_source(store: Store, shape: Shape) -> str:
    """Return a shape and its own faults as Turtle, for people to read.

    Args:
        store: the dataset.
        shape: the shape.
    """
    folder = shape.iri.rpartition("/")[0]
    names = [shape.iri, *(f"{folder}/{fault.name}" for fault in shape.faults)]
    graph = to_graph(describe_things(store, names))
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    return graph.serialize(format="turtle").strip() + "\n"
