"""The SHACL reports of many arrangements, from one run over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox
from rdflib import RDF, SH, Graph
from rdflib.term import Node

from masagraph.assessment.engine import SHAPES
from masagraph.assessment.national import Layer
from masagraph.shacl.compiler.program import Program, Result
from masagraph.shacl.compiler.terms import to_oxigraph, to_triples
from masagraph.shacl.report import build_report
from masagraph.shacl.terms import to_rdflib
from masagraph.store.protocol import text_of
from masagraph.vocab import MASA

Part = tuple[str, str]
"""An arrangement, by IRI, and an edition, by id."""

_TYPE = ox.NamedNode(str(RDF.type))
_TESTS = ox.NamedNode(MASA.tests)
_FOCUS = ox.NamedNode(str(SH.focusNode))
_SHAPE = ox.NamedNode(str(SH.sourceShape))
_COMPONENT = ox.NamedNode(str(SH.sourceConstraintComponent))


@dataclass(frozen=True)
class Reports:
    """What the shapes found.

    Attributes:
        results: what was found, by arrangement and edition; nothing where no shape was run.
        store: holds the shapes, which describe the paths that results name.
        duties: the duty, by IRI, that each shape with a target tests.
    """

    results: Mapping[Part, list[Result]]
    store: ox.Store
    duties: Mapping[Node, str]

    @cached_property
    def shapes(self) -> Graph:
        """The shapes, read when a report is first asked for in full."""
        return _shapes_of(self.store)

    def faults(self) -> Iterator[ox.Triple]:
        """Yield of every result what the rules of outcomes read."""
        # A result may stand in the reports of several editions, and is one.
        for result in {id(r): r for some in self.results.values() for r in some}.values():
            node, instance = ox.BlankNode(), result.instance
            yield ox.Triple(node, _FOCUS, result.focus)
            yield ox.Triple(node, _SHAPE, to_oxigraph(instance.shape.node))
            yield ox.Triple(node, _COMPONENT, to_oxigraph(instance.constraint.component))

    def report(self, part: Part) -> dict[str, list[ox.Triple]]:
        """Return a report in full, what it says of each duty by itself.

        What was found by shapes that test no duty, and that there is a report, stands under "".
        """
        if part not in self.results:
            return {}
        by_duty: dict[str, list[Result]] = {"": []}
        for result in self.results[part]:
            duty = self.duties.get(result.instance.root, "")
            by_duty.setdefault(duty, []).append(result)
        return {
            duty: list(to_triples(build_report(results, self.shapes)))
            for duty, results in by_duty.items()
        }


def run_over(
    program: Program,
    layer: Layer,
    edition_of: Mapping[ox.NamedNode, str],
) -> Reports:
    """Run shapes over many arrangements.

    Args:
        program: the queries of the shapes.
        layer: the arrangements.
        edition_of: the edition of each duty that some shape tests.
    """
    editions = set(edition_of.values())
    within = _editions_by_root(program, layer.store, edition_of)
    results: dict[Part, list[Result]] = {
        (arrangement, edition): [] for arrangement in layer.arrangements for edition in editions
    }
    for result in program.run(layer.facts(program.reads)):
        assert isinstance(result.focus, ox.NamedNode)
        for edition in within[result.instance.root]:
            results[result.focus.value, edition].append(result)
    return Reports(results, layer.store, _duties_of(layer.store))


def _duties_of(store: ox.Store) -> dict[Node, str]:
    """Return the duty that each shape tests."""
    return {
        to_rdflib(quad.subject): text_of(quad.object)
        for quad in store.quads_for_pattern(None, _TESTS, None)
    }


def _editions_by_root(
    program: Program, store: ox.Store, edition_of: Mapping[ox.NamedNode, str]
) -> dict[Node, set[str]]:
    """Return the editions to whose reports the results of each shape with a target belong.

    One that tests no duty belongs to all.
    """
    of_root: dict[str, set[str]] = {}
    for duty, edition in edition_of.items():
        for quad in store.quads_for_pattern(None, _TESTS, duty):
            if isinstance(quad.subject, ox.NamedNode):
                of_root.setdefault(quad.subject.value, set()).add(edition)
    found: dict[Node, set[str]] = {}
    for query in program.queries:
        for instance in query.instances:
            found[instance.root] = of_root.get(str(instance.root), set(edition_of.values()))
    return found


def _shapes_of(store: ox.Store) -> Graph:
    shapes = Graph()
    for name in _graphs_of_shapes(store):
        for quad in store.quads_for_pattern(None, None, None, name):
            shapes.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return shapes


def _graphs_of_shapes(store: ox.Store) -> list[ox.NamedNode]:
    return [
        name
        for name in store.named_graphs()
        if isinstance(name, ox.NamedNode) and name.value.startswith(SHAPES)
    ]
