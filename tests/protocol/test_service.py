"""``SERVICE`` in its disguises: refused, and nothing is sent to anybody.

Both Oxigraph and rdflib make requests for it. A local socket listens in each test.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

if TYPE_CHECKING:
    from tests.protocol.conftest import Listener

URL = "{url}"
INNER = "{ ?s ?p ?o }"

DISGUISES = {
    "plain": f"SELECT * {{ SERVICE {URL} {INNER} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {URL} {INNER} }}",
    "mixed case": f"SELECT * {{ sErViCe sIlEnT {URL} {INNER} }}",
    "no space": f"SELECT * {{SERVICE{URL}{INNER}}}",
    "no space, silent": f"SELECT*{{?a ?b ?c.SERVICE SILENT{URL}{INNER}}}",
    "no spaces at all": f"SELECT*{{SERVICESILENT{URL}{INNER}}}",
    "after a bracket": f"SELECT * {{ {{}}SERVICE SILENT{URL}{INNER} }}",
    "after a filter": f"SELECT * {{ ?a ?b ?c . FILTER(1)SERVICE SILENT{URL}{INNER} }} LIMIT 1",
    "comment between": f"SELECT * {{ SERVICE # here\n SILENT # there\n {URL} {INNER} }}",
    "comment before": f"# a service\nSELECT * {{ SERVICE SILENT {URL} {INNER} }}",
    "tabs and new lines": f"SELECT * {{\n\tSERVICE\n\tSILENT\r\n\t{URL} {INNER} }}",
    "variable": f"SELECT * {{ VALUES ?u {{ {URL} }} SERVICE SILENT ?u {INNER} }}",
    "bound variable": f"SELECT * {{ BIND ( {URL} AS ?u ) SERVICE SILENT ?u {INNER} }}",
    "prefixed name": f"PREFIX x: {URL} SELECT * {{ SERVICE SILENT x: {INNER} }}",
    "base": f"BASE {URL} SELECT * {{ SERVICE SILENT <> {INNER} }}",
    "subselect": f"SELECT * {{ {{ SELECT * {{ SERVICE SILENT {URL} {INNER} }} }} }}",
    "optional": f"SELECT * {{ ?a ?b ?c OPTIONAL {{ SERVICE SILENT {URL} {INNER} }} }} LIMIT 1",
    "union": f"SELECT * {{ {{ ?a ?b ?c }} UNION {{ SERVICE SILENT {URL} {INNER} }} }}",
    "minus": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE SILENT {URL} {INNER} }} }} LIMIT 1",
    "graph": f"SELECT * {{ GRAPH ?g {{ SERVICE SILENT {URL} {INNER} }} }}",
    "exists": f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE SILENT {URL} {INNER} }} }} LIMIT 1",
    "not exists":
        f"SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE SILENT {URL} {INNER} }} }} LIMIT 1",
    "in an expression":
        f"SELECT * {{ BIND ( IF ( EXISTS {{ SERVICE SILENT {URL} {INNER} }}, 1, 2 ) AS ?x ) }}",
    "in the head": f"SELECT ( EXISTS {{ SERVICE SILENT {URL} {INNER} }} AS ?x ) {{}}",
    "in order by":
        f"SELECT * {{ ?a a masa:Duty }} ORDER BY ( EXISTS {{ SERVICE SILENT {URL} {INNER} }} )",
    "in having": "SELECT ( COUNT(*) AS ?n ) { ?a a ?b } GROUP BY ?b "
        f"HAVING ( EXISTS {{ SERVICE SILENT {URL} {INNER} }} )",
    "in group by":
        f"SELECT ?x {{}} GROUP BY ( EXISTS {{ SERVICE SILENT {URL} {INNER} }} AS ?x )",
    "lateral": f"SELECT * {{ ?a a masa:Duty LATERAL {{ SERVICE SILENT {URL} {INNER} }} }}",
    "in service": f"SELECT * {{ SERVICE SILENT {URL} {{ SERVICE SILENT {URL} {INNER} }} }}",
    "ask": f"ASK {{ SERVICE SILENT {URL} {INNER} }}",
    "construct": f"CONSTRUCT {INNER} WHERE {{ SERVICE SILENT {URL} {INNER} }}",
    "describe": f"DESCRIBE ?s {{ SERVICE SILENT {URL} {INNER} }}",
    "escaped letter": f"SELECT * {{ \\u0053ERVICE SILENT {URL} {INNER} }}",
    "long escape": f"SELECT * {{ \\U00000053ERVIC\\u0045 SILENT {URL} {INNER} }}",
    # One reader's comment is another's line: Oxigraph ends one at a carriage return.
    "carriage return": f"SELECT * {{ # x\r SERVICE SILENT {URL} {INNER} \n}}",
    "escaped carriage return": f"SELECT * {{ # x\\u000D SERVICE SILENT {URL} {INNER} \n}}",
    "escaped new line": f"SELECT * {{ # x\\u000A SERVICE SILENT {URL} {INNER} \n}}",
    # Once escapes are undone, the text seems to end and a comment to begin.
    "escaped quote":
        f'SELECT * {{ BIND ( "\\u0022 AS ?x ) # " AS ?y ) SERVICE SILENT {URL} {INNER} \n}}',
    "escaped apostrophe":
        f"SELECT * {{ BIND ( '\\u0027 AS ?x ) # ' AS ?y ) SERVICE SILENT {URL} {INNER} \n}}",
    "escaped quotes":
        f'SELECT * {{ BIND ( """\\U00000022"" ) # """ AS ?y ) SERVICE SILENT {URL} {INNER} \n}}',
    "escaped bracket":
        f"SELECT * {{ BIND ( <x:\\u003E AS ?x ) # > AS ?y ) SERVICE SILENT {URL} {INNER} \n}}",
    "hash in an address":
        f"SELECT * {{ BIND ( <http://x/#a> AS ?x ) SERVICE SILENT {URL} {INNER} }}",
    "hash in a text": f"SELECT * {{ BIND ( '#' AS ?x ) SERVICE SILENT {URL} {INNER} }}",
    "hash in a long text": f"SELECT * {{ BIND ( '''a'#''' AS ?x ) SERVICE SILENT {URL} {INNER} }}",
    "less than":
        f"SELECT * {{ ?a ?b ?c FILTER ( ?a<?b#>\n) SERVICE SILENT {URL} {INNER} }} LIMIT 1",
    "after a variable of the name":
        f"SELECT ?service {{ ?service ?p ?o . SERVICE SILENT {URL} {INNER} }} LIMIT 1",
    "after a prefix of the name":
        f"PREFIX service: <x:> SELECT * {{ service:a ?b ?c . SERVICE SILENT {URL} {INNER} }}",
    "and an update": f"SELECT * {{ SERVICE SILENT {URL} {INNER} }} ; CLEAR ALL",
}  # fmt: skip


def test_the_listener_hears(listener: Listener) -> None:
    assert not listener.heard()
    with socket.create_connection(listener.server.getsockname()):
        assert listener.heard()


@pytest.mark.parametrize("name", DISGUISES)
def test_refused_and_nothing_sent(client: TestClient, listener: Listener, name: str) -> None:
    query = DISGUISES[name].replace(URL, f"<{listener.url}>")
    headers = {"content-type": "application/sparql-query"}
    answer = client.post("/sparql", content=query.encode(), headers=headers)
    assert not listener.heard()
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    # Refused before it was run, and not for want of an answer from there.
    assert "evaluated" not in answer.json()["detail"]


@pytest.mark.parametrize("way", ["get", "form"])
def test_refused_whichever_way_it_comes(client: TestClient, listener: Listener, way: str) -> None:
    query = DISGUISES["carriage return"].replace(URL, f"<{listener.url}>")
    if way == "get":
        answer = client.get("/sparql", params={"query": query})
    else:
        answer = client.post("/sparql", data={"query": query})
    assert not listener.heard()
    assert answer.status_code == 400
    assert "SERVICE" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "the service is good"@en }',
        "SELECT ?service { ?service a masa:Duty } LIMIT 1",
        "# which service\nASK { ?s ?p ?o }",
        "PREFIX service: <http://example.org/> ASK { service:a ?p ?o }",
        "ASK { ?s ?p <http://example.org/service> }",
        "# a service\r\nASK { ?s ?p ?o }\r\n",
    ],
)
def test_the_word_alone_is_no_crime(client: TestClient, query: str) -> None:
    assert client.post("/sparql", data={"query": query}).status_code == 200
