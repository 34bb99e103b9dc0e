"""The SHACL reports of many arrangements, from one run over all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import SH, Graph
from rdflib.term import Node

from masagraph.assessment.compiled import build_report, facts_of
from masagraph.assessment.compiler.program import Program, Result
from masagraph.assessment.compiler.terms import to_oxigraph
from masagraph.assessment.engine import SHAPES
from masagraph.dataset.terms import to_rdflib
from masagraph.vocab import MASA

Part = tuple[str, str]
"""An arrangement, by IRI, and an edition, by id."""

_TESTS = ox.NamedNode(MASA.tests)
_FOCUS = ox.NamedNode(str(SH.focusNode))
_SHAPE = ox.NamedNode(str(SH.sourceShape))
_COMPONENT = ox.NamedNode(str(SH.sourceConstraintComponent))


@dataclass(frozen=True, slots=True)
class Reports:
    """What the shapes found.

    Attributes:
        results: what was found, by arrangement and edition; nothing where no shape was run.
        shapes: the shapes, which describe the paths that results name.
    """

    results: Mapping[Part, list[Result]]
    shapes: Graph

    def faults(self) -> Iterator[ox.Triple]:
        """Yield of every result what the rules of outcomes read."""
        # A result may stand in the reports of several editions, and is one.
        for result in {id(r): r for some in self.results.values() for r in some}.values():
            node, instance = ox.BlankNode(), result.instance
            yield ox.Triple(node, _FOCUS, result.focus)
            yield ox.Triple(node, _SHAPE, to_oxigraph(instance.shape.node))
            yield ox.Triple(node, _COMPONENT, to_oxigraph(instance.constraint.component))

    def report(self, part: Part) -> list[ox.Triple]:
        """Return one report in full."""
        if part not in self.results:
            return []
        return [_triple(*t) for t in build_report(self.results[part], self.shapes)]


def run_over(
    program: Program,
    store: ox.Store,
    arrangements: Collection[str],
    edition_of: Mapping[ox.NamedNode, str],
) -> Reports:
    """Run shapes over many arrangements.

    Args:
        program: the queries of the shapes.
        store: the arrangements' facts, the law and the shapes.
        arrangements: their IRIs.
        edition_of: the edition of each duty that some shape tests.
    """
    editions = set(edition_of.values())
    within = _editions_by_shape(program, store, edition_of)
    results: dict[Part, list[Result]] = {
        (arrangement, edition): [] for arrangement in arrangements for edition in editions
    }
    for result in program.run(facts_of(store, program.reads)):
        assert isinstance(result.focus, ox.NamedNode)
        for edition in within[result.instance.shape.node]:
            results[result.focus.value, edition].append(result)
    return Reports(results, _shapes_of(store))


def _editions_by_shape(
    program: Program, store: ox.Store, edition_of: Mapping[ox.NamedNode, str]
) -> dict[Node, set[str]]:
    """Return the editions to whose reports the results of each shape belong.

    A shape with a target that tests no duty belongs to all.
    """
    of_root: dict[str, set[str]] = {}
    for duty, edition in edition_of.items():
        for quad in store.quads_for_pattern(None, _TESTS, duty):
            if isinstance(quad.subject, ox.NamedNode):
                of_root.setdefault(quad.subject.value, set()).add(edition)
    found: dict[Node, set[str]] = {}
    for query in program.queries:
        for instance in query.instances:
            editions = of_root.get(str(instance.root), set(edition_of.values()))
            found.setdefault(instance.shape.node, set()).update(editions)
    return found


def _shapes_of(store: ox.Store) -> Graph:
    shapes = Graph()
    for name in store.named_graphs():
        if isinstance(name, ox.NamedNode) and name.value.startswith(SHAPES):
            for quad in store.quads_for_pattern(None, None, None, name):
                shapes.add(
                    (to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object))
                )
    return shapes


def _triple(subject: Node, predicate: Node, value: Node) -> ox.Triple:
    """Return an rdflib triple as one of Oxigraph's."""
    one, link = to_oxigraph(subject), to_oxigraph(predicate)
    assert not isinstance(one, ox.Literal)
    assert isinstance(link, ox.NamedNode)
    return ox.Triple(one, link, to_oxigraph(value))
