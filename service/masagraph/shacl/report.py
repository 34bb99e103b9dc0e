"""What compiled shapes find, as a SHACL validation report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from masagraph.shacl.compiler.model import Authored
from masagraph.shacl.compiler.program import Result
from masagraph.shacl.terms import to_rdflib

_IN_MESSAGE = re.compile(r"\{[?$](\w+)\}")


def build_report(results: Iterable[Result], shapes: Graph) -> Graph:
    """Return results as a SHACL validation report, as pySHACL writes it.

    Args:
        results: what was found.
        shapes: the shapes, which describe the paths that results name.
    """
    report, root = Graph("SimpleMemory"), BNode()
    report.add((root, RDF.type, SH.ValidationReport))
    conforms = True
    for result in results:
        conforms = False
        node = BNode()
        report.add((root, SH.result, node))
        for predicate, value in _described(result, shapes, report):
            report.add((node, predicate, value))
    report.add((root, SH.conforms, Literal(conforms)))
    return report


def _described(result: Result, shapes: Graph, report: Graph) -> Iterator[tuple[URIRef, Node]]:
    """Yield what a report says of a result."""
    shape, constraint = result.instance.shape, result.instance.constraint
    yield RDF.type, SH.ValidationResult
    yield SH.focusNode, to_rdflib(result.focus)
    yield SH.sourceShape, _copied(shape.node, shapes, report)
    yield SH.sourceConstraintComponent, constraint.component
    yield SH.resultSeverity, shape.severity
    if result.value is not None:
        yield SH.value, to_rdflib(result.value)
    if result.path is not None:
        yield SH.resultPath, to_rdflib(result.path)
    elif shape.path is not None:
        yield SH.resultPath, _copied(shape.path.node, shapes, report)
    if isinstance(constraint, Authored) and constraint.source is not None:
        yield SH.sourceConstraint, _copied(constraint.source, shapes, report)
        for message in (*shape.messages, *constraint.messages):
            # pySHACL fills in what the row binds, and loses the language.
            yield SH.resultMessage, Literal(_filled(str(message), result))
        return
    for message in shape.messages:
        yield SH.resultMessage, message
    if isinstance(constraint, Authored):
        for message in constraint.messages:
            yield SH.resultMessage, Literal(_filled(str(message), result), lang=message.language)


def _filled(message: str, result: Result) -> str:
    """Put what a row binds, and the parameters, in the place of ``{?name}``."""
    constraint = result.instance.constraint
    known = {name: str(to_rdflib(term)) for name, term in result.told.items()}
    if isinstance(constraint, Authored):
        known |= {name: str(term) for name, term in constraint.parameters}
    return _IN_MESSAGE.sub(lambda match: known.get(match[1], match[0]), message)


def _copied(node: Node, source: Graph, into: Graph) -> Node:
    """Copy what describes a blank node, unless that was done before; return the node."""
    if isinstance(node, BNode) and (node, None, None) not in into:
        for predicate, value in source.predicate_objects(node):
            into.add((node, predicate, value))
            _copied(value, source, into)
    return node
