"""The rules of inference add what owlrl adds, by the axioms there are and by any new one."""

from __future__ import annotations

from datetime import date
from random import Random

import pyoxigraph as ox
import pytest
from owl_oracle import infer_by_owlrl, infer_by_rules
from rdflib import OWL, Graph
from rdflib.collection import Collection

from generated import document, frame, random_plan
from masagraph.assessment.names import Area, find_area, list_areas
from masagraph.assessment.view import INFERRED, SHOWN, View, build_view
from masagraph.dataset.files import RdfFile
from masagraph.dataset.rules import apply
from masagraph.resources import find_resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.vocab import GRAPH, MASA, local_name

REAL = ["brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex"]
DAYS = [date(2021, 12, 1), date(2024, 6, 1), date(2026, 11, 22)]

AXIOMS = f"""
    @prefix masa: <{MASA}> .
    @prefix owl: <{OWL}> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix : <https://example.org/> .
"""
NEW = {
    "kinds": "masa:A rdfs:subClassOf masa:B . masa:B rdfs:subClassOf masa:C . :x a masa:A .",
    "relations": """masa:p rdfs:subPropertyOf masa:q . masa:q rdfs:subPropertyOf masa:r .
        :x masa:p :y , [ ] .""",
    "a circle": """masa:p rdfs:subPropertyOf masa:q . masa:q rdfs:subPropertyOf masa:p .
        :x masa:p :y .""",
    "an inverse": "masa:p owl:inverseOf masa:q . :x masa:p :y . :y masa:q :z .",
    "its own inverse": "masa:p a owl:SymmetricProperty . :x masa:p :y , :x .",
    "upwards": """masa:p a owl:TransitiveProperty .
        :a masa:p :b . :b masa:p :c . :c masa:p :d . :d masa:p :e . :e masa:p :b .""",
    "a chain of two": """masa:p owl:propertyChainAxiom ( masa:q masa:r ) , ( masa:p masa:r ) .
        :x masa:q :y . :y masa:r :z . :z masa:r :w .""",
    "a chain of three": """masa:p owl:propertyChainAxiom ( masa:q masa:r masa:s ) .
        :x masa:q :y . :y masa:r :z . :z masa:s :w .""",
    "each feeding the next": """masa:p rdfs:subPropertyOf masa:q . masa:q a owl:TransitiveProperty .
        masa:q owl:inverseOf masa:r . masa:s owl:propertyChainAxiom ( masa:r masa:t ) .
        :a masa:p :b . :b masa:p :c . :a masa:t :z .""",
}  # fmt: skip


FOREIGN = """:p rdfs:subPropertyOf masa:q . masa:q rdfs:subPropertyOf :r .
    masa:A rdfs:subClassOf :B . :B rdfs:subClassOf masa:C . :x :p :y ; masa:q :z ; a masa:A ."""
"""Axioms that relate our terms to those of others."""


def before_inference(view: View) -> ox.Store:
    """A view as it is when inference begins."""
    work = ox.Store()
    late = {ox.NamedNode(INFERRED), ox.NamedNode(SHOWN)}
    work.bulk_extend(quad for quad in view.store if quad.graph_name not in late)
    apply(work, find_resources().queries("rules/view"), INFERRED)
    return work


def assert_same(work: ox.Store) -> int:
    """Check that rules and owlrl add the same; return how much that is."""
    by_rules = infer_by_rules(work)
    assert set(by_rules) == set(infer_by_owlrl(work))
    assert len(by_rules) == len(set(by_rules))
    return len(by_rules)


@pytest.mark.parametrize("day", DAYS, ids=str)
@pytest.mark.parametrize("slug", REAL)
def test_over_a_real_arrangement(
    store: EmbeddedStore, areas: list[Area], slug: str, day: date
) -> None:
    view = build_view(store, find_area(areas, slug), day)
    assert bool(assert_same(before_inference(view))) == bool(view.documents)


@pytest.mark.parametrize("number", range(3))
def test_over_a_generated_arrangement(law: list[RdfFile], number: int) -> None:
    work, duties = ox.Store(), set()
    for file in law:
        if not file.graph.startswith(f"{GRAPH}register/"):
            work.extend(file.quads())
    for quad in work.quads_for_pattern(None, ox.NamedNode(MASA.tests), None):
        duties.add(local_name(quad.object.value))
    plan = random_plan(Random(number), "area", sorted(duties))  # noqa: S311
    for part, text in (("frame", frame(plan)), ("document", document(plan))):
        name = ox.NamedNode(f"{GRAPH}areas/area/{part}")
        for t in ox.parse(text, format=ox.RdfFormat.TURTLE):
            work.add(ox.Quad(t.subject, t.predicate, t.object, name))
    (area,) = list_areas(EmbeddedStore(work))
    assert assert_same(before_inference(build_view(EmbeddedStore(work), area, DAYS[-1]))) > 50


def store_of(text: str) -> ox.Store:
    """A store with some axioms and facts."""
    work, name = ox.Store(), ox.NamedNode(f"{GRAPH}test")
    for t in ox.parse(AXIOMS + text, format=ox.RdfFormat.TURTLE):
        work.add(ox.Quad(t.subject, t.predicate, t.object, name))
    return work


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NEW.items()])
def test_a_new_axiom_needs_no_new_rule(text: str) -> None:
    work = store_of(text)
    before = set(work)
    assert assert_same(work) > 0
    assert set(work) == before


def test_nothing_follows_in_the_terms_of_others() -> None:
    assert assert_same(store_of(FOREIGN)) == 0


def test_no_chain_is_longer_than_the_rules_know() -> None:
    ontology = Graph()
    for path in find_resources().folder("ontology").rglob("*.ttl"):
        ontology.parse(path)
    chains = [Collection(ontology, head) for head in ontology.objects(None, OWL.propertyChainAxiom)]
    assert chains
    assert {len(chain) for chain in chains} <= {2, 3}
