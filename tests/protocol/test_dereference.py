"""A name of the data opens: 303 to its page or its data, 404 where there is none, never a fault."""

from __future__ import annotations

import re
import socket
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF, VOID

from masagraph.assessment.names import list_areas
from masagraph.errors import UnknownName
from masagraph.store.formats import GRAPHS, serialize_triples
from masagraph.store.opened import Opened
from masagraph.store.protocol import text_of
from masagraph.vocab import BASE, DATASET, GRAPH, ID, MASA, PEOPLE_GRAPH
from masagraph.web.linked.addresses import LONGEST, link, local_path, page_of
from masagraph.web.linked.counts import is_earlier
from masagraph.web.linked.description import MOST_LINKS, gather, is_known
from masagraph.web.linked.html import breaks
from masagraph.web.linked.rdf import describe

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DUTY = "duty/wt2023-partnership-chair"
STATEMENT = "statement/sefton-arrangements-2021/leadership-rotating-chair"


def described(client: TestClient, path: str) -> Graph:
    """The description of a thing, by its name below ``id/``."""
    answer = client.get(f"/id/{path}", headers={"Accept": "text/turtle"})
    assert answer.status_code == 200
    return Graph().parse(data=answer.text, format="turtle")


def as_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Triples of the store, with the blank nodes that they share."""
    return Graph().parse(data=serialize_triples(triples, "ntriples"), format="nt")


@pytest.fixture(scope="module")
def whole(opened: Opened) -> Graph:
    """The dataset, but for the names of people."""
    return as_graph(
        triple
        for name in opened.store.graphs()
        if name != PEOPLE_GRAPH and not is_earlier(name, opened.data_date)
        for triple in opened.store.graph(name)
    )


@pytest.fixture(scope="module")
def ontology(opened: Opened) -> Graph:
    """The ontology, all its modules and lists together."""
    graphs = [name for name in opened.store.graphs() if name.startswith(f"{GRAPH}ontology/")]
    return as_graph(triple for name in graphs for triple in opened.store.graph(name))


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
        ("/id/area/sefton", HTML, "/areas/sefton/gaps"),
        ("/id/area/sefton?format=html", "*/*", "/areas/sefton/gaps"),
        ("/id/area/sefton", "*/*", "/data/area/sefton"),
        ("/id/area/sefton", "text/turtle", "/data/area/sefton"),
        ("/id/area/sefton", "application/rdf+xml;q=0.9,text/html;q=0.8", "/data/area/sefton"),
        ("/id/area/sefton?format=jsonld", HTML, "/data/area/sefton?format=jsonld"),
        (f"/id/{DUTY}", HTML, f"/data/{DUTY}"),
        (f"/id/{DUTY}?format=html", "*/*", f"/data/{DUTY}?format=html"),
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
        assert page_of(area.iri) == f"/areas/{area.slug}/gaps"
    for name in ("area", "area/", "area/a/b", "area/A", "body/sefton/a", "area/..", "area/a\n"):
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


# For reading


def test_the_page_of_a_thing_says_where_each_statement_stands(client: TestClient) -> None:
    page = client.get(f"/data/{STATEMENT}", headers={"Accept": HTML}).text
    assert "Sefton Safeguarding Children Partnership (SSCP) Arrangements 2021" in page
    assert 'href="/graph/areas/sefton/arrangements-2021"' in page
    assert f"<code>{ID}{STATEMENT}</code>" in page
    assert 'href="/ns#standing"' in page
    assert "part 1" in page
    assert 'id="part-1"' in page
    assert "https://w3id.org" not in "".join(re.findall(r'href="[^"]*"', page))


@pytest.mark.parametrize(
    "path",
    [f"/data/{DUTY}", f"/data/{STATEMENT}", "/data/area/sefton", "/data/graph/dataset",
     "/data/shape/integrity-statement-standing", "/data/ns/evidence", "/data/holder/sefton/s01"],
)  # fmt: skip
def test_links_of_pages_lead_somewhere(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": HTML}).text
    anchors = set(re.findall(r'id="([^"]*)"', page))
    found = set(re.findall(r'href="([^"]*)"', page))
    assert len(found) > 8
    for each in sorted(found):
        address = urlsplit(each)
        if address.netloc:
            assert address.scheme in ("http", "https")
        elif not address.path:
            assert address.fragment in anchors, each
        else:
            url = each.replace("&amp;", "&")
            assert client.get(url, headers={"Accept": HTML}).status_code == 200, each


def test_words_of_the_data_are_never_markup(opened: Opened) -> None:
    """What is no address of the web is no link."""
    assert link("javascript:alert(1)", "") == ""
    assert link("data:text/html,x", "") == ""
    assert link("https://example.org/", "/base") == "https://example.org/"
    assert link(f"{ID}area/a?b", "/base") == "/base/id/area/a%3Fb"
    assert link(f"{MASA}Duty", "") == "/ns#Duty"
    assert link(f"{GRAPH}areas/x", "") == "/graph/areas/x"


def test_a_long_name_is_broken_and_stays_words() -> None:
    assert breaks("a/<b>") == "a/<wbr>&lt;b&gt;"


# Whole graphs and the ontology


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


# Names of people


class Names:
    """The names of people that the store holds; a failed test prints none of them."""

    def __init__(self, opened: Opened) -> None:
        graph = opened.store.graph(PEOPLE_GRAPH)
        of_people = [t for t in graph if t.predicate.value == str(FOAF.name)]
        self._names = [text_of(triple.object) for triple in of_people]
        self.holders = {text_of(triple.subject) for triple in of_people}

    def shown_in(self, text: str) -> int:
        return sum(name in text or quote(name) in text for name in self._names)


@pytest.fixture(scope="module")
def names(opened: Opened) -> Names:
    found = Names(opened)
    if not found.holders:
        pytest.skip("the folder of names was removed; then there is none to show")
    return found


@pytest.mark.parametrize("accept", [HTML, *(form.media_type for form in GRAPHS)])
def test_no_name_of_a_person_is_shown(
    client: TestClient, opened: Opened, names: Names, accept: str
) -> None:
    seats = {
        text_of(triple.subject)
        for name in opened.store.graphs()
        for triple in opened.store.graph(name)
        if text_of(triple.object) in names.holders
    }
    assert len(seats) >= len(names.holders)
    for iri in sorted({*names.holders, *seats, f"{ID}document/sefton-arrangements-2021"}):
        answer = client.get(f"/data/{iri.removeprefix(ID)}", headers={"Accept": accept})
        assert answer.status_code == 200
        assert names.shown_in(answer.text) == 0
        assert "foaf/0.1/name" not in answer.text
        if iri in names.holders:
            assert "posts are shown, not people" in answer.text


@pytest.mark.parametrize("path", ["/graph/people", "/data/graph/people"])
@pytest.mark.parametrize("accept", [HTML, "text/turtle"])
def test_the_graph_of_names_is_not_handed_out(
    client: TestClient, names: Names, path: str, accept: str
) -> None:
    answer = client.get(path, headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "SPARQL" in answer.json()["detail"]


# Tricks with paths


def raw(server: str, target: bytes, host: bytes | None = None) -> tuple[int, bytes, bytes]:
    """Ask with exactly these bytes; return status, headers and body."""
    address = urlsplit(server)
    assert address.hostname
    with socket.create_connection((address.hostname, address.port or 80), timeout=30) as talk:
        name = host or address.netloc.encode()
        lines = (b"GET " + target + b" HTTP/1.1", b"Host: " + name, b"Accept: text/turtle",
                 b"Connection: close", b"", b"")  # fmt: skip
        talk.sendall(b"\r\n".join(lines))
        answer = b""
        while chunk := talk.recv(65536):
            answer += chunk
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


TRICKS = [
    b"../../etc/passwd", b"..", b"../", b"./area/sefton/..", b"area/../../../../etc/passwd",
    b"%2e%2e/%2e%2e/etc/passwd", b"%2e%2e%2f%2e%2e%2fetc%2fpasswd", b"..%2f..%2fetc%2fpasswd",
    b"%252e%252e%252fetc%252fpasswd", b"..%5c..%5cwindows", b"..%255cx", b"/area/sefton",
    b"/example.org", b"/example.org/%2e%2e", b"%2fexample.org", b"%2f%2fexample.org",
    b"%5cexample.org", b"%5c%5cexample.org", b"https://example.org/",
    b"https:%2f%2fexample.org", b"@example.org", b"area/sefton%00", b"%00", b"area%00/sefton",
    b"%ff%fe", b"area/%c3%28", b"%ed%a0%80", b"%c0%ae%c0%ae/", b"%f4%90%80%80", b"area/%zz",
    b"%", b"area/sefton%20", b"area/a%20b", b"area/%3csefton%3e",
    b"area/%3Cscript%3Ealert(1)%3C/script%3E", b"%22", b"%7b%7d", b"%5b%5d", b"%7c", b"%60",
    b"area/sefton%3e%20%3chttps://example.org/", b"area/sefton%23x", b"area/sefton%3fx",
    b"area/sefton%0d%0aX-Made-Up:%20yes", b"%0aSet-Cookie:a=b", b"area/sefton%e2%80%ae",
    b"area/sefton%c2%a0", b"?x", b"area/sefton;x=1", b"a" * 2_000, b"a/" * 1_000,
    b"%41" * 5_000, b"%c3%a9" * 900,
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick[:40].decode())
@pytest.mark.parametrize("route", [b"/id/", b"/data/", b"/graph/", b"/data/graph/", b"/ns/"])
def test_a_trick_with_a_path_finds_nothing(server: str, route: bytes, trick: bytes) -> None:
    status, head, body = raw(server, route + trick)
    assert status in (400, 404)
    assert b"\r\nlocation:" not in head
    assert b"x-made-up" not in head
    assert b"set-cookie" not in head
    assert b"content-type: application/problem+json" in head
    assert b"root:" not in body
    assert b"<script>" not in body


@pytest.mark.parametrize("byte", range(0x80))
def test_any_byte_in_a_name_finds_nothing(server: str, byte: int) -> None:
    status, head, _ = raw(server, f"/id/area/sefton%{byte:02x}".encode())
    assert status == 404
    assert b"\r\nlocation:" not in head


def test_an_encoded_name_is_the_same_name(server: str) -> None:
    """Whatever is encoded, it leads to one place, here."""
    encoded = "/id/" + "".join(f"%{ord(each):02X}" for each in "area/sefton")
    for target in (encoded, "/id/area%2Fsefton", "/id/area/s%65fton"):
        status, head, _ = raw(server, target.encode())
        assert status == 303
        assert b"\r\nlocation: /data/area/sefton\r\n" in head


@pytest.mark.parametrize(
    "format_", ["//example.org", "%0d%0aX-Made-Up:1", "https://example.org", "turtle&x=//e.org"]
)
def test_a_format_leads_nowhere_else(server: str, format_: str) -> None:
    status, head, _ = raw(server, f"/id/area/sefton?format={format_}".encode())
    assert status in (303, 406)
    assert b"x-made-up" not in head
    if status == 303:
        assert b"\r\nlocation: /data/area/sefton?format=turtle\r\n" in head


@pytest.mark.parametrize("host", [b'a"b', b"<x>", b"a b", b"[", b"\xff", b"a{b}", b"%zz", b"a\\b"])
def test_a_host_that_is_none_is_not_believed(server: str, host: bytes) -> None:
    """It would stand in the addresses of the answer."""
    for target in (b"/void", b"/data/" + DUTY.encode()):
        status, _, body = raw(server, target, host)
        assert status in (200, 400)
        if status == 200:
            assert server.encode() in body
            assert b"//" + host not in body


def test_a_host_never_changes_where_a_name_leads(server: str) -> None:
    status, head, _ = raw(server, b"/id/area/sefton", b"example.org")
    assert status == 303
    assert b"\r\nlocation: /data/area/sefton\r\n" in head
    assert b"example.org" not in head


def test_names_with_odd_letters_can_be_followed() -> None:
    """Of one's own data: what a page links to is what is looked up."""
    iri = f"{ID}organisation/café (north)"
    path = local_path(iri)
    assert path == f"/id/{quote('organisation/café (north)')}"
