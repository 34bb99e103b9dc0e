"""Hashes of what decides how each duty is tested, by which a kept finding is known to be stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rdflib import RDF, SH

from masagraph.assessment.engine import INTEGRITY, SHAPES
from masagraph.dataset.files import RdfFile
from masagraph.vocab import MASA

_TYPE = ox.NamedNode(str(RDF.type))
_COMPONENT = ox.NamedNode(str(SH.ConstraintComponent))
_TESTS = ox.NamedNode(MASA.tests)
_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def shape_keys(files: Iterable[RdfFile]) -> tuple[dict[str, str], str]:
    """Return a hash for each duty of the shapes that test it, and one of all that they share.

    A duty's hash is of its shapes and of whatever these lead to. What no shape of a duty leads
    to may bear on each, so that is in the other; with it constraint components, which no shape
    names, and whatever these lead to.

    Args:
        files: the dataset's; only the shapes among them are read, without those of integrity.

    Returns:
        the hashes by IRI of the duty, and the hash of what is shared.
    """
    said: dict[_Node, list[ox.Triple]] = {}
    for file in files:
        if file.graph.startswith(SHAPES) and not file.graph.startswith(INTEGRITY):
            for triple in file.triples:
                said.setdefault(triple.subject, []).append(triple)
    roots: dict[str, list[_Node]] = {}
    for triples in said.values():
        for triple in triples:
            if triple.predicate == _TESTS and isinstance(triple.object, ox.NamedNode):
                roots.setdefault(triple.object.value, []).append(triple.subject)
    reached: set[_Node] = set()
    keys = {}
    for duty, shapes in roots.items():
        nodes = _reach(said, shapes)
        reached |= nodes
        keys[duty] = _hash(triple for node in nodes for triple in said[node])
    shared = {node for node in said if node not in reached}
    shared |= _reach(said, (node for node in said if _is_component(said[node])))
    return keys, _hash(triple for node in shared for triple in said[node])


def _is_component(triples: Iterable[ox.Triple]) -> bool:
    return any(triple.predicate == _TYPE and triple.object == _COMPONENT for triple in triples)


def _reach(said: Mapping[_Node, list[ox.Triple]], start: Iterable[_Node]) -> set[_Node]:
    """Return some nodes and those to which they lead."""
    found: set[_Node] = set()
    todo = list(start)
    while todo:
        node = todo.pop()
        if node in said and node not in found:
            found.add(node)
            todo += (triple.object for triple in said[node])
    return found


def _hash(triples: Iterable[ox.Triple]) -> str:
    """Return a hash that does not hang on how a file names its blank nodes."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()[:16]
