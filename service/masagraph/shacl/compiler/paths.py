"""Property paths of SHACL as paths of SPARQL."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from masagraph.shacl.compiler.model import Path
from masagraph.shacl.compiler.refusal import Refusal

_REPEATED: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
_ROUNDS = 25
"""How deep a path may be: a path that is part of itself would have no end."""


def read_path(graph: Graph, node: Node, write: Callable[[Node], str]) -> Path:
    """Read a path.

    Args:
        graph: the shapes.
        node: the value of ``sh:path``.
        write: writes an IRI as SPARQL.

    Raises:
        Refusal: when it is no path.
    """
    text, may_stay = _read(graph, node, write, _ROUNDS)
    return Path(node, text, may_stay, node if isinstance(node, URIRef) else None)


def _read(graph: Graph, node: Node, write: Callable[[Node], str], left: int) -> tuple[str, bool]:
    """Return the text of a path, in brackets unless it is one step, and if it may stay."""
    if not left:
        raise Refusal("the property path is too deep")
    if isinstance(node, URIRef):
        return write(node), False
    if not isinstance(node, BNode):
        raise Refusal(f"{node} is no property path")
    if (node, RDF.first, None) in graph:
        parts = [_read(graph, part, write, left - 1) for part in Collection(graph, node)]
        return _joined([text for text, _ in parts], "/"), all(stays for _, stays in parts)
    kinds = [(p, o) for p, o in graph.predicate_objects(node) if str(p).startswith(str(SH))]
    if len(kinds) != 1:
        raise Refusal("the property path is not well-formed")
    ((kind, value),) = kinds
    if kind == SH.alternativePath:
        parts = [_read(graph, part, write, left - 1) for part in Collection(graph, value)]
        return _joined([text for text, _ in parts], "|"), any(stays for _, stays in parts)
    text, may_stay = _read(graph, value, write, left - 1)
    if kind == SH.inversePath:
        return f"(^{text})", may_stay
    if kind in _REPEATED:
        return f"({text}{_REPEATED[kind]})", may_stay or kind != SH.oneOrMorePath
    raise Refusal(f"the property path {kind} is not known")


def _joined(parts: list[str], by: str) -> str:
    if not parts:
        raise Refusal("a list in the property path is empty")
    return f"({by.join(parts)})"
