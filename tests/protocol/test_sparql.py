"""``/sparql``: the SPARQL 1.1 Protocol, a table a rule."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from rdflib import Graph

SELECT = "SELECT ?name { ?a a masa:SafeguardingArea ; skos:prefLabel ?name } ORDER BY ?name LIMIT 3"
ASK = "ASK { area:kent a masa:SafeguardingArea }"
CONSTRUCT = "CONSTRUCT { area:kent ?p ?o } WHERE { area:kent ?p ?o FILTER ( !isBlank(?o) ) }"
DESCRIBE = "DESCRIBE area:kent"
NAMES = ["Barking and Dagenham", "Barnet", "Barnsley"]

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv; charset=utf-8"
TSV = "text/tab-separated-values; charset=utf-8"
TURTLE = "text/turtle; charset=utf-8"
NTRIPLES = "application/n-triples"
JSONLD = "application/ld+json"
RDFXML = "application/rdf+xml"

GRAPH = "https://w3id.org/masagraph/graph/"
AREAS, ORGANISATIONS = f"{GRAPH}register/areas", f"{GRAPH}register/police-forces"


def problem(response: Response, status: int) -> str:
    """Return the detail of a problem document, which an error must be."""
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert set(body) <= {"type", "title", "status", "detail", "line", "column", "reason"}
    assert body["status"] == status
    assert body["title"]
    assert "Traceback" not in body["detail"]
    detail = body["detail"]
    assert isinstance(detail, str)
    return detail


def values(response: Response, name: str) -> list[str]:
    assert response.status_code == 200, response.text[:300]
    return [row[name]["value"] for row in response.json()["results"]["bindings"]]


# The three ways to send a query


def test_the_three_ways_give_the_same(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers={"content-type": DIRECT}),
        client.post("/sparql", content=SELECT,
                    headers={"content-type": f"{DIRECT.upper()}; charset=UTF-8"}),
    ]  # fmt: skip
    for answer in answers:
        assert values(answer, "name") == NAMES
        assert answer.headers["content-type"] == JSON
        assert "Accept" in answer.headers["vary"].split(", ")
        assert "masagraph-truncated" not in answer.headers
    assert len({answer.content for answer in answers}) == 1


def test_a_query_that_is_not_ascii(client: TestClient) -> None:
    query = 'SELECT ("Ynys Môn 🏫" AS ?name) {}'
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query.encode(), headers={"content-type": DIRECT}),
    ):
        assert values(answer, "name") == ["Ynys Môn 🏫"]


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/turtle",
                                  "multipart/form-data; boundary=x", ""])  # fmt: skip
def test_another_content_type(client: TestClient, kind: str) -> None:
    answer = client.post("/sparql", content=SELECT, headers={"content-type": kind})
    assert DIRECT in problem(answer, 415)


@pytest.mark.parametrize("query", ["", " ", "\n\t"])
def test_no_query(client: TestClient, query: str) -> None:
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", data={"other": "x"}),
        client.post("/sparql", content=query, headers={"content-type": DIRECT}),
    ):
        assert "no query" in problem(answer, 400)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT * WHERE { ?s ?p ] }", 1),
        ("SELECT *\nWHERE {\n  ?s ?p ?o .. }", 3),
        ("\nASK { nope:x ?p ?o }", 2),
        ("nonsense", 1),
    ],
)
def test_a_query_that_cannot_be_parsed_says_where(
    client: TestClient, query: str, line: int
) -> None:
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query, headers={"content-type": DIRECT}),
    ):
        assert re.search(rf"\b{line}:\d+\b", problem(answer, 400))
        assert answer.json()["line"] == line
        assert answer.json()["column"] >= 1


def test_a_body_that_is_no_text(client: TestClient) -> None:
    answer = client.post("/sparql", content=b"\xff\xfe", headers={"content-type": DIRECT})
    assert "UTF-8" in problem(answer, 400)
    for body in (b"query=\xff", b"query=%FF"):
        problem(client.post("/sparql", content=body, headers={"content-type": FORM}), 400)


def test_a_form_of_very_many_fields(client: TestClient) -> None:
    body = "&".join(f"f{number}=x" for number in range(5_000))
    answer = client.post("/sparql", content=body, headers={"content-type": FORM})
    problem(answer, 400)


# Limits


def test_a_query_that_is_too_long(narrow: TestClient) -> None:
    long = f"{ASK} #{'x' * 200}"
    for answer in (
        narrow.get("/sparql", params={"query": long}),
        narrow.post("/sparql", data={"query": long}),
        narrow.post("/sparql", content=long, headers={"content-type": DIRECT}),
    ):
        assert "200 characters" in problem(answer, 413)
    just = f"{ASK} #".ljust(200, "x")
    assert narrow.get("/sparql", params={"query": just}).json()["boolean"] is True


def chunks() -> Iterable[bytes]:
    yield from [b"#" * 300, b"\n", ASK.encode(), b" " * 300]


def test_a_body_that_is_too_large(narrow: TestClient) -> None:
    """Also where no length is told beforehand."""
    for kind, content in ((DIRECT, b"#" * 501), (FORM, b"q=" + b"x" * 499), (DIRECT, chunks())):
        answer = narrow.post("/sparql", content=content, headers={"content-type": kind})
        assert "500 bytes" in problem(answer, 413)


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_cut_answer_says_so(client: TestClient, narrow: TestClient, query: str) -> None:
    cut = narrow.get("/sparql", params={"query": query})
    assert cut.status_code == 200
    assert cut.headers["masagraph-truncated"] == "true"
    whole = client.get("/sparql", params={"query": query})
    assert "masagraph-truncated" not in whole.headers
    assert len(whole.content) > len(cut.content)
    one = narrow.get("/sparql", params={"query": "SELECT * { VALUES ?x { 1 } }"})
    assert "masagraph-truncated" not in one.headers


# Formats


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, None, JSON),
        (SELECT, "*/*", JSON),
        (SELECT, "application/*", JSON),
        (SELECT, "application/json", JSON),
        (SELECT, JSON, JSON),
        (SELECT, XML, XML),
        (SELECT, "text/csv", CSV),
        (SELECT, "text/tab-separated-values", TSV),
        (SELECT, "text/*", CSV),
        (SELECT, f"text/csv;q=0.5, {XML}", XML),
        (SELECT, f"text/csv, {XML};q=0.9, */*;q=0.1", CSV),
        (SELECT, f"text/turtle, {XML};q=0.2", XML),
        (SELECT, "text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (SELECT, f"{JSON};q=0, {XML}", XML),
        (SELECT, "TEXT/CSV", CSV),
        (ASK, None, JSON),
        (ASK, "application/json", JSON),
        (ASK, XML, XML),
        (ASK, "text/csv, application/*;q=0.1", JSON),
        (CONSTRUCT, None, TURTLE),
        (CONSTRUCT, "*/*", TURTLE),
        (CONSTRUCT, "text/turtle", TURTLE),
        (CONSTRUCT, NTRIPLES, NTRIPLES),
        (CONSTRUCT, JSONLD, JSONLD),
        (CONSTRUCT, RDFXML, RDFXML),
        (CONSTRUCT, f"{JSON}, {RDFXML};q=0.3, {JSONLD};q=0.4", JSONLD),
        (DESCRIBE, NTRIPLES, NTRIPLES),
    ],
)
def test_the_format_by_accept(
    client: TestClient, query: str, accept: str | None, media_type: str
) -> None:
    headers = {"accept": accept} if accept else {}
    for answer in (
        client.get("/sparql", params={"query": query}, headers=headers),
        client.post("/sparql", data={"query": query}, headers=headers),
    ):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == media_type
        assert "Accept" in answer.headers["vary"].split(", ")


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "image/png"),
        (SELECT, "text/turtle"),
        (SELECT, "text/html"),
        (SELECT, f"{JSON};q=0"),
        (SELECT, ";;;"),
        (ASK, "text/csv"),
        (ASK, "text/tab-separated-values"),
        (ASK, "text/turtle"),
        (CONSTRUCT, JSON),
        (CONSTRUCT, "text/csv"),
        (CONSTRUCT, "application/json"),
    ],
)
def test_nothing_that_is_accepted_can_be_served(
    client: TestClient, query: str, accept: str
) -> None:
    """The answer says what can be had."""
    detail = problem(
        client.get("/sparql", params={"query": query}, headers={"accept": accept}), 406
    )
    assert ("text/turtle" if query is CONSTRUCT else JSON) in detail


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        (SELECT, "json", JSON),
        (SELECT, "xml", XML),
        (SELECT, "csv", CSV),
        (SELECT, "tsv", TSV),
        (SELECT, "text/csv", CSV),
        (ASK, "json", JSON),
        (ASK, "xml", XML),
        (CONSTRUCT, "turtle", TURTLE),
        (CONSTRUCT, "ntriples", NTRIPLES),
        (CONSTRUCT, "jsonld", JSONLD),
        (CONSTRUCT, "rdfxml", RDFXML),
    ],
)
def test_the_format_by_name_wins_over_accept(
    client: TestClient, query: str, name: str, media_type: str
) -> None:
    sent = {"query": query, "format": name}
    for answer in (
        client.get("/sparql", params=sent, headers={"accept": "image/png"}),
        client.post("/sparql", data=sent, headers={"accept": "image/png"}),
        client.post("/sparql", params={"format": name}, content=query,
                    headers={"accept": "image/png", "content-type": DIRECT}),
    ):  # fmt: skip
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize(
    ("query", "name"),
    [(SELECT, "turtle"), (ASK, "xlsx"), (SELECT, "JSON "), (ASK, "csv"), (ASK, "tsv"),
     (CONSTRUCT, "json"), (CONSTRUCT, "csv")],
)  # fmt: skip
def test_a_format_that_the_answer_does_not_have(client: TestClient, query: str, name: str) -> None:
    answer = client.get("/sparql", params={"query": query, "format": name})
    assert f'"{name}"' in problem(answer, 406)


def test_rows_are_the_same_in_every_format(client: TestClient) -> None:
    texts = {
        name: client.get("/sparql", params={"query": SELECT, "format": name}).text
        for name in ("csv", "tsv", "xml")
    }
    assert list(csv.reader(io.StringIO(texts["csv"], newline=""))) == [
        ["name"], *([name] for name in NAMES)
    ]  # fmt: skip
    assert texts["tsv"].splitlines()[1:] == [f'"{name}"@en' for name in NAMES]
    tree = ET.fromstring(texts["xml"])  # noqa: S314
    found = tree.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [literal.text for literal in found] == NAMES


def test_every_kind_of_term_in_json(client: TestClient) -> None:
    rows = '(area:kent "a"@en 1 "x") (UNDEF UNDEF UNDEF UNDEF)'
    query = f"SELECT * {{ VALUES (?i ?l ?n ?s) {{ {rows} }} }}"
    first, second = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    assert first == {
        "i": {"type": "uri", "value": "https://w3id.org/masagraph/id/area/kent"},
        "l": {"type": "literal", "value": "a", "xml:lang": "en"},
        "n": {"type": "literal", "value": "1",
              "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
        "s": {"type": "literal", "value": "x"},
    }  # fmt: skip
    assert second == {}


def test_triples_are_the_same_in_every_format(client: TestClient) -> None:
    graphs = [
        set(Graph().parse(
            data=client.get("/sparql", params={"query": CONSTRUCT, "format": name}).text,
            format=parser,
        ))
        for name, parser in (("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"),
                             ("rdfxml", "xml"))
    ]  # fmt: skip
    assert len(graphs[0]) > 3
    assert all(graph == graphs[0] for graph in graphs)


# Which graphs a query sees

AREA = "SELECT DISTINCT ?x { ?x a masa:SafeguardingArea } LIMIT 1"
POLICE = "SELECT DISTINCT ?x { ?x a masa:PoliceForce } LIMIT 1"
IN_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("query", "scope", "found"),
    [
        (AREA, {}, True),
        (POLICE, {}, True),
        (AREA, {"default-graph-uri": AREAS}, True),
        (POLICE, {"default-graph-uri": AREAS}, False),
        (POLICE, {"default-graph-uri": [AREAS, ORGANISATIONS]}, True),
        (AREA, {"named-graph-uri": AREAS}, False),
        (AREA, {"default-graph-uri": ORGANISATIONS, "named-graph-uri": AREAS}, False),
        ("SELECT ?x { GRAPH ?g { ?x a masa:PoliceForce } }",
         {"default-graph-uri": ORGANISATIONS, "named-graph-uri": AREAS}, False),
    ],
)  # fmt: skip
def test_the_default_graph(
    client: TestClient, query: str, scope: dict[str, Any], found: bool
) -> None:
    for answer in (
        client.get("/sparql", params={"query": query, **scope}),
        client.post("/sparql", data={"query": query, **scope}),
        client.post("/sparql", params=scope, content=query, headers={"content-type": DIRECT}),
    ):
        assert bool(values(answer, "x")) is found


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"named-graph-uri": AREAS}, {AREAS}),
        ({"named-graph-uri": [AREAS, ORGANISATIONS]}, {AREAS, ORGANISATIONS}),
        ({"default-graph-uri": AREAS}, set()),
        ({"default-graph-uri": ORGANISATIONS, "named-graph-uri": AREAS}, {AREAS}),
    ],
)
def test_graph_sees_the_named_graphs_and_no_others(
    client: TestClient, scope: dict[str, Any], expected: set[str]
) -> None:
    assert set(values(client.get("/sparql", params={"query": IN_GRAPHS, **scope}), "g")) == expected
    # Nor by its own name.
    hidden = f"SELECT ?s {{ GRAPH <{GRAPH}people> {{ ?s ?p ?o }} }}"
    assert values(client.get("/sparql", params={"query": hidden, **scope}), "s") == []


def test_without_scope_every_graph_is_seen(client: TestClient) -> None:
    seen = set(values(client.get("/sparql", params={"query": IN_GRAPHS}), "g"))
    assert {AREAS, ORGANISATIONS} < seen


def test_from_in_the_query(client: TestClient) -> None:
    def ask(head: str, **scope: str) -> list[str]:
        query = f"SELECT DISTINCT ?x {head} {{ ?x a masa:PoliceForce }} LIMIT 1"
        return values(client.get("/sparql", params={"query": query, **scope}), "x")

    assert ask(f"FROM <{ORGANISATIONS}>")
    assert not ask(f"FROM <{AREAS}>")
    assert not ask(f"FROM NAMED <{ORGANISATIONS}>")
    # The protocol's parameters win over the query's own.
    assert ask(f"FROM <{AREAS}>", **{"default-graph-uri": ORGANISATIONS})
    assert not ask(f"FROM <{ORGANISATIONS}>", **{"default-graph-uri": AREAS})


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://127.0.0.1:9/data", "nonsense", "", f"{AREAS}x"])
def test_a_graph_that_is_not_held(client: TestClient, parameter: str, graph: str) -> None:
    sent = {"query": ASK, parameter: graph}
    for answer in (client.get("/sparql", params=sent), client.post("/sparql", data=sent)):
        assert f"<{graph}>" in problem(answer, 400)


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED", "from", "From  #\n <x:y> FROM NAMED"])
def test_from_a_graph_that_is_not_held(client: TestClient, clause: str) -> None:
    query = f"SELECT * {clause} <http://127.0.0.1:9/data> {{ ?s ?p ?o }}"
    assert "FROM <" in problem(client.get("/sparql", params={"query": query}), 400)


# Read only


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { area:kent a masa:Duty }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "LOAD <http://127.0.0.1:9/data.ttl>",
        "PREFIX x: <http://x/>\nDROP GRAPH x:y",
        "ASK {} ; CLEAR ALL",
    ],
)
def test_updates_are_refused(client: TestClient, update: str) -> None:
    before = client.get("/sparql", params={"query": SELECT}).content
    for answer in (
        client.get("/sparql", params={"query": update}),
        client.post("/sparql", data={"query": update}),
        client.post("/sparql", data={"update": update}),
        client.post("/sparql", data={"query": ASK, "update": update}),
        client.post("/sparql", content=update, headers={"content-type": DIRECT}),
    ):
        problem(answer, 400)
    answer = client.post(
        "/sparql", content=update, headers={"content-type": "application/sparql-update"}
    )
    problem(answer, 415)
    assert client.get("/sparql", params={"query": SELECT}).content == before


def test_an_update_in_a_form_is_told_that_nothing_is_written(client: TestClient) -> None:
    answer = client.post("/sparql", data={"update": "CLEAR ALL"})
    assert "Updates are not allowed" in problem(answer, 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": ASK})
    problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_options_says_which_methods_there_are(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.options("/health").headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/none").status_code == 404


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT, "nonsense", ""])
def test_head_is_get_without_the_body(client: TestClient, query: str) -> None:
    head = client.head("/sparql", params={"query": query})
    get = client.get("/sparql", params={"query": query})
    assert head.content == b""
    assert head.status_code == get.status_code
    for name in ("content-type", "content-length", "etag"):
        assert head.headers.get(name) == get.headers.get(name)
