"""What pySHACL finds and what compiled queries find, in one form in which they can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
from pyshacl import validate
from rdflib import RDFS, SH, BNode, Graph, Literal
from rdflib.term import Node

from masagraph.assessment.engine import _PreparedGraph
from masagraph.shacl.compiler.hierarchy import Hierarchy
from masagraph.shacl.compiler.program import Program, Result, Term, compile_shapes
from masagraph.shacl.compiler.terms import to_oxigraph
from masagraph.shacl.terms import to_rdflib


@dataclass(frozen=True)
class Found:
    """A fault, as far as two engines must agree on it."""

    focus: str
    shape: str
    component: str
    value: str | None = None
    path: str | None = None


def text_of(node: Node | None) -> str | None:
    """A term as text; literals as Oxigraph keeps them, blank nodes by their labels."""
    if node is None:
        return None
    return _as_kept(node) if isinstance(node, Literal) else str(node)


def _text(term: Term | None) -> str | None:
    """A term of Oxigraph as :func:`text_of` writes it."""
    if term is None:
        return None
    return str(term) if isinstance(term, ox.Literal) else term.value


@cache
def _as_kept(literal: Literal) -> str:
    """A literal as Oxigraph keeps it: numbers lose zeros that mean nothing."""
    store, some = ox.Store(), ox.NamedNode("urn:some")
    store.add(ox.Quad(some, some, to_oxigraph(literal)))
    (quad,) = store
    return str(quad.object)


def store_of(graph: Graph) -> ox.Store:
    """A graph as a store with one graph, blank nodes under the same labels."""
    store = ox.Store()
    for s, p, o in graph:
        subject, predicate = to_oxigraph(s), to_oxigraph(p)
        assert not isinstance(subject, ox.Literal)
        assert isinstance(predicate, ox.NamedNode)
        store.add(ox.Quad(subject, predicate, to_oxigraph(o)))
    return store


def compiled_program(shapes: Graph, data: Graph) -> Program:
    """The queries of some shapes, with the classes of the data."""
    return compile_shapes(shapes, Hierarchy(data.subject_objects(RDFS.subClassOf)))


def found_by_queries(results: Iterable[Result]) -> set[Found]:
    """What compiled queries found."""
    found = set()
    for result in results:
        shape, constraint = result.instance.shape, result.instance.constraint
        path = shape.path.node if shape.path else None
        if result.path is not None:
            path = to_rdflib(result.path)
        found.add(
            Found(
                _text(result.focus) or "",
                shape_text(shape.node),
                str(constraint.component),
                _text(result.value),
                path_text(path),
            )
        )
    return found


def found_in_report(report: Graph) -> set[Found]:
    """What a report says was found."""
    return {
        Found(
            text_of(report.value(result, SH.focusNode)) or "",
            shape_text(report.value(result, SH.sourceShape)),
            str(report.value(result, SH.sourceConstraintComponent)),
            text_of(report.value(result, SH.value)),
            path_text(report.value(result, SH.resultPath)),
        )
        for result in report.objects(None, SH.result)
    }


def found_by_pyshacl(shapes: Graph, data: Graph) -> set[Found]:
    """What pySHACL finds.

    Raises:
        ValueError: when pySHACL fails, or returns a failure.
    """
    # Copies: validate() adds triples to the graphs it is given.
    copied = _PreparedGraph() + data
    _, report, text = validate(copied, shacl_graph=Graph() + shapes, inplace=True)
    if not isinstance(report, Graph):
        raise ValueError(text)
    return found_in_report(report)


def shape_text(node: Node | None) -> str:
    """A shape by its name; one without a name has none that two engines would share."""
    return "a nameless shape" if isinstance(node, BNode) else str(node)


def path_text(node: Node | None) -> str | None:
    """A path, if it is one property."""
    return "a path" if isinstance(node, BNode) else text_of(node)


def canonical(report: Graph) -> list[str]:
    """A report as sorted lines, the same whatever its blank nodes are called."""
    triples = ox.parse(report.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))
