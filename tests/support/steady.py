"""pySHACL as it is, for one view after another: what a view shares with the last is read once.

Nearly all of a view is the law, which is the same in all, and to bring it into rdflib's form takes
longer than to test it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import pyoxigraph as ox
from rdflib import Graph

from masagraph.assessment.engine import INTEGRITY, SHAPES, PySHACL
from masagraph.shacl.terms import to_rdflib


class Steady(PySHACL):
    """Tests what :class:`PySHACL` would test; only the way in which a view is read differs."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[bool, AbstractSet[ox.Triple]] = {True: frozenset(), False: frozenset()}

    def _read(self, view: ox.Store) -> None:
        if self._view is view and self._size == len(view):
            return
        told: dict[bool, set[ox.Triple]] = {True: set(), False: set()}
        for quad in view:
            name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
            if not name.startswith(INTEGRITY):
                told[name.startswith(SHAPES)].add(quad.triple)
        for is_shapes, graph in ((True, self._shapes), (False, self._data)):
            replace(graph, self._held[is_shapes], told[is_shapes])
        self._held, self._view, self._size = dict(told), view, len(view)


def replace(graph: Graph, old: AbstractSet[ox.Triple], new: AbstractSet[ox.Triple]) -> None:
    """Make a graph that holds some triples hold others."""
    gone = old - new
    for triple in gone:
        graph.remove(_in_rdflib(triple))
    # To rdflib 01 and 1 are one number: what is left of a subject is added once more.
    touched = {triple.subject for triple in gone}
    for triple in new:
        if triple not in old or triple.subject in touched:
            graph.add(_in_rdflib(triple))


def _in_rdflib(triple: ox.Triple) -> tuple[object, object, object]:
    return to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)
