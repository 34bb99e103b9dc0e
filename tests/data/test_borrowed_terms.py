"""Terms of other vocabularies are used as those vocabularies define them.

``borrowed-terms.csv`` lists every term that may be used. Each row was looked up in the file of its
vocabulary. Where rdflib carries a vocabulary's names the rows are compared with those here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS
from rdflib.namespace import DefinedNamespaceMeta

from masagraph.dataset.assemble import Assembled
from masagraph.vocab import MASA

with (Path(__file__).parent / "borrowed-terms.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))
KINDS = {row["iri"]: row["kind"] for row in ROWS}

CARRIED: tuple[DefinedNamespaceMeta, ...] = (
    *(rdflib.DCTERMS, rdflib.FOAF, rdflib.ORG, rdflib.PROV),
    *(rdflib.SDO, rdflib.SKOS, rdflib.VANN),
)
LANGUAGES: tuple[DefinedNamespaceMeta, ...] = (RDF, RDFS, OWL, rdflib.SH, rdflib.XSD)
"""These are checked by what reads them: every term must be one that rdflib knows."""

CLASS_POSITIONS = {str(RDF.type), str(RDFS.subClassOf), str(RDFS.domain), str(RDFS.range)}
OURS = "https://w3id.org/masagraph/"


def uses(assembled: Assembled) -> Iterator[tuple[str, str]]:
    """Every term of another vocabulary with the way in which it is used."""
    for quad in assembled.store:
        predicate, value = quad.predicate.value, quad.object
        if not predicate.startswith(OURS):
            yield predicate, "property"
        if isinstance(value, ox.NamedNode) and not value.value.startswith(OURS):
            if predicate in CLASS_POSITIONS:
                yield value.value, "class"
            elif value.value in KINDS:
                yield value.value, "value"


def language_of(iri: str) -> DefinedNamespaceMeta | None:
    return next((space for space in LANGUAGES if iri.startswith(str(space))), None)


def test_no_term_is_borrowed_that_was_not_looked_up(assembled: Assembled) -> None:
    terms = {term for term, _ in uses(assembled)}
    assert {t for t in terms if language_of(t) is None} <= set(KINDS)
    assert len(terms & set(KINDS)) > 40


def test_a_borrowed_term_is_used_as_what_it_is(assembled: Assembled) -> None:
    wrong = {
        (term, use)
        for term, use in uses(assembled)
        if term in KINDS and use in ("class", "property") and KINDS[term] != use
    }
    assert wrong == set()


def test_terms_of_the_languages_exist(assembled: Assembled) -> None:
    unknown = set()
    for term, _ in uses(assembled):
        space = language_of(term)
        if space is None or term.startswith(f"{RDF}_"):
            continue
        if term.removeprefix(str(space)) not in space:
            unknown.add(term)
    assert unknown == set()


@pytest.mark.parametrize("row", [pytest.param(row, id=row["iri"]) for row in ROWS])
def test_a_row_names_a_term_that_exists(row: dict[str, str]) -> None:
    assert row["kind"] in ("class", "property", "individual")
    assert row["vocabulary"]
    for space in CARRIED:
        name = row["iri"].removeprefix(str(space))
        if name != row["iri"]:
            assert name in space
            assert name[:1].isupper() == (row["kind"] != "property")


def test_no_axiom_of_another_vocabulary_is_loaded(assembled: Assembled) -> None:
    """ORG's axioms, for one, would turn every post into a person."""
    axioms = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf)
    subjects = {
        quad.subject.value
        for axiom in axioms
        for quad in assembled.store.quads_for_pattern(None, ox.NamedNode(str(axiom)), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert {s for s in subjects if not s.startswith(str(MASA))} == set()
