"""Names for the blank nodes of SHACL reports, by what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import RDF, SH

from masagraph.vocab import GRAPH

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_CONFORMS = ox.NamedNode(str(SH.conforms))
_TYPE, _REPORT = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SH.ValidationReport))
_TRUE = ox.Literal(True)
_ROOT = ox.NamedNode(str(GRAPH + "report"))
"""Stands for the report while its results are named: they are told apart by themselves."""


def named_alike(triples: Iterable[ox.Triple], graph: str) -> list[ox.Quad]:
    """Return triples as quads of a graph, in which every build names the blank nodes alike.

    A result is named by what it says and not by what stands beside it: when one changes, the
    others keep their names, and a report may be put together of parts.

    Args:
        triples: assertions, and reports, of which several become one.
        graph: the graph's IRI, which becomes part of each name.
    """
    said = list(triples)
    roots = {t.subject for t in said if t.predicate == _TYPE and t.object == _REPORT}
    plain, parts = _apart(_with(t, dict.fromkeys(roots, _ROOT)) for t in said)
    name, prefix = ox.NamedNode(graph), _hash(graph)
    root: dict[Node, Node] = {_ROOT: ox.BlankNode(f"{prefix}report")}
    named, seen = {_with(triple, root) for triple in plain}, dict[str, int]()
    for part in parts:
        alike, text = _canonical(part)
        # Two that say the same stay two.
        seen[text] = seen.get(text, 0) + 1
        own = f"{prefix}{_hash(f'{seen[text]} {text}')}"
        for triple in alike:
            blank = (n for n in (triple.subject, triple.object) if isinstance(n, ox.BlankNode))
            names = {node: ox.BlankNode(f"{own}{node.value}") for node in blank}
            named.add(_with(triple, root | names))
    return sorted((ox.Quad(t.subject, t.predicate, t.object, name) for t in named), key=str)


def _canonical(part: list[ox.Triple]) -> tuple[list[ox.Triple], str]:
    """Return triples with canonical blank nodes, and a text that is the same for all alike."""
    blank = {n for t in part for n in (t.subject, t.object) if isinstance(n, ox.BlankNode)}
    if len(blank) == 1:
        # As RDFC-1.0 names the only one; most results have no other.
        alike = [_with(t, dict.fromkeys(blank, ox.BlankNode("c14n0"))) for t in part]
    else:
        dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in part)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        alike = [quad.triple for quad in dataset]
    return alike, "\n".join(sorted(map(str, alike)))


def as_one(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Return the quads of one graph, in which parts of a report stand that are named alike.

    The report does not conform when a part of it does not.
    """
    quads = list(quads)
    said = {quad for quad in quads if quad.predicate == _CONFORMS}
    doubtful = {quad for quad in said if len(said) > 1 and quad.object == _TRUE}
    return [quad for quad in quads if quad not in doubtful]


def _apart(triples: Iterable[ox.Triple]) -> tuple[list[ox.Triple], list[list[ox.Triple]]]:
    """Return the triples without a blank node, and parts of which no two share one."""
    part_of: dict[Node, list[ox.Triple]] = {}
    plain: list[ox.Triple] = []
    for triple in triples:
        nodes = [n for n in (triple.subject, triple.object) if isinstance(n, ox.BlankNode)]
        if not nodes:
            plain.append(triple)
            continue
        touched = {id(part): part for node in nodes if (part := part_of.get(node)) is not None}
        into, *others = sorted(touched.values(), key=len, reverse=True) or [[]]
        for other in others:
            into += other
            for t in other:
                part_of |= {n: into for n in (t.subject, t.object) if n in part_of}
        into.append(triple)
        part_of |= dict.fromkeys(nodes, into)
    return plain, list({id(part): part for part in part_of.values()}.values())


def _with(triple: ox.Triple, names: dict[Node, Node]) -> ox.Triple:
    """Return a triple with other names for some nodes."""
    if triple.subject not in names and triple.object not in names:
        return triple
    subject = names.get(triple.subject, triple.subject)
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)
    return ox.Triple(subject, triple.predicate, names.get(triple.object, triple.object))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
