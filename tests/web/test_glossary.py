"""The words that pages use are told on one page, as the ontology says them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import textstat
from rdflib import RDFS, SKOS, Graph, URIRef

from masagraph.dataset.assemble import Assembled
from masagraph.resources import Resources
from masagraph.vocab import local_name

if TYPE_CHECKING:
    from tests.web.conftest import Get, Page

TEMPLATES = Path(__file__).parents[2] / "service" / "masagraph" / "web" / "templates"
SCHEME = URIRef("https://w3id.org/masagraph/id/concept/term")
LONGEST = 45
"""Words of a definition with its note: who needs more needs a page."""


@pytest.fixture(scope="module")
def words(resources: Resources) -> Graph:
    """The glossary of the ontology."""
    return Graph().parse(resources.folder("ontology") / "concepts" / "glossary.ttl")


@pytest.fixture(scope="module")
def page(get: Get) -> Page:
    return get("/glossary")


def names(words: Graph) -> set[str]:
    return {local_name(str(term)) for term in words.subjects(SKOS.inScheme, SCHEME)}


def test_each_word_is_told_once_with_what_it_means(page: Page, words: Graph) -> None:
    (listed,) = (each for each in page.root.all("dl") if "glossary" in each.attributes["class"])
    heads, bodies = listed.all("dt"), listed.all("dd")
    assert sorted(head.attributes["id"] for head in heads) == sorted(names(words))
    for head, body in zip(heads, bodies, strict=True):
        term = URIRef(f"{SCHEME}/{head.attributes['id']}")
        assert head.text.casefold().startswith(str(words.value(term, SKOS.prefLabel)).casefold())
        assert body.text.startswith(str(words.value(term, SKOS.definition)))
        assert all(f"({short})" in head.text for short in words.objects(term, SKOS.altLabel))
        assert len(body.all("a")) == len(set(words.objects(term, RDFS.seeAlso)))


def test_words_stand_in_the_order_of_the_alphabet(page: Page) -> None:
    heads = [head.text.casefold() for head in page.root.all("dt")]
    assert heads == sorted(heads)


def test_a_word_is_explained_in_few_plain_words(words: Graph) -> None:
    terms = set(words.subjects(SKOS.inScheme, SCHEME))
    assert len(terms) > 30
    texts = {
        str(words.value(term, SKOS.prefLabel)): " ".join(
            str(text)
            for each in (SKOS.definition, SKOS.scopeNote)
            for text in words.objects(term, each)
        )
        for term in terms
    }
    assert {name: text for name, text in texts.items() if len(text.split()) > LONGEST} == {}
    assert textstat.flesch_kincaid_grade(" ".join(texts.values())) <= 9
    assert not re.search(r"complian|rank(?:ed|ing)", " ".join(texts.values()), re.I)


def test_abbreviations_stand_for_one_thing(words: Graph) -> None:
    shorts = [str(short) for short in words.objects(None, SKOS.altLabel)]
    assert {"MASA", "LSP", "DSP", "ICB", "EARL", "SHACL"} <= set(shorts)
    assert len(shorts) == len(set(shorts))


def test_what_a_word_leads_to_is_a_term(words: Graph, assembled: Assembled) -> None:
    for term in set(words.objects(None, RDFS.seeAlso)):
        assert any(assembled.store.quads_for_pattern(ox.NamedNode(str(term)), None, None)), term


def test_pages_lead_to_words_that_are_told(words: Graph) -> None:
    used = {
        name
        for path in TEMPLATES.glob("*.html")
        for name in re.findall(r'parts\.term\("([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 5
    assert used <= names(words)


@pytest.mark.parametrize(
    "address", ["/", "/areas/sefton", "/areas/sefton/gaps", "/duties/wt2023-partnership-chair"]
)
def test_a_page_explains_its_words_once(get: Get, address: str) -> None:
    links = [
        each.attributes["href"]
        for each in get(address).root.all("a")
        if each.attributes.get("class") == "term"
    ]
    assert links
    assert len(links) == len(set(links))
