"""What follows from a view by the axioms of the ontology.

The rules of ``queries/rules/inference`` are about axioms, not about what these relate: a new axiom
of a known kind needs no new rule. That they add what owlrl adds is tested.
"""

from __future__ import annotations

import pyoxigraph as ox

from masagraph.dataset.rules import construct
from masagraph.resources import find_resources


def conclude(source: ox.Store, graph: str) -> list[ox.Triple]:
    """Add to a store what follows from it, until nothing more does.

    Args:
        source: the store; all its graphs are read.
        graph: the name of the graph that is added to.

    Returns:
        what was added: what stands in no graph yet.
    """
    name = ox.NamedNode(graph)
    rules = find_resources().queries("rules/inference")
    added: list[ox.Triple] = []
    while True:
        before = len(added)
        for rule in rules:
            new = [triple for triple in construct(source, rule) if not _stands(source, triple)]
            # A rule may say the same twice, and what it says feeds the next.
            source.bulk_extend(ox.Quad(t.subject, t.predicate, t.object, name) for t in new)
            added += dict.fromkeys(new)
        if len(added) == before:
            return added


def _stands(source: ox.Store, triple: ox.Triple) -> bool:
    """Whether some graph says a triple."""
    found = source.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    return next(found, None) is not None
