"""Reasoning over the ontology and the data finds no contradiction, and would find one."""

from __future__ import annotations

import io
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from masagraph.resources import Resources, find_resources
from masagraph.vocab import MASA

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""With this owlrl tells a contradiction; it raises nothing."""

AXIOMS = {
    *(RDF.type, RDF.first, RDF.rest),
    *(RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf),
    *(OWL.inverseOf, OWL.disjointWith, OWL.members, OWL.propertyChainAxiom),
}
FILES = sorted(find_resources().folder("ontology").rglob("*.ttl"))

PREFIXES = """
    @prefix masa: <https://w3id.org/masagraph/ns#> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix : <https://example.org/> .
"""
CLASHES = {
    "an organisation for its slot": ":a masa:forSlot :b . :b a masa:LocalAuthority .",
    "a document for the arrangement": ":a masa:inArrangement :b . :b a masa:SourceDocument .",
    "a statement for a holder": ":a masa:holder :b . :b a masa:Statement .",
    "a line for a statement": ":a masa:evidences :b ; a masa:ReportingLine .",
    "a board that is a commissioning group": (
        ":a a masa:IntegratedCareBoard , masa:ClinicalCommissioningGroup ."
    ),
    "a partnership that is an agency": ":a a masa:Partnership , masa:PoliceForce .",
    "a body that succeeds itself": ":a masa:succeededBy :a .",
    "two bodies that succeed each other": ":a masa:succeededBy :b . :b masa:succeededBy :a .",
    "two documents that replace each other": ":a masa:supersedes :b . :b masa:supersedes :a .",
    "two duties carried into each other": ":a masa:carriedInto :b . :b masa:carriedInto :a .",
}


def ontology_axioms() -> Graph:
    """What a reasoner acts on: no labels, no other vocabulary's axioms."""
    whole = Graph()
    for path in FILES:
        whole.parse(path)
    axioms = Graph()
    for triple in whole:
        if triple[1] in AXIOMS:
            axioms.add(triple)
    return axioms


def contradictions(graph: Graph) -> list[str]:
    """Reason over a graph; what owlrl says is wrong with it."""
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(graph)
    return sorted(str(message) for message in graph.objects(None, ERROR))


def facts(resources: Resources) -> Graph:
    """All data that are about things: no literals, as no axiom acts on them."""
    graph = Graph()
    for path in sorted(resources.folder("data").rglob("*.ttl")):
        for triple in Graph().parse(path):
            if triple[1] == RDF.type or (
                str(triple[1]).startswith(str(MASA)) and not isinstance(triple[2], Literal)
            ):
                graph.add(triple)
    return graph


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in FILES])
def test_every_module_loads_in_both_stores_alike(path: Path) -> None:
    text = path.read_bytes()
    in_rdflib = Graph().parse(data=text, format="turtle")
    in_oxigraph = list(ox.parse(io.BytesIO(text), format=ox.RdfFormat.TURTLE))
    assert len(in_oxigraph) == len(in_rdflib) > 0


def test_the_ontology_contradicts_itself_nowhere() -> None:
    axioms = ontology_axioms()
    before = len(axioms)
    assert contradictions(axioms) == []
    assert len(axioms) > before


def test_the_data_contradict_the_ontology_nowhere(resources: Resources) -> None:
    data = facts(resources)
    assert len(data) > 5000
    assert contradictions(ontology_axioms() + data) == []


@pytest.mark.parametrize("clash", [pytest.param(t, id=name) for name, t in CLASHES.items()])
def test_a_contradiction_would_be_seen(clash: str) -> None:
    wrong = Graph().parse(data=PREFIXES + clash, format="turtle")
    assert contradictions(ontology_axioms() + wrong) != []
