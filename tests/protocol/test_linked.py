"""What the service says of itself in RDF is what it does."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import VOID

from masagraph.release.counts import is_earlier
from masagraph.settings import Settings
from masagraph.store.formats import GRAPHS, RESULTS, serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of
from masagraph.vocab import DATASET
from masagraph.web.linked.service_description import FORMATS, limits_told, service_description

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ENDPOINT = "https://example.org/sparql"


@pytest.fixture(scope="module")
def described(opened: Opened) -> Graph:
    triples = service_description(opened, ENDPOINT, limits_told(Settings()))
    return Graph().parse(data=serialize_triples(triples, "turtle"), format="turtle")


def service_of(graph: Graph) -> URIRef:
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert isinstance(service, URIRef)
    return service


def test_it_names_the_endpoint_and_its_language(described: Graph) -> None:
    service = service_of(described)
    assert list(described.objects(service, SD.endpoint)) == [URIRef(ENDPOINT)]
    assert list(described.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert (service, DCAT.servesDataset, URIRef(DATASET)) in described


def test_nothing_is_claimed_that_is_refused(described: Graph) -> None:
    """No federation, no updates, no dereferencing of FROM, no entailment, no functions.

    Nor a default graph that is the union of all: findings at earlier dates are left out.
    """
    terms = {str(t) for triple in described for t in triple if str(t).startswith(str(SD))}
    assert {term.removeprefix(str(SD)) for term in terms} == {
        "Service", "endpoint", "supportedLanguage", "SPARQL11Query",
        "resultFormat", "defaultDataset", "Dataset", "defaultGraph",
        "Graph", "namedGraph", "NamedGraph", "name", "graph",
    }  # fmt: skip


@pytest.mark.parametrize("form", [*RESULTS, *GRAPHS], ids=lambda form: form.name)
def test_a_format_that_is_claimed_is_served(
    described: Graph, client: TestClient, form: object
) -> None:
    name, media_type = form.name, form.media_type  # type: ignore[attr-defined]
    claimed = URIRef(f"http://www.w3.org/ns/formats/{FORMATS[name]}")
    assert (service_of(described), SD.resultFormat, claimed) in described
    query = "SELECT * { ?s a masa:Duty } LIMIT 1"
    if form in GRAPHS:
        query = "CONSTRUCT { ?s a masa:Duty } WHERE { ?s a masa:Duty } LIMIT 1"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_no_other_format_is_claimed(described: Graph) -> None:
    assert len(set(described.objects(None, SD.resultFormat))) == len(RESULTS) + len(GRAPHS)


def test_every_named_graph_is_there_with_its_size(described: Graph, opened: Opened) -> None:
    (dataset,) = described.objects(service_of(described), SD.defaultDataset)
    told = {
        str(described.value(named, SD.name)): described.value(named, SD.graph / VOID.triples)
        for named in described.objects(dataset, SD.namedGraph)
    }
    assert set(told) == set(opened.store.graphs())
    for name, triples in told.items():
        assert isinstance(triples, Literal)
        assert triples.toPython() == len(opened.store.graph(name)), name


def test_the_default_graph_is_what_it_is_said_to_be(described: Graph, opened: Opened) -> None:
    """The union of all graphs but the findings at earlier dates."""
    (default,) = described.objects(None, SD.defaultGraph)
    assert "whose names end with that date" in str(described.value(default, RDFS.comment))
    merged, earlier = set(), set()
    for name in opened.store.graphs():
        of = earlier if is_earlier(name, opened.data_date) else merged
        of.update(opened.store.graph(name))
    (row,) = select(opened.store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(text_of(row["n"])) == len(merged)
    assert earlier - merged
    names = [name for name in opened.store.graphs() if is_earlier(name, opened.data_date)]
    assert all(date.fromisoformat(name.rsplit("/", 1)[1]) < opened.data_date for name in names)


def test_limits_are_those_of_the_settings() -> None:
    settings = Settings(max_rows=1234, query_seconds=7, max_query=99_000)
    told = " ".join(limits_told(settings))
    for number in ("1,234 rows", "7 seconds", "99,000 characters"):
        assert number in told
    assert "SERVICE" in told


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_without_a_query_the_endpoint_describes_itself(client: TestClient, form: object) -> None:
    media_type = form.media_type  # type: ignore[attr-defined]
    answer = client.get("/sparql", headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    graph = Graph().parse(data=answer.text, format=media_type)
    (endpoint,) = graph.objects(service_of(graph), SD.endpoint)
    assert str(endpoint) == "http://testserver/sparql"
    assert len(set(graph.subjects(RDF.type, SD.NamedGraph))) > 100
    assert answer.content == client.get("/sparql", headers={"Accept": media_type}).content
