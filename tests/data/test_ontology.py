"""Every term is defined for a reader: what it is called, what it means, where it is defined."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from masagraph.dataset.assemble import Assembled
from masagraph.resources import find_resources
from masagraph.vocab import MASA, local_name

FILES = sorted(find_resources().folder("ontology").rglob("*.ttl"))


@cache
def ontology() -> Graph:
    graph = Graph()
    for path in FILES:
        graph.parse(path)
    return graph


def terms() -> list[URIRef]:
    found = set(ontology().subjects())
    return sorted(t for t in found if isinstance(t, URIRef) and str(t).startswith(str(MASA)))


def english(term: URIRef, predicate: URIRef) -> list[str]:
    words = ontology().objects(term, predicate)
    return [str(w) for w in words if isinstance(w, Literal) and w.language == "en"]


def test_there_are_terms() -> None:
    assert len(terms()) > 150


@pytest.mark.parametrize("term", [pytest.param(t, id=local_name(t)) for t in terms()])
def test_a_term_has_a_label_a_definition_and_a_home(term: URIRef) -> None:
    assert len(english(term, SKOS.prefLabel)) == 1
    assert len(english(term, SKOS.definition)) == 1
    homes = list(ontology().objects(term, RDFS.isDefinedBy))
    assert len(homes) == 1
    assert (homes[0], RDF.type, OWL.Ontology) in ontology()
    assert (term, RDF.type, None) in ontology()


def test_no_two_terms_have_one_definition() -> None:
    """A definition that fits two terms defines neither."""
    seen: dict[str, str] = {}
    for term in terms():
        (definition,) = english(term, SKOS.definition)
        assert definition not in seen, f"{local_name(term)} and {seen[definition]}"
        seen[definition] = local_name(term)


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in FILES])
def test_a_file_is_one_ontology_or_scheme_with_a_licence(path: Path) -> None:
    graph = Graph().parse(path)
    (home,) = graph.subjects(RDF.type, OWL.Ontology)
    dcterms = "http://purl.org/dc/terms/"
    for name in ("title", "description", "license", "modified"):
        assert graph.value(home, URIRef(dcterms + name)), name


def test_no_term_carries_a_version() -> None:
    assert [t for t in terms() if re.search(r"(?:19|20)\d\d|v\d", local_name(t))] == []


def test_every_term_that_is_used_is_defined(assembled: Assembled) -> None:
    """Reading the data checks it too; this says it of what was read."""
    defined = {str(t) for t in terms()}
    components = {str(q.subject.value) for q in assembled.store if "/shapes/" in q.graph_name.value}
    used = {
        quad.predicate.value
        for quad in assembled.store
        if quad.predicate.value.startswith(str(MASA))
    }
    assert used <= defined | components
    assert len(used) > 60


def test_the_outcomes_are_in_one_order() -> None:
    outcomes = {t: ontology().value(t, MASA.precedence) for t in terms()}
    ranks = sorted(int(str(rank)) for rank in outcomes.values() if rank is not None)
    assert ranks == list(range(1, 12))
