"""A whole graph, and the ontology with all its terms, are given at their names."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from linked_data import HTML, as_graph
from rdflib import OWL, RDF, SKOS, Graph, URIRef
from rdflib.compare import isomorphic

from masagraph.store.opened import Opened
from masagraph.vocab import GRAPH, ID, MASA
from masagraph.web.linked.addresses import local_path


@pytest.fixture(scope="module")
def ontology(opened: Opened) -> Graph:
    """The ontology, all its modules and lists together."""
    graphs = [name for name in opened.store.graphs() if name.startswith(f"{GRAPH}ontology/")]
    return as_graph(triple for name in graphs for triple in opened.store.graph(name))


def test_a_graph_is_given_whole(client: TestClient, opened: Opened) -> None:
    name = "areas/warwickshire/masa"
    answer = client.get(f"/graph/{name}", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    assert isomorphic(graph, as_graph(opened.store.graph(GRAPH + name)))
    assert "masagraph-truncated" not in answer.headers
    page = client.get(f"/graph/{name}", headers={"Accept": HTML}).text
    assert "Multi Agency Safeguarding Arrangements (MASA)" in page
    of = {s for s in graph.subjects() if isinstance(s, URIRef)}
    for thing in of:
        assert f'href="{local_path(str(thing))}"' in page
    number = len(list(graph.predicate_objects(URIRef(f"{ID}document/warwickshire-masa"))))
    row = re.search(r'row"><a href="/id/document/warwickshire-masa">.*?<td>(\d+)</td>', page, re.S)
    assert row
    assert int(row[1]) == number


def test_the_ontology_is_given_whole(client: TestClient, opened: Opened, ontology: Graph) -> None:
    answer = client.get("/ns", headers={"Accept": "application/rdf+xml"})
    graph = Graph().parse(data=answer.text, format="xml")
    assert len(graph) == len(ontology) > 2000
    modules = set(graph.subjects(RDF.type, OWL.Ontology))
    assert modules == set(ontology.subjects(RDF.type, OWL.Ontology))
    module = client.get("/ns/evidence", headers={"Accept": "text/turtle"})
    assert isomorphic(
        Graph().parse(data=module.text, format="turtle"),
        as_graph(opened.store.graph(f"{GRAPH}ontology/evidence")),
    )
    version = client.get("/ns/evidence/0.1.0", headers={"Accept": "text/turtle"})
    assert version.content == module.content


def test_every_term_opens_at_its_place_with_its_meaning(
    client: TestClient, ontology: Graph
) -> None:
    """The name of a term is ``/ns#Name``: the page has that place."""
    page = client.get("/ns", headers={"Accept": HTML}).text
    places = re.findall(r'<dt id="([^"]*)">', page)
    assert len(places) == len(set(places))
    terms = {str(s): str(o) for s, o in ontology.subject_objects(SKOS.definition)}
    ours = {t.removeprefix(MASA): d for t, d in terms.items() if t.startswith(MASA)}
    assert set(places) == set(ours)
    plain = page.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    assert [name for name, definition in ours.items() if definition not in plain] == []
