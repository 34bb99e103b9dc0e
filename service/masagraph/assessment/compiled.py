"""The engine that runs shapes as compiled SPARQL; what has no query goes to pySHACL."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Graph, Literal
from rdflib.term import Node

from masagraph.assessment.engine import INTEGRITY, SHAPES, Engine, PySHACL
from masagraph.errors import EngineError, Place
from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.program import Program, Refused, compile_shapes
from masagraph.shacl.report import build_report
from masagraph.shacl.terms import to_rdflib
from masagraph.vocab import MASA

_TESTS = ox.NamedNode(MASA.tests)
_IN_VIEW = ox.NamedNode(MASA.ArrangementInView)
_TYPE = ox.NamedNode(RDF.type)
_BELOW = ox.NamedNode(RDFS.subClassOf)


@dataclass(frozen=True)
class _Prepared:
    """Shapes, compiled.

    Attributes:
        shapes: the shapes.
        program: their queries.
        duties: the duty that each shape tests, and None where it tests none.
    """

    shapes: Graph
    program: Program
    duties: Mapping[Node, str | None]


class Compiled:
    """Runs shapes as SPARQL over whatever is in a view.

    An instance keeps what it has compiled, as the same shapes are run over many views.

    Args:
        oracle: the engine for shapes that are refused; pySHACL by default.
        place_of: tells where a shape is written, for what is refused.
    """

    def __init__(
        self,
        oracle: Engine | None = None,
        place_of: Callable[[Node], Place | None] | None = None,
    ) -> None:
        self._oracle, self._place_of = oracle or PySHACL(), place_of
        self._view: ox.Store | None = None
        self._size = 0
        self._data = ox.Store()
        self._key: object = None
        self._prepared: _Prepared | None = None
        self._narrowed: dict[frozenset[str], Program] = {}

    def run(self, view: ox.Store, duties: Collection[str]) -> Graph:
        """Return the SHACL report; see :meth:`masagraph.assessment.engine.Engine.run`."""
        focus = {quad.subject for quad in view.quads_for_pattern(None, _TYPE, _IN_VIEW)}
        if len(focus) != 1:
            raise EngineError(f"{len(focus)} arrangements are in view, one was expected")
        prepared = self._prepare(view)
        program = self._only(prepared, duties)
        if not program.queries and not program.refused:
            return Graph()
        report = build_report(program.run(self._facts(view, prepared.program)), prepared.shapes)
        if program.refused:
            _merge(report, self._by_oracle(view, duties, prepared, program.refused))
        return report

    def program(self, view: ox.Store) -> Program:
        """Return the queries of all shapes of a view, and the shapes that go to pySHACL."""
        return self._prepare(view).program

    def narrowed(self, view: ox.Store, duties: Collection[str]) -> Program:
        """Return the program of the shapes that test some duties.

        Shapes that test no duty are part of it, unless no shape tests any of these.

        Raises:
            EngineError: when a shape that tests one of them looks at nothing.
        """
        return self._only(self._prepare(view), duties)

    def _only(self, prepared: _Prepared, duties: Collection[str]) -> Program:
        wanted = frozenset(duties)
        if wanted not in self._narrowed:
            tested = {shape for shape, duty in prepared.duties.items() if duty in wanted}
            for shape in tested:
                if (shape, SH.targetClass, MASA.ArrangementInView) not in prepared.shapes:
                    raise EngineError(
                        f"{shape} looks at nothing",
                        "Give it sh:targetClass masa:ArrangementInView.",
                    )
            others = {shape for shape, duty in prepared.duties.items() if duty is None}
            self._narrowed[wanted] = prepared.program.only(tested | others if tested else ())
        return self._narrowed[wanted]

    def _facts(self, view: ox.Store, program: Program) -> ox.Store:
        """Return what a view says that some queries read, as one graph without its shapes."""
        if self._view is not view or self._size != len(view):
            self._view, self._size = view, len(view)
            self._data = facts_of(view, program.reads)
        return self._data

    def _prepare(self, view: ox.Store) -> _Prepared:
        """Compile the shapes of a view, unless they are those of the last one."""
        names = [n for n in view.named_graphs() if _is_shapes(n)]
        triples = frozenset(
            quad.triple for name in names for quad in view.quads_for_pattern(None, None, None, name)
        )
        below = frozenset(
            (quad.subject, quad.object) for quad in view.quads_for_pattern(None, _BELOW, None)
        )
        if self._prepared is None or self._key != (triples, below):
            shapes = Graph()
            for triple in triples:
                shapes.add(
                    (
                        to_rdflib(triple.subject),
                        to_rdflib(triple.predicate),
                        to_rdflib(triple.object),
                    )
                )
            pairs = [(to_rdflib(lower), to_rdflib(upper)) for lower, upper in below]
            program = compile_shapes(shapes, Hierarchy(pairs), self._place_of)
            self._prepared = _Prepared(shapes, program, _duties(shapes))
            self._key, self._narrowed = (triples, below), {}
        return self._prepared

    def _by_oracle(
        self,
        view: ox.Store,
        duties: Collection[str],
        prepared: _Prepared,
        refused: Iterable[Refused],
    ) -> Graph:
        """Return the report of the shapes that have no query."""
        left = {shape.shape for shape in refused}
        reduced = ox.Store()
        for quad in view:
            is_target = quad.predicate.value.startswith(str(SH.target))
            if not is_target or to_rdflib(quad.subject) in left or not _is_shapes(quad.graph_name):
                reduced.add(quad)
        own = {prepared.duties.get(shape) for shape in left} & set(duties)
        return self._oracle.run(reduced, [duty for duty in own if duty])


def _duties(shapes: Graph) -> dict[Node, str | None]:
    """Return the duty that each shape with a target tests, if any."""
    found: dict[Node, str | None] = dict.fromkeys(shapes.subjects(SH.targetClass))
    for predicate in (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        found |= dict.fromkeys(shapes.subjects(predicate))
    return found | {shape: str(duty) for shape, duty in shapes.subject_objects(MASA.tests)}


def facts_of(view: ox.Store, predicates: Collection[str] | None) -> ox.Store:
    """Return the triples of a view with some predicates, or all, as one graph without shapes."""
    wanted = None if predicates is None else {ox.NamedNode(name) for name in predicates}
    said = [
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in view
        if (wanted is None or quad.predicate in wanted)
        and not _starts_with(quad.graph_name, SHAPES)
    ]
    # Oxigraph keeps the order in memory. With what is said of a thing side by side, queries over
    # many arrangements take a sixth less time.
    said.sort(key=lambda quad: str(quad.subject))
    facts = ox.Store()
    facts.bulk_extend(said)
    return facts


def _is_shapes(graph: object) -> bool:
    """Whether a graph holds shapes that test duties, or the components that they use."""
    return _starts_with(graph, SHAPES) and not any(_starts_with(graph, i) for i in INTEGRITY)


def _starts_with(graph: object, start: str) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(start)


def _merge(report: Graph, other: Graph) -> None:
    """Add the results of another report to a report."""
    root = next(report.subjects(RDF.type, SH.ValidationReport))
    for further in list(other.subjects(RDF.type, SH.ValidationReport)):
        for result in list(other.objects(further, SH.result)):
            report.add((root, SH.result, result))
            report.set((root, SH.conforms, Literal(False)))
        other.remove((further, None, None))
    for triple in other:
        report.add(triple)
