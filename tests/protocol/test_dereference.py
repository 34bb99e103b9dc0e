"""A name of the data opens: 303 to its page or its data, 404 where there is none, never a fault."""

from __future__ import annotations

import re
from collections import defaultdict

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from linked_data import DUTY, HTML, STATEMENT, as_graph
from rdflib import RDFS, SH, SKOS, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF, VOID

from masagraph.assessment.names import list_areas
from masagraph.errors import UnknownName
from masagraph.release.counts import is_earlier
from masagraph.store.formats import GRAPHS
from masagraph.store.opened import Opened
from masagraph.vocab import BASE, DATASET, ID, MASA, PEOPLE_GRAPH
from masagraph.web.linked.addresses import LONGEST, local_path, page_of
from masagraph.web.linked.description import MOST_LINKS, gather, is_known
from masagraph.web.linked.rdf import describe


def described(client: TestClient, path: str) -> Graph:
    """The description of a thing, by its name below ``id/``."""
    answer = client.get(f"/id/{path}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    return Graph().parse(data=answer.text, format="turtle")


@pytest.fixture(scope="module")
def whole(opened: Opened) -> Graph:
    """The dataset, but for the names of people."""
    return as_graph(
        triple
        for name in opened.store.graphs()
        if name != PEOPLE_GRAPH and not is_earlier(name, opened.data_date)
        for triple in opened.store.graph(name)
    )


def subjects(opened: Opened) -> dict[str, set[str]]:
    """Every name of ours that is a subject, with the graphs in which it is one."""
    found = defaultdict[str, set[str]](set)
    for name in opened.store.graphs():
        for triple in opened.store.graph(name):
            if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith(BASE):
                found[triple.subject.value].add(name)
    return found


# Where a name leads


@pytest.mark.parametrize(
    ("url", "accept", "location"),
    [
        ("/id/area/sefton", HTML, "/areas/sefton"),
        ("/id/area/sefton?format=html", "*/*", "/areas/sefton"),
        ("/id/body/sefton/slg", HTML, "/bodies/sefton/slg"),
        (f"/id/{DUTY}", HTML, f"/duties/{DUTY.removeprefix('duty/')}"),
        ("/id/area/sefton", "*/*", "/data/area/sefton"),
        ("/id/area/sefton", "text/turtle", "/data/area/sefton"),
        ("/id/area/sefton", "application/rdf+xml;q=0.9,text/html;q=0.8", "/data/area/sefton"),
        ("/id/area/sefton?format=jsonld", HTML, "/data/area/sefton?format=jsonld"),
        (f"/id/{STATEMENT}", HTML, f"/data/{STATEMENT}"),
        (f"/id/{STATEMENT}?format=html", "*/*", f"/data/{STATEMENT}?format=html"),
        (f"/id/{DUTY}", "application/ld+json", f"/data/{DUTY}"),
        ("/id/dataset", HTML, "/void"),
        ("/id/dataset?format=rdfxml", HTML, "/void?format=rdfxml"),
        ("/graph/areas/warwickshire/masa", HTML, "/data/graph/areas/warwickshire/masa"),
        ("/ns", HTML, "/data/ns"),
        ("/ns?format=turtle", HTML, "/data/ns?format=turtle"),
        ("/ns/evidence", "text/turtle", "/data/ns/evidence"),
        ("/ns/evidence/0.1.0", "text/turtle", "/data/ns/evidence/0.1.0"),
    ],
)
def test_a_name_leads_to_its_page_or_its_data(
    client: TestClient, url: str, accept: str, location: str
) -> None:
    answer = client.get(url, headers={"Accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, location)
    assert "Accept" in answer.headers["vary"]
    followed = client.get(location, headers={"Accept": accept})
    assert followed.status_code == 200
    kind = followed.headers["content-type"].partition(";")[0]
    as_html = "format=html" in url or (accept == HTML and "format=" not in url)
    assert (kind == "text/html") == as_html


def test_the_version_of_the_data_leads_to_the_dataset(client: TestClient, opened: Opened) -> None:
    """It is what an answer says it is to be cited as; one that is not held is not known."""
    held = client.get(f"/id/dataset/{opened.data_version}", follow_redirects=False)
    assert (held.status_code, held.headers["location"]) == (303, "/void")
    other = client.get("/id/dataset/1999-01-01-00000000", follow_redirects=False)
    assert other.status_code == 404


def test_every_kind_of_name_opens(opened: Opened, client: TestClient) -> None:
    """One of each kind, as a page and as data."""
    names = sorted(subjects(opened))
    things = [name for name in names if name.startswith(ID) and "#" not in name]
    assert len(things) > 5_000
    kinds = {re.sub(r"^([a-z-]+).*", r"\1", t.removeprefix(ID), flags=re.S): t for t in things}
    assert len(kinds) > 35
    for thing in kinds.values():
        for accept in (HTML, "text/turtle"):
            path = local_path(thing)
            assert path
            answer = client.get(path, headers={"Accept": accept})
            assert answer.status_code == 200, thing
            assert answer.headers["content-type"].startswith(accept.split(",")[0]), thing


def test_no_thing_has_the_name_of_something_else_below_data(opened: Opened) -> None:
    """``/data/graph/…`` and ``/data/ns`` are taken."""
    for name in subjects(opened):
        assert not re.match(r"(graph|ns)(/|$)", name.removeprefix(ID)), name


def test_every_area_has_its_page(opened: Opened) -> None:
    for area in list_areas(opened.store):
        assert page_of(area.iri) == f"/areas/{area.slug}"
    for name in ("area", "area/", "area/a/b", "area/A", "body/a", "area/..", "area/a\n"):
        assert page_of(ID + name) is None


@pytest.mark.parametrize(
    "path",
    [
        "/id/area/atlantis", "/id/", "/id/area", "/id/area/sefton/", "/id/x", "/data/area/atlantis",
        "/data/", "/data/graph/", "/data/graph/none", "/graph/none", "/graph/", "/ns/",
        "/ns/none", "/ns/evidence/9.9.9", "/data/ns/", "/data/ns/none", "/id/ns",
        "/id/graph/people",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", [HTML, "text/turtle"])
def test_a_name_that_nothing_has_is_404_at_once(client: TestClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 404
    if accept == HTML:
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "That did not work" in answer.text
    else:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 404


@pytest.mark.parametrize("path", [f"/id/{DUTY}", f"/data/{DUTY}", "/ns", "/data/ns",
                                  "/graph/dataset", "/data/graph/dataset"])  # fmt: skip
@pytest.mark.parametrize("ask", ["image/png", "format=docx"])
def test_what_cannot_be_served_is_406(client: TestClient, path: str, ask: str) -> None:
    url, headers = (f"{path}?{ask}", {}) if "=" in ask else (path, {"Accept": ask})
    answer = client.get(url, headers=headers, follow_redirects=False)
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/problem+json"


# What is told of a thing


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_a_description_is_the_same_in_every_format(client: TestClient, form: object) -> None:
    name, media_type = form.name, form.media_type  # type: ignore[attr-defined]
    answer = client.get(f"/data/{STATEMENT}?format={name}")
    assert answer.headers["content-type"].partition(";")[0] == media_type
    graph = Graph().parse(data=answer.text, format=media_type)
    assert isomorphic(graph, described(client, STATEMENT))
    assert len(graph) > 15


@pytest.mark.parametrize(
    "path", ["area/sefton", DUTY, STATEMENT, "document/warwickshire-masa", "edition/wt2023",
             "shape/integrity-statement-standing", "dataset/people"],
)  # fmt: skip
def test_all_that_is_said_of_a_thing_is_told(client: TestClient, whole: Graph, path: str) -> None:
    """With its blank nodes, whatever their depth, and what points to it."""
    graph, thing = described(client, path), URIRef(ID + path)
    said = whole.cbd(thing)
    assert len(said) > 2
    told = graph.cbd(thing)
    assert isomorphic(said, told)
    pointing = {(s, p) for s, p in whole.subject_predicates(thing) if isinstance(s, URIRef)}
    if path != "dataset/people":
        assert pointing == {
            (s, p) for s, p in graph.subject_predicates(thing) if p != FOAF.primaryTopic
        }


def test_a_list_is_told_to_its_end(client: TestClient) -> None:
    graph = described(client, "shape/integrity-statement-standing")
    (head,) = graph.objects(URIRef(f"{ID}shape/integrity-statement-standing"), SH["in"])
    items = list(graph.items(head))
    assert len(items) == 5
    assert URIRef(MASA + "StatedAbsent") in items


def test_what_a_thing_names_is_told_with_its_label(client: TestClient) -> None:
    graph = described(client, DUTY)
    thing = URIRef(ID + DUTY)
    labelled = [o for o in graph.objects(thing) if graph.value(o, SKOS.prefLabel)]
    assert URIRef(f"{ID}edition/wt2023") in labelled
    assert len(labelled) > 5
    assert graph.value(URIRef(MASA + "bearer"), SKOS.prefLabel)


def test_the_document_says_what_it_is_about_and_of_which_part(client: TestClient) -> None:
    graph = described(client, DUTY)
    document = URIRef(f"http://testserver/data/{DUTY}")
    assert graph.value(document, FOAF.primaryTopic) == URIRef(ID + DUTY)
    assert graph.value(document, VOID.inDataset) == URIRef(f"{DATASET}/guidance")
    assert graph.value(document, RDFS.comment) is None


def test_a_finding_at_an_earlier_date_opens_too(client: TestClient, opened: Opened) -> None:
    names = subjects(opened)
    finding = next(
        name
        for name, graphs in sorted(names.items())
        if "/assertion/" in name
        and "#" not in name
        and all(is_earlier(graph, opened.data_date) for graph in graphs)
    )
    graph = described(client, finding.removeprefix(ID))
    assert graph.value(URIRef(finding), URIRef(MASA + "asAt"))
    parts = {s for s in graph.subjects() if str(s).startswith(f"{finding}#")}
    assert parts, "its result has a name within its own, and is told with it"
    assert set(graph.objects(None, VOID.inDataset)) == {URIRef(f"{DATASET}/earlier-assessments")}


def test_links_are_cut_at_a_limit_and_it_is_said(client: TestClient) -> None:
    answer = client.get("/data/software?format=turtle")
    assert answer.headers["masagraph-truncated"] == "true"
    graph = Graph().parse(data=answer.text, format="turtle")
    thing = URIRef(f"{ID}software")
    links = [s for s, p in graph.subject_predicates(thing) if p != FOAF.primaryTopic]
    assert len(links) == MOST_LINKS
    (remark,) = graph.objects(URIRef("http://testserver/data/software"), RDFS.comment)
    assert f"Only {MOST_LINKS} links" in remark
    page = client.get("/data/software?format=html").text
    assert f"Only {MOST_LINKS} links" in page
    whole = client.get(f"/data/{DUTY}?format=turtle")
    assert "masagraph-truncated" not in whole.headers


def test_the_row_limit_holds(narrow: TestClient) -> None:
    for path in (f"/data/{DUTY}", "/data/graph/dataset", "/data/ns"):
        answer = narrow.get(path, headers={"Accept": "application/n-triples"})
        assert answer.headers["masagraph-truncated"] == "true", path
        lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
        assert len(lines) == 1, path


@pytest.mark.parametrize("limit", [1, 3, 6, 15])
def test_a_cut_description_has_so_many_triples(opened: Opened, limit: int) -> None:
    written = describe(opened, ID + STATEMENT, "https://example.org/d", GRAPHS[1], limit)
    assert len(written.content.splitlines()) == limit
    assert written.truncated


def test_nothing_is_described_that_is_no_name(opened: Opened) -> None:
    for name in ("a b", "<x>", 'a"b', "a\\b", "a\0b", "%zz", "\ufffd", "\ud800", "x" * LONGEST):
        with pytest.raises(UnknownName):
            gather(opened, ID + name, 100)
        with pytest.raises(UnknownName):
            is_known(opened, ID + name)
