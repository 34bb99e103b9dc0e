"""Shapes are run over what the graphs of a view say together, each triple once."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from masagraph.assessment.engine import SHAPES
from masagraph.assessment.national import Layer
from masagraph.assessment.national_reports import run_over
from masagraph.shacl.compiler.program import compile_shapes

PREFIXES = """
    PREFIX ex: <http://example.org/> PREFIX masa: <https://w3id.org/masagraph/ns#>
    PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
SHAPES_TEXT = (
    PREFIXES
    + """
    ex:declared sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
    ex:above a sh:NodeShape ; sh:targetClass masa:ArrangementInView ; sh:sparql [
        sh:prefixes ex:declared ;
        sh:select '''SELECT $this (SUM(?amount) AS ?value) WHERE {
            $this ex:gives ?gift . ?gift a ex:Gift ; ex:amount ?amount ; ex:limit ?limit . }
            GROUP BY $this ?limit HAVING ( SUM(?amount) > ?limit )''' ] .
    ex:named a sh:NodeShape ; sh:targetClass masa:ArrangementInView ;
        sh:property [ sh:path ex:name ; sh:minCount 1 ] .
"""
)
FACTS = """
    ex:a a masa:ArrangementInView ; ex:gives ex:gift .
    ex:gift a ex:Gift ; ex:amount 6 ; ex:limit 10 .
"""


def found(*graphs: str, shapes: str = "") -> list[str]:
    """What is found in some graphs, which all stand in one store."""
    store = ox.Store()
    texts = {f"http://example.org/graph/{n}": text for n, text in enumerate(graphs)}
    for name, text in {**texts, f"{SHAPES}these": shapes}.items():
        for t in ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE):
            store.add(ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(name)))
    before = set(store)
    program = compile_shapes(Graph().parse(data=SHAPES_TEXT, format="turtle"))
    assert not program.refused
    asked = {ox.NamedNode("http://example.org/duty"): "edition"}
    reports = run_over(program, Layer(("http://example.org/a",), store), asked)
    assert set(store) == before
    (results,) = reports.results.values()
    return sorted(str(result.instance.root).rsplit("/", 1)[1] for result in results)


def test_a_triple_of_two_graphs_counts_once() -> None:
    assert found(FACTS, FACTS) == ["named"]
    assert found(FACTS, FACTS + "ex:a ex:gives ex:more . ex:more a ex:Gift ; "
                 "ex:amount 5 ; ex:limit 10 .") == ["above", "named"]  # fmt: skip


def test_facts_of_several_graphs_are_seen_together() -> None:
    assert found("ex:a a masa:ArrangementInView .", "ex:a ex:name 'a' .") == []


def test_what_shapes_say_is_no_fact() -> None:
    assert found(FACTS, shapes="ex:a ex:name 'a' .") == ["named"]
