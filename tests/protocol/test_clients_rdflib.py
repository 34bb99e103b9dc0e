"""rdflib's SPARQLStore: our endpoint as the store of an ordinary rdflib graph."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
from rdflib import RDF, SKOS, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.graph import ConjunctiveGraph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from masagraph.assessment.names import list_areas
from masagraph.store.opened import Opened

MASA = Namespace("https://w3id.org/masagraph/ns#")
GRAPH = "https://w3id.org/masagraph/graph/"
AREA = Namespace("https://w3id.org/masagraph/id/area/")
KENT = AREA.kent

Make = Callable[[SPARQLStore], Graph]


def conjunctive(store: SPARQLStore) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return ConjunctiveGraph(store=store)


KINDS: dict[str, Make] = {
    "Graph": lambda store: Graph(store=store),
    "Dataset": lambda store: Dataset(store=store),
    "Dataset with union": lambda store: Dataset(store=store, default_union=True),
    "ConjunctiveGraph": conjunctive,
}


@pytest.fixture(params=KINDS)
def graph(server: str, request: pytest.FixtureRequest) -> Graph:
    """A graph of each of rdflib's kinds over the endpoint."""
    return KINDS[request.param](SPARQLStore(f"{server}/sparql"))


NAMES = "SELECT ?name { ?a a masa:SafeguardingArea ; skos:prefLabel ?name } ORDER BY ?name"


def test_select(graph: Graph, opened: Opened) -> None:
    names = [str(row["name"]) for row in graph.query(NAMES)]  # type: ignore[index,call-overload]
    assert sorted(names) == sorted(area.label for area in list_areas(opened.store))


def test_ask(graph: Graph) -> None:
    assert graph.query("ASK { area:kent a masa:SafeguardingArea }").askAnswer is True
    assert graph.query("ASK { area:kent a masa:Duty }").askAnswer is False


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { ?a ?p ?o } WHERE { VALUES ?a { area:kent } ?a ?p ?o }", "DESCRIBE area:kent"],
)
def test_a_graph(graph: Graph, query: str) -> None:
    found = graph.query(query).graph
    assert found is not None
    assert (KENT, SKOS.prefLabel, Literal("Kent", lang="en")) in found


def test_bindings_and_prefixes_given_from_outside(graph: Graph) -> None:
    query = "SELECT ?name { ?area a m:SafeguardingArea ; skos:prefLabel ?name }"
    rows = graph.query(query, initNs={"m": MASA}, initBindings={"area": KENT})
    assert [row[0] for row in rows] == [Literal("Kent", lang="en")]  # type: ignore[index]
    named = {"name": Literal("Kent", lang="en")}
    assert len(list(graph.query(query, initNs={"m": MASA}, initBindings=named))) == 1


def test_triples_are_walked(graph: Graph, opened: Opened) -> None:
    found = set(graph.subjects(RDF.type, MASA.SafeguardingArea))
    assert found == {URIRef(area.iri) for area in list_areas(opened.store)}
    assert graph.value(KENT, SKOS.prefLabel) == Literal("Kent", lang="en")
    assert (KENT, RDF.type, MASA.SafeguardingArea) in graph
    assert (KENT, RDF.type, MASA.Duty) not in graph
    assert (KENT, MASA.gssCode, Literal("E10000016")) in set(graph.triples((KENT, None, None)))


def test_it_can_be_counted(graph: Graph) -> None:
    assert len(graph) > 10_000


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_each_method_and_form(server: str, method: str, form: str) -> None:
    graph = Graph(store=SPARQLStore(f"{server}/sparql", method=method, returnFormat=form))
    rows = list(graph.query(f"{NAMES} LIMIT 2"))
    assert [str(row[0]) for row in rows] == ["Barking and Dagenham", "Barnet"]  # type: ignore[index]


def test_a_named_graph_is_seen_alone(server: str) -> None:
    areas = Graph(SPARQLStore(f"{server}/sparql"), identifier=URIRef(f"{GRAPH}register/areas"))
    assert (KENT, RDF.type, MASA.SafeguardingArea) in areas
    assert not list(areas.subjects(RDF.type, MASA.PoliceForce))
    assert not areas.query("ASK { ?x a masa:PoliceForce }").askAnswer


def test_the_graphs_are_listed(server: str) -> None:
    store = SPARQLStore(f"{server}/sparql")
    graphs = {str(name) for name in store.contexts()}
    assert {f"{GRAPH}register/areas", f"{GRAPH}people"} < graphs
    of_kent = {str(name) for name in store.contexts((KENT, RDF.type, MASA.SafeguardingArea))}
    assert of_kent == {f"{GRAPH}register/areas"}


def test_pages_by_limit_and_offset(server: str) -> None:
    graph = Graph(store=SPARQLStore(f"{server}/sparql"))
    graph.LIMIT, graph.OFFSET = 3, 2  # type: ignore[attr-defined]
    assert len(list(graph.triples((None, RDF.type, MASA.SafeguardingArea)))) == 3


def test_what_is_wrong_is_an_error(graph: Graph) -> None:
    """Never an empty result."""
    with pytest.raises(ValueError, match="SPARQL query"):
        graph.query("SELECT WHERE")


def test_it_cannot_be_written(graph: Graph) -> None:
    with pytest.raises(TypeError, match="read only"):
        graph.add((KENT, RDF.type, MASA.Duty))
