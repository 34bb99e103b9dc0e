"""What rules and owlrl add to a view by the axioms: owlrl is the truth rules must match."""

from __future__ import annotations

from collections.abc import Iterator

import owlrl
import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, BNode, Graph
from rdflib.collection import Collection
from rdflib.term import Node

from masagraph.assessment.inference import conclude
from masagraph.shacl.terms import to_rdflib
from masagraph.vocab import GRAPH, MASA

_ASIDE = str(GRAPH + "view/aside")
_CHARACTERISTICS = (OWL.TransitiveProperty, OWL.SymmetricProperty)


def infer_by_rules(source: ox.Store) -> list[ox.Triple]:
    """Return what the rules add to a store, and leave the store as it is."""
    added = conclude(source, _ASIDE)
    source.remove_graph(ox.NamedNode(_ASIDE))
    return added


def infer_by_owlrl(source: ox.Store) -> list[ox.Triple]:
    """Return what OWL 2 RL adds to a view, in our own terms only.

    Only the axioms about our terms and the statements they can act on are given to owlrl:
    it is slow, and most of what it would add (``owl:sameAs`` of everything with itself) is
    of no use.
    """
    graph = axioms(source)
    properties = _acted_on(graph)
    classes = {node for pair in graph.subject_objects(RDFS.subClassOf) for node in pair}
    for predicate in properties:
        for triple in _triples(source, predicate):
            graph.add(triple)
    for triple in _triples(source, RDF.type):
        if triple[2] in classes:
            graph.add(triple)
    given = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return [_to_oxigraph(t) for t in graph if t not in given and _is_ours(t)]


def axioms(source: ox.Store) -> Graph:
    """Return the axioms of a store that relate our own terms to one another."""
    graph = Graph()
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf):
        for triple in _triples(source, predicate):
            if all(str(node).startswith(str(MASA)) for node in (triple[0], triple[2])):
                graph.add(triple)
    for triple in _triples(source, RDF.type):
        if triple[2] in _CHARACTERISTICS:
            graph.add(triple)
    lists = Graph()
    for predicate in (RDF.first, RDF.rest):
        for triple in _triples(source, predicate):
            lists.add(triple)
    for head, _, chain in _triples(source, OWL.propertyChainAxiom):
        graph.add((head, OWL.propertyChainAxiom, chain))
        for triple in lists.cbd(chain) if isinstance(chain, BNode) else ():
            graph.add(triple)
    return graph


def _acted_on(graph: Graph) -> set[Node]:
    """Return the properties whose statements some axiom can act on."""
    properties: set[Node] = set()
    for kind in _CHARACTERISTICS:
        properties |= set(graph.subjects(RDF.type, kind))
    for predicate in (RDFS.subPropertyOf, OWL.inverseOf):
        for subject, value in graph.subject_objects(predicate):
            properties |= {subject, value}
    for head, chain in graph.subject_objects(OWL.propertyChainAxiom):
        properties |= {head, *Collection(graph, chain)}
    return properties


def _is_ours(triple: tuple[Node, Node, Node]) -> bool:
    _, predicate, value = triple
    if predicate == RDF.type:
        return str(value).startswith(str(MASA))
    return str(predicate).startswith(str(MASA))


def _triples(source: ox.Store, predicate: Node) -> Iterator[tuple[Node, Node, Node]]:
    for quad in source.quads_for_pattern(None, ox.NamedNode(str(predicate)), None):
        triple = quad.triple
        yield (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))


def _to_oxigraph(triple: tuple[Node, Node, Node]) -> ox.Triple:
    subject, value = (
        ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))
        for node in (triple[0], triple[2])
    )
    return ox.Triple(subject, ox.NamedNode(str(triple[1])), value)
