"""What a release states of each thing, in a form in which two releases can be compared.

A blank node has no name, so it counts as a part of what speaks of it. What was worked out is
left out, as it follows from the rest: findings are compared by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import pyoxigraph as ox

from masagraph.release.reading import Release
from masagraph.vocab import ASSESSMENT_GRAPHS, DERIVED_GRAPHS, GRAPH

Value: TypeAlias = "ox.NamedNode | ox.Literal | tuple[tuple[str, Any], ...]"
"""What a property has: a name, a literal, or a nameless part with properties of its own."""

Said: TypeAlias = frozenset[tuple[str, Value]]
"""What is stated of a thing: properties, by IRI, each with a value."""

Things: TypeAlias = Mapping[str, Said]
"""What is stated of each thing, by its IRI."""

_MADE = (DERIVED_GRAPHS, ASSESSMENT_GRAPHS, str(GRAPH) + "questions")


def read_things(release: Release) -> Things:
    """Return what a release states of each thing that has a name."""
    said: dict[Any, set[tuple[str, Any]]] = defaultdict(set)
    for quad in release.quads():
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and not graph.value.startswith(_MADE):
            said[quad.subject].add((quad.predicate.value, quad.object))
    return {
        subject.value: frozenset((p, _value(o, said, ())) for p, o in pairs)
        for subject, pairs in said.items()
        if isinstance(subject, ox.NamedNode)
    }


def _value(
    term: Any, said: Mapping[Any, Iterable[tuple[str, Any]]], above: tuple[Any, ...]
) -> Value:
    if not isinstance(term, ox.BlankNode):
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return term
    if term in above:  # a circle of blank nodes: where it closes, no more is told
        return ()
    pairs = [(p, _value(o, said, (*above, term))) for p, o in said.get(term, ())]
    return tuple(sorted(pairs, key=str))


def mentions(said: Said, iris: frozenset[str]) -> bool:
    """Tell whether what is stated of a thing names one of some things."""
    return any(_names(value, iris) for _, value in said)


def _names(value: Value, iris: frozenset[str]) -> bool:
    if isinstance(value, tuple):
        return any(_names(inner, iris) for _, inner in value)
    return isinstance(value, ox.NamedNode) and value.value in iris
