"""Every way to reach out in a draft: tried, and watched by the two traps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from refusals import FILE, JSONLD, TURTLE, WEB, check, refused

if TYPE_CHECKING:
    from tests.protocol.conftest import Traps

DRAFT = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/masagraph/id/document/draft> a masa:SourceDocument ;
    dcterms:title "A draft"@en ;
    dcterms:license "none stated" ;
    masa:documentKind masa:PublishedArrangement ;
    masa:describes <https://w3id.org/masagraph/id/arrangement/kent> ;
    masa:inViewFrom "2025-01-01"^^xsd:date ;
    masa:dateBasis masa:Issued ;
    masa:extentHeld masa:WholeText .
"""

CONTEXTS: dict[str, Any] = {
    "a name": {"@context": WEB, "@id": "x:a", "x:b": 1},
    "a file": {"@context": FILE, "@id": "x:a", "x:b": 1},
    "a list": {"@context": [{"t": "x:t"}, WEB], "@id": "x:a", "x:b": 1},
    "within": {"@context": {}, "@id": "x:a", "x:b": {"@context": WEB, "@id": "x:c"}},
    "an import": {"@context": {"@version": 1.1, "@import": WEB}, "@id": "x:a", "x:b": 1},
    "of a property": {
        "@context": {"@version": 1.1, "b": {"@id": "x:b", "@context": WEB}},
        "@id": "x:a",
        "b": {"@id": "x:c", "x:d": 1},
    },
    "of a type": {
        "@context": {"@version": 1.1, "T": {"@id": "x:T", "@context": WEB}},
        "@id": "x:a",
        "@type": "T",
        "x:b": 1,
    },
    "relative": {"@context": [{"@base": WEB}, "context.jsonld"], "@id": "x:a", "x:b": 1},
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_from_elsewhere(client: TestClient, traps: Traps, name: str) -> None:
    text = traps.put(json.dumps(CONTEXTS[name]))
    detail = refused(check(client, text, JSONLD), traps, 400, 422)
    assert "context" in detail.lower()


def test_a_context_in_a_header(client: TestClient, traps: Traps) -> None:
    """JSON may name its context in a Link header; such JSON is not taken, nor is the link."""
    link = f'<{traps.listener.url}>; rel="http://www.w3.org/ns/json-ld#context"'
    body = '{"@id": "x:a", "x:b": 1}'
    refused(check(client, body, "application/json", link=link), traps, 400, 415, 422)
    refused(check(client, body, JSONLD, link=link), traps, 400, 422)


RDFXML = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY out SYSTEM "{WEB}"> <!ENTITY in SYSTEM "{FILE}"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
  <rdf:Description rdf:about="x:a"><x:b>&out;&in;</x:b></rdf:Description>
</rdf:RDF>"""
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12)
)  # a billion laughs and more


@pytest.mark.parametrize(
    "content",
    [
        RDFXML,
        RDFXML.replace("[", f'SYSTEM "{WEB}" [').replace("&in;", ""),
        RDFXML.replace("<!ENTITY out", f'<!ENTITY % dtd SYSTEM "{WEB}"> %dtd; <!ENTITY out'),
        f"<!DOCTYPE x [ {LAUGHS} ]><x>&l11;</x>",
    ],
    ids=["entities", "external DTD", "parameter entity", "billion laughs"],
)
@pytest.mark.parametrize(
    "kind", ["application/rdf+xml", "application/xml", "text/xml", TURTLE, JSONLD,
             "application/trig"],
)  # fmt: skip
def test_xml_with_entities(client: TestClient, traps: Traps, kind: str, content: str) -> None:
    """XML is not taken, and nothing that calls itself by another name is read as XML."""
    answer = check(client, traps.put(content), kind)
    refused(answer, traps, *((400, 422) if "xml" not in kind else (415,)))


@pytest.mark.parametrize(
    "more",
    [
        f"<{WEB}#> a owl:Ontology ; owl:imports <{WEB}> , <{FILE}> .",
        f"<https://w3id.org/masagraph/id/document/draft> owl:imports <{WEB}> , <{FILE}> .",
        f"<x:a> rdfs:seeAlso <{WEB}> , <{FILE}> ; rdfs:isDefinedBy <{WEB}> .",
        f"<x:a> sh:shapesGraph <{WEB}> , <{FILE}> .",
        f"""<x:shape> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:sparql [ sh:select "SELECT $this {{ SERVICE SILENT <{WEB}> {{ ?s ?p ?o }} }}" ] .""",
        f"""<x:shape> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:js [ sh:jsFunctionName "f" ; sh:jsLibrary [ sh:jsLibraryURL "{WEB}" ] ] .""",
        f"""<x:rule> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:rule [ a sh:SPARQLRule ;
                sh:construct "CONSTRUCT {{ $this a ?x }} WHERE {{ SERVICE <{WEB}> {{ ?x a ?y }} }}"
            ] .""",
    ],
    ids=["imports", "imports of the document", "see also", "shapes graph", "shape with SERVICE",
         "shape with a script", "rule with SERVICE"],
)  # fmt: skip
def test_a_draft_that_points_elsewhere(client: TestClient, traps: Traps, more: str) -> None:
    """It is assessed or refused; what it points to is not fetched, what it defines is not run."""
    answer = check(client, traps.put(DRAFT + more), TURTLE)
    traps.unsprung()
    assert answer.status_code in (200, 400, 422), answer.text[:300]
    assert traps.canary.words not in answer.text
