"""Every way to write, and to reach out in a query: tried, and watched.

``SERVICE`` has a table of its own in ``test_service.py``. Each test here has a socket that would
hear of a request and a file that would show that it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from refusals import ASK, DIRECT, FILE, WEB, refused

if TYPE_CHECKING:
    from tests.protocol.conftest import Canary, Traps

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def send(client: TestClient, way: str, query: str, **scope: Any) -> Response:
    if way == "get":
        return client.get("/sparql", params={"query": query, **scope})
    if way == "form":
        return client.post("/sparql", data={"query": query, **scope})
    content, headers = query.encode(), {"content-type": DIRECT}
    return client.post("/sparql", params=scope, content=content, headers=headers)


each_way = pytest.mark.parametrize("way", ["get", "form", "direct"])


def test_the_canary_tells_that_it_was_read(canary: Canary) -> None:
    assert not canary.touched()
    assert canary.words in canary.path.read_text(encoding="ascii")
    if not canary.touched():
        pytest.skip("this file system keeps no times of access; its words are still looked for")


# Writing

UPDATES = {
    "insert data": "INSERT DATA { <x:a> <x:b> <x:c> }",
    "insert into a graph": "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> <x:c> } }",
    "delete data": "DELETE DATA { area:kent a masa:SafeguardingArea }",
    "delete where": "DELETE WHERE { ?s ?p ?o }",
    "delete and insert": "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "with": "WITH <x:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "using": "INSERT { ?s ?p ?o } USING <x:g> WHERE { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "clear silent": "CLEAR SILENT DEFAULT",
    "drop": "DROP ALL",
    "create": "CREATE GRAPH <x:g>",
    "copy": "COPY DEFAULT TO <x:g>",
    "move": "MOVE <x:g> TO DEFAULT",
    "add": "ADD DEFAULT TO <x:g>",
    "load": f"LOAD <{WEB}>",
    "load silent": f"LOAD SILENT <{WEB}>",
    "load into": f"LOAD <{WEB}> INTO GRAPH <x:g>",
    "load a file": f"LOAD <{FILE}>",
    "load a prefixed name": f"PREFIX w: <{WEB}> LOAD w:",
    "load by base": f"BASE <{WEB}> LOAD <>",
    "mixed case": f"lOaD <{WEB}>",
    "after a comment": f"# ASK {{}}\nLOAD <{WEB}>",
    "after a carriage return": f"# ASK {{}}\rLOAD <{WEB}>",
    "after a prefix": "PREFIX x: <x:>\nINSERT DATA { x:a x:b x:c }",
    "after a base and a comment": f"BASE <x:> # insert\nPREFIX : <y:> LOAD <{WEB}>",
    "escaped": f"\\u004COAD <{WEB}>",
    "after a query": "ASK {} ; CLEAR ALL",
    "after a query and a line": f"ASK {{}}\n;\nLOAD <{WEB}>",
    "before a query": "CLEAR ALL ; ASK {}",
    "two": f"CREATE GRAPH <x:g> ; LOAD <{WEB}> INTO GRAPH <x:g>",
    "in a group": "ASK { INSERT DATA { <x:a> <x:b> <x:c> } }",
    "in a construct": "CONSTRUCT { ?s ?p ?o } WHERE { DELETE WHERE { ?s ?p ?o } }",
    "select into": "SELECT * INTO <x:g> WHERE { ?s ?p ?o }",
}


@pytest.fixture
def unchanged(client: TestClient) -> Iterator[None]:
    """The data are the same after the test as before."""
    before = client.get("/sparql", params={"query": COUNT}).json()
    yield
    assert client.get("/sparql", params={"query": COUNT}).json() == before


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", UPDATES)
def test_updates(client: TestClient, traps: Traps, name: str) -> None:
    update = traps.put(UPDATES[name])
    for way in ("get", "form", "direct"):
        refused(send(client, way, update), traps)
    headers = {"content-type": "application/sparql-update"}
    sent: list[dict[str, Any]] = [
        {"data": {"update": update}},
        {"data": {"update": update, "query": ASK}},
        {"params": {"update": update}, "data": {"query": ASK}},
        {"data": {"update": update, "using-graph-uri": traps.listener.url}},
        {"content": update, "headers": headers},
        {
            "content": update,
            "headers": {"content-type": "application/sparql-update; charset=utf-8"},
        },
        {"content": update, "params": {"using-graph-uri": traps.listener.url}, "headers": headers},
        {"content": update, "headers": {"content-type": "text/plain"}},
        {"content": update},
        {"files": {"update": update}},
    ]
    for options in sent:
        refused(client.post("/sparql", **options), traps, 400, 415)


@pytest.mark.usefixtures("unchanged")
def test_an_update_in_the_address_of_a_get(client: TestClient, traps: Traps) -> None:
    """The protocol has none: it may be told so or passed over, but nothing is done."""
    update = traps.put(UPDATES["load"])
    for params in ({"update": update}, {"update": update, "query": ASK}):
        answer = client.get("/sparql", params=params)
        traps.unsprung()
        assert answer.status_code in (200, 400)


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("params", [{"default": ""}, {"graph": WEB}, {"graph": FILE}])
def test_the_graph_store_protocol(
    client: TestClient, traps: Traps, method: str, params: dict[str, str]
) -> None:
    """It is not there: no graph is put, added to or deleted over HTTP."""
    params = {name: traps.put(value) for name, value in params.items()}
    sent = {"content": b"<x:a> <x:b> <x:c> .", "headers": {"content-type": "text/turtle"}}
    for path in ("/sparql", "/data", "/rdf-graph-store", "/store", "/update", "/statements"):
        answer = client.request(method, path, params=params, **sent)
        traps.unsprung()
        assert answer.status_code in (404, 405, 415), path


# Reaching out in a query

ELSEWHERE = {
    "from": "SELECT * FROM <{u}> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <{u}> { GRAPH ?g { ?s ?p ?o } }",
    "from beside a graph held":
        "SELECT * FROM <https://w3id.org/masagraph/graph/register/areas> FROM <{u}> { ?s ?p ?o }",
    "from a prefixed name": "PREFIX u: <{u}> SELECT * FROM u: { ?s ?p ?o }",
    "from by base": "BASE <{u}> SELECT * FROM <> { ?s ?p ?o }",
    "from by base and path": "BASE <{u}> SELECT * FROM <data.ttl> { ?s ?p ?o }",
    "from in mixed case": "SELECT * fRoM nAmEd <{u}> { ?s ?p ?o }",
    "from after a comment": "SELECT * # x\rFROM <{u}>\n{ ?s ?p ?o }",
    "from without spaces": "SELECT*FROM<{u}>{ ?s ?p ?o }",
    # Oxigraph needs no space between two words, and reads more than other parsers do.
    "from in one word with what is before": "ASKFROM<{u}>{ ?s ?p ?o }",
    "from in one word with what is after": "ASK FROMNAMED<{u}>{ GRAPH ?g { ?s ?p ?o } }",
    "from in one word in construct": "CONSTRUCTFROM<{u}>WHERE{ ?s ?p ?o }",
    "from after an asterisk": "DESCRIBE*FROM<{u}>{ ?s ?p ?o }",
    "from after words without spaces": "SELECT(1AS?x)FROM<{u}>{}",
    "from in ask": "ASK FROM <{u}> { ?s ?p ?o }",
    "from in construct": "CONSTRUCT { ?s ?p ?o } FROM <{u}> WHERE { ?s ?p ?o }",
    "from in short construct": "CONSTRUCT FROM <{u}> WHERE { ?s ?p ?o }",
    "from in describe": "DESCRIBE ?s FROM <{u}> { ?s ?p ?o }",
    "from, escaped": "SELECT * \\u0046ROM <{u}> { ?s ?p ?o }",
    "from an escaped address": "SELECT * FROM <\\u{first}{rest}> { ?s ?p ?o }",
}  # fmt: skip


@each_way
@pytest.mark.parametrize("address", [WEB, FILE])
@pytest.mark.parametrize("name", ELSEWHERE)
def test_from_elsewhere(
    client: TestClient, traps: Traps, way: str, address: str, name: str
) -> None:
    url = traps.put(address)
    escaped = {"{first}": f"{ord(url[0]):04x}", "{rest}": url[1:], "{u}": url}
    query = re.sub(r"{\w+}", lambda match: escaped[match[0]], ELSEWHERE[name])
    refused(send(client, way, query), traps)


@each_way
@pytest.mark.parametrize("address", [WEB, FILE])
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_from_elsewhere(
    client: TestClient, traps: Traps, way: str, address: str, parameter: str
) -> None:
    url = traps.put(address)
    query = "ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    assert url in refused(send(client, way, query, **{parameter: url}), traps)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?g {{ <{0}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ <{0}> ?p ?o }}",
        "DESCRIBE <{0}>",
        "CONSTRUCT {{ <{0}> ?p ?o }} WHERE {{ <{0}> ?p ?o }}",
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> ASK {{ <{0}> owl:imports ?o }}",
        "BASE <{0}> SELECT * {{ <> ?p ?o }}",
        "SELECT (STR(<{0}>) AS ?x) (IRI('{0}') AS ?y) {{ ?s ?p <{0}> }}",
        "SELECT (<{0}>(1) AS ?x) {{}}",
    ],
)
@pytest.mark.parametrize("address", [WEB, FILE])
def test_a_name_is_not_looked_up(
    client: TestClient, traps: Traps, query: str, address: str
) -> None:
    """An address may be spoken of; it is a name like any other."""
    answer = client.post("/sparql", data={"query": query.format(traps.put(address))})
    traps.unsprung()
    assert answer.status_code in (200, 400), answer.text[:300]
    assert traps.canary.words not in answer.text
