"""A whole nation of invented arrangements beside the real law, the same for the same number."""

from __future__ import annotations

from random import Random

import pyoxigraph as ox

from generated import document, frame, random_plan
from masagraph.dataset.files import read_shipped
from masagraph.resources import Resources
from masagraph.vocab import GRAPH, MASA, local_name

LAW = tuple(f"{GRAPH}{name}/" for name in ("ontology", "shapes", "guidance"))


def nation(resources: Resources, arrangements: int, edition: str = "wt2023") -> ox.Store:
    """Return the law and a number of arrangements, each with a frame and a document.

    Args:
        resources: where the RDF folders are.
        arrangements: how many.
        edition: id of the edition on whose duties their words bear.
    """
    store = ox.Store()
    for file in read_shipped(resources):
        if file.graph.startswith(LAW):
            store.extend(file.quads())
    duties = tested_duties(store, edition)
    for number in range(arrangements):
        plan = random_plan(Random(number), f"area-{number}", duties)  # noqa: S311
        for part, text in (("frame", frame(plan)), ("document", document(plan))):
            graph = ox.NamedNode(f"{GRAPH}areas/{plan.name}/{part}")
            store.bulk_extend(
                ox.Quad(t.subject, t.predicate, t.object, graph)
                for t in ox.parse(text, format=ox.RdfFormat.TURTLE)
            )
    return store


def tested_duties(store: ox.Store, edition: str) -> list[str]:
    """Return the slugs of the duties of an edition that some shape tests, sorted."""
    tests = store.quads_for_pattern(None, ox.NamedNode(MASA.tests), None)
    return sorted(
        local_name(quad.object.value)
        for quad in tests
        if isinstance(quad.object, ox.NamedNode)
        and local_name(quad.object.value).startswith(f"{edition}-")
    )
