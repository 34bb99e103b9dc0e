"""The SPARQL 1.1 Protocol for queries, row by row: what ``test_sparql.py`` does not hold.

Rows are named as in the W3C's test suite of the protocol, where that has one.
"""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
ASK = "ASK { area:kent a masa:SafeguardingArea }"
SELECT = "SELECT ?name { VALUES ?a { area:kent } ?a skos:prefLabel ?name }"

GRAPH = "https://w3id.org/masagraph/graph/"
AREAS, FORCES, BOARDS = (
    f"{GRAPH}register/{n}" for n in ("areas", "police-forces", "integrated-care-boards")
)


def problem(answer: Response, status: int) -> str:
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    return str(answer.json()["detail"])


# Ways to send a query


def send(
    client: TestClient, way: str, query: str, scope: dict[str, Any] | None = None, **headers: str
) -> Response:
    """Send a query in one of the three ways, with what else the protocol has it carry."""
    scope = scope or {}
    if way == "get":
        return client.get("/sparql", params={"query": query, **scope}, headers=headers)
    if way == "form":
        return client.post("/sparql", data={"query": query, **scope}, headers=headers)
    return client.post(
        "/sparql", params=scope, content=query.encode(), headers={"content-type": DIRECT, **headers}
    )


WAYS = ["get", "form", "direct"]
each_way = pytest.mark.parametrize("way", WAYS)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT (1 AS ?value) {}", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+json"),
        ("CONSTRUCT { <x:s> <x:p> 1 } WHERE {}", "text/turtle"),
        ("DESCRIBE <http://example.org/>", "text/turtle"),
    ],
    ids=["content_type_select", "content_type_ask", "content_type_construct",
         "content_type_describe"],
)  # fmt: skip
@each_way
def test_each_form_of_query(client: TestClient, way: str, query: str, media_type: str) -> None:
    answer = send(client, way, query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize(
    "kind", [f"{DIRECT}; charset=utf-8", f"{DIRECT};charset=UTF-8", f'{DIRECT}; charset="utf-8"',
             f"{DIRECT} ; charset=utf-8", "Application/SPARQL-Query"],
)  # fmt: skip
def test_a_direct_query_names_its_charset(client: TestClient, kind: str) -> None:
    query = 'ASK { FILTER ( STRLEN("é🏫") = 2 ) }'
    answer = client.post("/sparql", content=query.encode(), headers={"content-type": kind})
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "utf-16-be"])
def test_query_non_utf8(client: TestClient, charset: str) -> None:
    """The protocol knows no encoding but UTF-8, whatever a request says of itself."""
    content = 'ASK { FILTER ( "é" = "é" ) }'.encode(charset)
    headers = {"content-type": f"{DIRECT}; charset={charset}"}
    answer = client.post("/sparql", content=content, headers=headers)
    assert answer.status_code in (400, 415)
    assert answer.headers["content-type"] == "application/problem+json"


def test_multiple_queries(client: TestClient) -> None:
    """Also where they are the same, and where one is empty."""
    for second in (ASK, "ASK {}", ""):
        pair = [("query", ASK), ("query", second)]
        assert "several queries" in problem(client.get("/sparql", params=pair), 400)
        body = "&".join(f"query={'ASK%7B%7D' if text else ''}" for _, text in pair)
        answer = client.post("/sparql", content=body, headers={"content-type": FORM})
        assert "several queries" in problem(answer, 400)


def test_a_query_in_the_address_and_in_the_body(client: TestClient) -> None:
    sent: list[dict[str, Any]] = [
        {"content": ASK, "headers": {"content-type": DIRECT}}, {"data": {"query": ASK}}
    ]  # fmt: skip
    for body in sent:
        problem(client.post("/sparql", params={"query": ASK}, **body), 400)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_query_method(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql", params={"query": ASK})
    problem(answer, 405)
    allowed = {name.strip() for name in answer.headers["allow"].split(",")}
    assert allowed == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", None])
def test_query_wrong_media_type(client: TestClient, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    detail = problem(client.post("/sparql", content=ASK, headers=headers), 415)
    assert DIRECT in detail
    assert FORM in detail


@each_way
@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT * WHERE { ?s ?p ] }", 1),
        ("SELECT *\nWHERE {\n  ?s ?p ?o ?x }", 3),
        ("\n\nASK { ?s nope:x ?o }", 3),
        ("# é 🏫\nSELECT ?x { ?x ?y ?z } GROUP", 2),
        ("ASK\r\n{ FILTER ( nonsense() ) }", 2),
        ("é", 1),
    ],
)
def test_query_syntax(client: TestClient, way: str, query: str, line: int) -> None:
    """The place is said to people in the detail, and to programs in members of their own."""
    answer = send(client, way, query)
    detail = problem(answer, 400)
    body = answer.json()
    assert body["line"] == line
    # The parser names the place that it could not get past, which is that of the fault or next.
    assert 1 <= body["column"] <= len(query.split("\n")[line - 1]) + 1
    assert f"{line}:{body['column']}" in detail


def test_the_parameters_are_told_apart_by_case(client: TestClient) -> None:
    """``QUERY`` is no parameter: without ``query`` there is none."""
    problem(client.post("/sparql", data={"QUERY": ASK}), 400)


@pytest.mark.parametrize(
    "encoded",
    [
        "ASK+%7B+FILTER(1%2B1%3D2)+%7D",
        "ASK%20%7B%20FILTER(1%2B1%3D2)%20%7D",
        "ASK%7BFILTER(1%2B1=2)%7D",
    ],
)
def test_a_plus_is_a_space_and_an_escaped_plus_is_a_plus(client: TestClient, encoded: str) -> None:
    body = f"query={encoded}"
    for answer in (
        client.get(f"/sparql?{body}"),
        client.post("/sparql", content=body, headers={"content-type": FORM}),
    ):
        assert answer.json()["boolean"] is True


# Which graphs are seen

CLASSES = "SELECT DISTINCT ?c { ?x a ?c . VALUES ?c { masa:SafeguardingArea masa:PoliceForce } }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
BOTH = (
    "SELECT DISTINCT ?c ?g { { ?x a ?c } UNION { GRAPH ?g { ?y a masa:PoliceForce } } "
    "FILTER ( !BOUND(?c) || ?c IN ( masa:SafeguardingArea, masa:PoliceForce ) ) }"
)
MASA = "https://w3id.org/masagraph/ns#"
AREA, FORCE = f"{MASA}SafeguardingArea", f"{MASA}PoliceForce"


def found(answer: Response) -> set[str]:
    assert answer.status_code == 200, answer.text[:300]
    rows = answer.json()["results"]["bindings"]
    return {term["value"] for row in rows for term in row.values()}


@each_way
@pytest.mark.parametrize(
    ("query", "scope", "expected"),
    [
        (CLASSES, {}, {AREA, FORCE}),
        (CLASSES, {"default-graph-uri": AREAS}, {AREA}),
        (CLASSES, {"default-graph-uri": [AREAS, FORCES]}, {AREA, FORCE}),
        (CLASSES, {"default-graph-uri": [AREAS, AREAS]}, {AREA}),
        (CLASSES, {"named-graph-uri": AREAS}, set()),
        (GRAPHS, {"default-graph-uri": AREAS}, set()),
        (GRAPHS, {"named-graph-uri": AREAS}, {AREAS}),
        (GRAPHS, {"named-graph-uri": [AREAS, FORCES]}, {AREAS, FORCES}),
        (GRAPHS, {"default-graph-uri": AREAS, "named-graph-uri": FORCES}, {FORCES}),
        (BOTH, {"default-graph-uri": AREAS, "named-graph-uri": FORCES}, {AREA, FORCES}),
        (BOTH, {"default-graph-uri": [AREAS, FORCES], "named-graph-uri": [BOARDS, AREAS]},
         {AREA, FORCE}),
        # What the request says wins over FROM and FROM NAMED, both of them.
        (CLASSES.replace("{", f"FROM <{FORCES}> {{", 1), {}, {FORCE}),
        (CLASSES.replace("{", f"FROM <{FORCES}> {{", 1), {"default-graph-uri": AREAS}, {AREA}),
        (CLASSES.replace("{", f"FROM <{FORCES}> {{", 1), {"named-graph-uri": AREAS}, set()),
        (GRAPHS.replace("{", f"FROM NAMED <{FORCES}> {{", 1), {}, {FORCES}),
        (GRAPHS.replace("{", f"FROM NAMED <{FORCES}> {{", 1), {"named-graph-uri": AREAS}, {AREAS}),
        (GRAPHS.replace("{", f"FROM NAMED <{FORCES}> {{", 1), {"default-graph-uri": AREAS}, set()),
        (GRAPHS.replace("{", f"FROM <{FORCES}> {{", 1), {}, set()),
    ],
)  # fmt: skip
def test_query_dataset(
    client: TestClient, way: str, query: str, scope: dict[str, Any], expected: set[str]
) -> None:
    assert found(send(client, way, query, scope)) == expected


@each_way
@pytest.mark.parametrize("scope", [{}, {"default-graph-uri": AREAS}, {"named-graph-uri": AREAS}])
def test_a_graph_that_is_not_named_is_not_there(
    client: TestClient, way: str, scope: dict[str, str]
) -> None:
    """Not by its name, not by a variable bound to it, not by one that ranges over all."""
    people = f"<{GRAPH}people>"
    queries = [
        f"ASK {{ GRAPH {people} {{ ?s ?p ?o }} }}",
        f"ASK {{ VALUES ?g {{ {people} }} GRAPH ?g {{ ?s ?p ?o }} }}",
        f"ASK {{ BIND ( {people} AS ?g ) GRAPH ?g {{ ?s ?p ?o }} }}",
        f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER ( ?g = {people} ) }}",
        f"ASK {{ FILTER EXISTS {{ GRAPH {people} {{ ?s ?p ?o }} }} }}",
    ]
    for query in queries:
        answer = send(client, way, query, scope)
        assert answer.json()["boolean"] is (not scope), query


@each_way
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["http://127.0.0.1:9/x", "file:///etc/passwd", "areas", "<x:y>",
                                   f"{AREAS} ", f"{AREAS}#", "urn:x:\u0000"])  # fmt: skip
def test_a_graph_that_is_not_held(client: TestClient, way: str, parameter: str, graph: str) -> None:
    """Also beside one that is."""
    assert "no graph" in problem(send(client, way, ASK, {parameter: graph}), 400)
    assert "no graph" in problem(send(client, way, ASK, {parameter: [AREAS, graph]}), 400)


# Whether an answer has changed


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/sparql?query=nonsense", 400),
        ("/sparql?query=ASK{}&format=csv", 406),
        ("/api/areas/atlantis/assessment", 404),
        ("/areas/atlantis/gaps", 404),
        ("/no/such/thing", 404),
    ],
)
@pytest.mark.parametrize(
    "condition",
    ["if-none-match", "if-modified-since"],
)
def test_what_was_never_an_answer_is_not_unchanged(
    client: TestClient, url: str, status: int, condition: str
) -> None:
    """RFC 9110, 13.2.1: conditions do not count where the answer without them is no 2xx."""
    since = client.get("/api/areas").headers["last-modified"]
    value = "*" if condition == "if-none-match" else since
    problem_or_page = client.get(url, headers={condition: value})
    assert problem_or_page.status_code == status
