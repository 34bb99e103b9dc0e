"""The description of the dataset: every number is counted again here, every claim followed."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from rdflib import DCTERMS, OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, VOID

from masagraph.release.counts import is_earlier
from masagraph.resources import Resources
from masagraph.settings import Settings
from masagraph.store.formats import GRAPHS, serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.workers.live import Live
from masagraph.vocab import DATASET, GRAPH, ID
from masagraph.web.app import create_app
from masagraph.web.linked.void import describe_dataset

DCAT = Namespace("http://www.w3.org/ns/dcat#")
ROOT = "https://example.org/masagraph"
THE_DATASET = URIRef(DATASET)
TYPE = ox.NamedNode(str(RDF.type))


@pytest.fixture(scope="module")
def described(opened: Opened) -> Graph:
    triples = describe_dataset(opened, ROOT)
    return Graph().parse(data=serialize_triples(triples, "turtle"), format="turtle")


@pytest.fixture(scope="module")
def held(opened: Opened) -> set[ox.Triple]:
    """The triples of the dataset, taken from its graphs one by one."""
    return {
        triple
        for name in opened.store.graphs()
        if not is_earlier(name, opened.data_date)
        for triple in opened.store.graph(name)
    }


def number(graph: Graph, subject: object, predicate: URIRef) -> int:
    (value,) = graph.objects(subject, predicate)  # type: ignore[arg-type]
    assert isinstance(value, Literal)
    assert value.datatype == XSD.integer
    return int(value)


# Counted


def test_totals_are_counted(described: Graph, held: set[ox.Triple]) -> None:
    named = (t.subject.value for t in held if isinstance(t.subject, ox.NamedNode))
    counted = {
        VOID.triples: len(held),
        VOID.entities: len({iri for iri in named if iri.startswith(str(ID))}),
        VOID.distinctSubjects: len({t.subject for t in held}),
        VOID.distinctObjects: len({t.object for t in held}),
        VOID.classes: len({t.object for t in held if t.predicate == TYPE}),
        VOID.properties: len({t.predicate for t in held}),
    }
    assert {term: number(described, THE_DATASET, term) for term in counted} == counted


def test_class_partitions_are_counted(described: Graph, held: set[ox.Triple]) -> None:
    counted = Counter(
        t.object.value for t in held if t.predicate == TYPE and isinstance(t.object, ox.NamedNode)
    )
    assert counted == {
        str(described.value(part, VOID["class"])): number(described, part, VOID.entities)
        for part in described.objects(THE_DATASET, VOID.classPartition)
    }


def test_property_partitions_are_counted(described: Graph, held: set[ox.Triple]) -> None:
    assert Counter(t.predicate.value for t in held) == {
        str(described.value(part, VOID.property)): number(described, part, VOID.triples)
        for part in described.objects(THE_DATASET, VOID.propertyPartition)
    }


def test_parts_are_counted_and_none_is_left_out(described: Graph, opened: Opened) -> None:
    sizes = defaultdict[str, int](int)
    for name in opened.store.graphs():
        first = name.removeprefix(str(GRAPH)).split("/")[0]
        earlier = is_earlier(name, opened.data_date)
        sizes["earlier-assessments" if earlier else first] += len(opened.store.graph(name))
    parts = set(described.objects(THE_DATASET, VOID.subset))
    beside = set(described.subjects(DCTERMS.relation, THE_DATASET))
    told = {
        str(part).removeprefix(f"{DATASET}/"): number(described, part, VOID.triples)
        for part in parts | beside
    }
    assert sizes.pop("dataset") > 50  # what is said of the dataset itself is of no part
    assert {part: n for part, n in told.items() if n} == sizes
    assert {str(part) for part in beside} == {f"{DATASET}/earlier-assessments"}


def test_the_vocabularies_are_those_that_are_used(described: Graph, held: set[ox.Triple]) -> None:
    terms = {t.predicate.value for t in held} | {
        t.object.value for t in held if t.predicate == TYPE and isinstance(t.object, ox.NamedNode)
    }
    used = {re.sub(r"[^#/]*$", "", term) for term in terms}
    languages = {str(RDF), str(RDFS), str(OWL)}
    told = {str(iri) for iri in described.objects(THE_DATASET, VOID.vocabulary)}
    assert told == used - languages


# Said


def test_terms_differ_as_the_licences_of_the_files_do(
    described: Graph, resources: Resources
) -> None:
    """Code, model, data and names; the last entry for a path in REUSE.toml wins."""
    if not resources.is_checkout:
        pytest.skip("REUSE.toml is not part of the package")
    text = (resources.root / "REUSE.toml").read_text(encoding="utf-8")
    licences = {}
    for entry in tomllib.loads(text)["annotations"]:
        for path in entry["path"] if isinstance(entry["path"], list) else [entry["path"]]:
            licences[path] = entry["SPDX-License-Identifier"]
    expected = {
        f"{DATASET}": licences["data/**"],
        f"{DATASET}/register": licences["data/register/**"],
        f"{DATASET}/areas": licences["data/**"],
        f"{DATASET}/guidance": licences["data/**"],
        f"{DATASET}/people": licences["data/people/**"],
        f"{DATASET}/ontology": licences["ontology/**"],
        f"{DATASET}/shapes": licences["shapes/**"],
        f"{ID}software": licences["service/**"],
    }
    assert {
        iri: str(described.value(URIRef(iri), DCTERMS.license / DCTERMS.identifier))
        for iri in expected
    } == expected
    assert len(set(expected.values())) == 4


def test_dates_and_versions_are_those_of_the_data(described: Graph, opened: Opened) -> None:
    modified = described.value(THE_DATASET, DCTERMS.modified)
    issued = described.value(THE_DATASET, DCTERMS.issued)
    assert isinstance(modified, Literal)
    assert isinstance(issued, Literal)
    assert modified.toPython() == opened.data_date
    assert issued.toPython() <= opened.data_date
    assert str(described.value(THE_DATASET, DCAT.version)) == opened.data_version
    current = described.value(THE_DATASET, DCAT.hasCurrentVersion)
    assert str(current) == f"{DATASET}/{opened.data_version}"


def test_every_source_is_named(described: Graph, opened: Opened, held: set[ox.Triple]) -> None:
    kinds = (
        "https://w3id.org/masagraph/ns#SourceDocument",
        "https://w3id.org/masagraph/ns#Register",
    )
    documents = {
        t.subject.value
        for t in held
        if t.predicate == TYPE
        and isinstance(t.object, ox.NamedNode)
        and isinstance(t.subject, ox.NamedNode)
        and t.object.value in kinds
    }
    sources = {str(iri) for iri in described.objects(THE_DATASET, DCTERMS.source)}
    assert len(documents) >= 10
    assert documents < sources
    assert f"{ID}edition/wt2023" in sources
    assert sources == {str(iri) for iri in described.objects(THE_DATASET, PROV.wasDerivedFrom)}
    assert all(described.value(URIRef(iri), DCTERMS.title) for iri in sources)


def test_who_made_it_and_with_what(described: Graph) -> None:
    maker = described.value(THE_DATASET, PROV.wasAttributedTo)
    assert (maker, RDF.type, PROV.Agent) in described
    activity = described.value(THE_DATASET, PROV.wasGeneratedBy)
    software = described.value(activity, PROV.wasAssociatedWith)
    assert (software, RDF.type, PROV.SoftwareAgent) in described


def test_addresses_are_of_the_service_that_answers(described: Graph) -> None:
    endpoint = URIRef(f"{ROOT}/sparql")
    assert described.value(THE_DATASET, VOID.sparqlEndpoint) == endpoint
    services = set(described.subjects(DCAT.servesDataset, THE_DATASET))
    assert {s for s in services if (s, RDF.type, DCAT.DataService) in described} == services
    assert {str(described.value(s, DCAT.endpointURL)) for s in services} == {
        f"{ROOT}/sparql",
        f"{ROOT}/api",
    }
    for service in services:
        told = set(described.objects(service, DCAT.endpointDescription))
        assert URIRef(f"{ROOT}/openapi.json") in told


def test_nothing_is_said_of_dumps_that_are_not_there(described: Graph) -> None:
    predicates = set(described.predicates())
    assert not predicates & {VOID.dataDump, DCAT.distribution, DCAT.downloadURL}


def test_no_name_of_a_person_is_in_it(described: Graph) -> None:
    assert URIRef("http://xmlns.com/foaf/0.1/name") not in set(described.predicates())


# Served


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
@pytest.mark.parametrize("by", ["accept", "format"])
def test_it_is_served_in_every_format(client: TestClient, form: object, by: str) -> None:
    name, media_type = form.name, form.media_type  # type: ignore[attr-defined]
    answer = (
        client.get("/void", headers={"Accept": media_type})
        if by == "accept"
        else client.get(f"/void?format={name}")
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    graph = Graph().parse(data=answer.text, format=media_type)
    endpoint = graph.value(THE_DATASET, VOID.sparqlEndpoint)
    assert str(endpoint) == "http://testserver/sparql"
    assert (URIRef("http://testserver/void"), RDF.type, VOID.DatasetDescription) in graph


def test_it_is_the_same_each_time(client: TestClient) -> None:
    """So that a copy that was kept stays good."""
    assert client.get("/void").content == client.get("/void").content


def test_examples_and_parts_can_be_followed(described: Graph, client: TestClient) -> None:
    """By their names, as w3id.org would hand them on."""
    named = [
        *described.objects(THE_DATASET, VOID.exampleResource),
        *described.objects(THE_DATASET, VOID.subset),
        *described.objects(THE_DATASET, DCTERMS.source),
        *described.subjects(DCAT.servesDataset, THE_DATASET),
        *described.objects(THE_DATASET, DCAT.hasCurrentVersion),
    ]
    assert len(named) > 30
    for iri in named:
        path = "/id/" + str(iri).removeprefix(str(ID))
        answer = client.get(path, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, iri
        assert str(iri) in answer.text or "w3id" in answer.text


def test_its_page(client: TestClient, described: Graph) -> None:
    answer = client.get("/void", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert f"{number(described, THE_DATASET, VOID.triples):,} triples" in answer.text
    for part in described.objects(THE_DATASET, VOID.subset):
        assert f"<td>{number(described, part, VOID.triples):,}</td>" in answer.text
    for link in links(answer.text):
        assert client.get(link).status_code == 200, link


def links(page: str) -> Iterator[str]:
    """The links of a page that lead to this service, but for the endpoint."""
    for link in sorted(set(re.findall(r'href="(/[^"#]*)', page))):
        if link != "/sparql":
            yield link


def test_the_well_known_address_leads_there(client: TestClient) -> None:
    answer = client.get("/.well-known/void", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/void")
    answer = client.get("/.well-known/void?format=ntriples", follow_redirects=False)
    assert answer.headers["location"] == "/void?format=ntriples"


@pytest.mark.parametrize("path", ["/void", "/.well-known/void"])
def test_what_cannot_be_served_is_406(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "image/png"}, follow_redirects=False)
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"
    assert "text/turtle" in answer.json()["detail"]


def test_the_address_may_be_set(store_folder: Path, live: Live) -> None:
    """A request's Host is believed only where nothing is set."""
    settings = Settings(store=store_folder, base_url="https://data.example.org/m")
    with TestClient(create_app(settings, live)) as client:
        graph = Graph().parse(data=client.get("/void").text, format="turtle")
        answer = client.get("/id/edition/wt2023", follow_redirects=False)
        page = client.get("/void", headers={"Accept": "text/html"}).text
    assert str(graph.value(THE_DATASET, VOID.sparqlEndpoint)) == (
        "https://data.example.org/m/sparql"
    )
    assert answer.headers["location"] == "https://data.example.org/m/data/edition/wt2023"
    local = [link for link in re.findall(r'href="([^"]*)"', page) if "data.example.org" in link]
    assert all(urlsplit(link).path.startswith("/m/") for link in local)
    assert len(local) > 20
