"""Every way to write, to reach out, or to reach in: tried, and watched.

``SERVICE`` has a table of its own in ``test_service.py``. Each test here has a socket that would
hear of a request and a file that would show that it was read.
"""

from __future__ import annotations

import gzip
import json
import re
import socket
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from raw_http import ask

from masagraph.settings import Settings
from masagraph.web.app import create_app

if TYPE_CHECKING:
    from tests.protocol.conftest import Canary, Listener

DIRECT = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
PROBLEM = "application/problem+json"
ASK = "ASK { area:kent a masa:SafeguardingArea }"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

WEB, FILE = "{web}", "{file}"
"""Where a query names the socket's address, and the file's."""


@dataclass(frozen=True)
class Traps:
    """A socket that nobody should call, and a file that nobody should read."""

    listener: Listener
    canary: Canary

    def put(self, text: str) -> str:
        """Write the addresses of the two into a text."""
        return text.replace(WEB, self.listener.url).replace(FILE, self.canary.url)

    def unsprung(self) -> None:
        assert not self.listener.heard(), "a request was sent"
        assert not self.canary.touched(), "a file was read"


@pytest.fixture
def traps(listener: Listener, canary: Canary) -> Iterator[Traps]:
    """The two traps, looked at once more when the test has ended."""
    laid = Traps(listener, canary)
    yield laid
    laid.unsprung()


def refused(answer: Response, traps: Traps, *codes: int) -> str:
    """Return the detail of a refusal, after a look at the traps."""
    traps.unsprung()
    assert answer.status_code in (codes or (400,)), answer.text[:300]
    assert answer.headers["content-type"] == PROBLEM
    assert traps.canary.words not in answer.text
    return str(answer.json()["detail"])


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


# Reaching out in a draft

CHECK = "/api/check"
TURTLE, JSONLD = "text/turtle", "application/ld+json"

DRAFT = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/masagraph/id/document/draft> a masa:SourceDocument ;
    dcterms:title "A draft"@en ;
    dcterms:license "none stated" ;
    masa:documentKind masa:PublishedArrangement ;
    masa:describes <https://w3id.org/masagraph/id/arrangement/kent> ;
    masa:inViewFrom "2025-01-01"^^xsd:date ;
    masa:dateBasis masa:Issued ;
    masa:extentHeld masa:WholeText .
"""

CONTEXTS: dict[str, Any] = {
    "a name": {"@context": WEB, "@id": "x:a", "x:b": 1},
    "a file": {"@context": FILE, "@id": "x:a", "x:b": 1},
    "a list": {"@context": [{"t": "x:t"}, WEB], "@id": "x:a", "x:b": 1},
    "within": {"@context": {}, "@id": "x:a", "x:b": {"@context": WEB, "@id": "x:c"}},
    "an import": {"@context": {"@version": 1.1, "@import": WEB}, "@id": "x:a", "x:b": 1},
    "of a property": {
        "@context": {"@version": 1.1, "b": {"@id": "x:b", "@context": WEB}},
        "@id": "x:a",
        "b": {"@id": "x:c", "x:d": 1},
    },
    "of a type": {
        "@context": {"@version": 1.1, "T": {"@id": "x:T", "@context": WEB}},
        "@id": "x:a",
        "@type": "T",
        "x:b": 1,
    },
    "relative": {"@context": [{"@base": WEB}, "context.jsonld"], "@id": "x:a", "x:b": 1},
}


def check(client: TestClient, content: str | bytes, kind: str, **headers: str) -> Response:
    return client.post(CHECK, content=content, headers={"content-type": kind, **headers})


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_from_elsewhere(client: TestClient, traps: Traps, name: str) -> None:
    text = traps.put(json.dumps(CONTEXTS[name]))
    detail = refused(check(client, text, JSONLD), traps, 400, 422)
    assert "context" in detail.lower()


def test_a_context_in_a_header(client: TestClient, traps: Traps) -> None:
    """JSON may name its context in a Link header; such JSON is not taken, nor is the link."""
    link = f'<{traps.listener.url}>; rel="http://www.w3.org/ns/json-ld#context"'
    body = '{"@id": "x:a", "x:b": 1}'
    refused(check(client, body, "application/json", link=link), traps, 400, 415, 422)
    refused(check(client, body, JSONLD, link=link), traps, 400, 422)


RDFXML = f"""<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY out SYSTEM "{WEB}"> <!ENTITY in SYSTEM "{FILE}"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
  <rdf:Description rdf:about="x:a"><x:b>&out;&in;</x:b></rdf:Description>
</rdf:RDF>"""
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12)
)  # a billion laughs and more


@pytest.mark.parametrize(
    "content",
    [
        RDFXML,
        RDFXML.replace("[", f'SYSTEM "{WEB}" [').replace("&in;", ""),
        RDFXML.replace("<!ENTITY out", f'<!ENTITY % dtd SYSTEM "{WEB}"> %dtd; <!ENTITY out'),
        f"<!DOCTYPE x [ {LAUGHS} ]><x>&l11;</x>",
    ],
    ids=["entities", "external DTD", "parameter entity", "billion laughs"],
)
@pytest.mark.parametrize(
    "kind", ["application/rdf+xml", "application/xml", "text/xml", TURTLE, JSONLD,
             "application/trig"],
)  # fmt: skip
def test_xml_with_entities(client: TestClient, traps: Traps, kind: str, content: str) -> None:
    """XML is not taken, and nothing that calls itself by another name is read as XML."""
    answer = check(client, traps.put(content), kind)
    refused(answer, traps, *((400, 422) if "xml" not in kind else (415,)))


@pytest.mark.parametrize(
    "more",
    [
        f"<{WEB}#> a owl:Ontology ; owl:imports <{WEB}> , <{FILE}> .",
        f"<https://w3id.org/masagraph/id/document/draft> owl:imports <{WEB}> , <{FILE}> .",
        f"<x:a> rdfs:seeAlso <{WEB}> , <{FILE}> ; rdfs:isDefinedBy <{WEB}> .",
        f"<x:a> sh:shapesGraph <{WEB}> , <{FILE}> .",
        f"""<x:shape> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:sparql [ sh:select "SELECT $this {{ SERVICE SILENT <{WEB}> {{ ?s ?p ?o }} }}" ] .""",
        f"""<x:shape> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:js [ sh:jsFunctionName "f" ; sh:jsLibrary [ sh:jsLibraryURL "{WEB}" ] ] .""",
        f"""<x:rule> a sh:NodeShape ; sh:targetClass masa:SourceDocument ;
            sh:rule [ a sh:SPARQLRule ;
                sh:construct "CONSTRUCT {{ $this a ?x }} WHERE {{ SERVICE <{WEB}> {{ ?x a ?y }} }}"
            ] .""",
    ],
    ids=["imports", "imports of the document", "see also", "shapes graph", "shape with SERVICE",
         "shape with a script", "rule with SERVICE"],
)  # fmt: skip
def test_a_draft_that_points_elsewhere(client: TestClient, traps: Traps, more: str) -> None:
    """It is assessed or refused; what it points to is not fetched, what it defines is not run."""
    answer = check(client, traps.put(DRAFT + more), TURTLE)
    traps.unsprung()
    assert answer.status_code in (200, 400, 422), answer.text[:300]
    assert traps.canary.words not in answer.text


# Bodies that grow, and bodies without a floor

HEAVY = b"# " + b"0" * 20_000_000
PACKED = {
    "gzip": gzip.compress(HEAVY),
    "deflate": zlib.compress(HEAVY),
    "gzip, gzip": gzip.compress(gzip.compress(HEAVY)),
    "br": b"\x8b\x02\x80",
    "zstd": b"\x28\xb5\x2f\xfd",
    "x-gzip": gzip.compress(HEAVY),
    "identity, gzip": gzip.compress(HEAVY),
    "nonsense": b"ASK {}",
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize(
    ("url", "kind"), [("/sparql", DIRECT), ("/sparql", FORM), (CHECK, TURTLE), (CHECK, JSONLD)]
)
def test_a_packed_body_is_not_unpacked(
    client: TestClient, traps: Traps, url: str, kind: str, encoding: str
) -> None:
    headers = {"content-type": kind, "content-encoding": encoding}
    detail = refused(client.post(url, content=PACKED[encoding], headers=headers), traps, 400, 415)
    assert "Content-Encoding" in detail


def nested(opening: str, closing: str, depth: int, inner: str = "") -> str:
    return opening * depth + inner + closing * depth


DEEP_QUERIES = {
    "groups": "ASK " + nested("{", "}", 5_000),
    "groups beyond the limit of length": "ASK " + nested("{", "}", 500_000),
    "brackets": "SELECT (" + nested("(", ")", 5_000, "1") + " AS ?x) {}",
    "signs": f"SELECT ({'!' * 15_000}1 AS ?x) {{}}",
    "minus signs": f"SELECT ({'- ' * 9_000}1 AS ?x) {{}}",
    "sum": f"SELECT ({'1+' * 9_000}1 AS ?x) {{}}",
    "or": f"SELECT ({'1||' * 6_000}1 AS ?x) {{}}",
    "and": f"SELECT ({'1&&' * 6_000}1 AS ?x) {{}}",
    "equals": f"SELECT ({'1=' * 9_000}1 AS ?x) {{}}",
    "lists": f"ASK {{ ?s ?p {nested('(', ')', 5_000)} }}",
    "blank nodes": f"ASK {{ ?s ?p {nested('[ ?p ', ']', 3_000)} }}",
    "paths": f"ASK {{ ?s {nested('(', ')', 5_000, 'a')} ?o }}",
    "long path": f"ASK {{ ?s {'a/' * 9_000}a ?o }}",
    "alternatives": f"ASK {{ ?s {'a|' * 9_000}a ?o }}",
    "inverse": f"ASK {{ ?s {'^(' * 3_000}a{')' * 3_000} ?o }}",
    "stars": f"ASK {{ ?s {'(' * 3_000}a{')*' * 3_000} ?o }}",
    "negated": f"ASK {{ ?s !({'a|' * 9_000}a) ?o }}",
    "unions": f"ASK {{ {'{}UNION' * 2_000}{{}} }}",
    "optionals": "ASK " + nested("{OPTIONAL", "}", 1_800, "{}"),
    "optionals in a row": f"ASK {{ {'OPTIONAL{}' * 1_900} }}",
    "minuses": f"ASK {{ {'MINUS{}' * 2_500} }}",
    "filters": f"ASK {{ {'FILTER(1)' * 2_000} }}",
    "exists": "ASK " + nested("{FILTER EXISTS", "}", 1_200, "{}"),
    "subselects": "SELECT * " + nested("{SELECT * ", "}", 1_500, "{}"),
    "binds": "ASK { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(900)) + " }",
    "joins": f"ASK {{ {'{}' * 9_000} }}",
    "triples": f"ASK {{ {'?s ?p ?o.' * 2_000} }}",
    "values": f"ASK {{ VALUES ?x {{ {'1 ' * 9_000} }} }}",
    "in": f"ASK {{ FILTER ( 1 IN ( {'1,' * 9_000}1 ) ) }}",
    "concat": "SELECT (" + nested("CONCAT(", ")", 2_000, "''") + " AS ?x) {}",
    "if": f"SELECT ({'IF(1,1,' * 2_500}1{')' * 2_500} AS ?x) {{}}",
    "triple terms": f"ASK {{ ?s ?p {nested('<<( ?s ?p ', ')>>', 1_400, '?o')} }}",
    "lateral": "ASK " + nested("{LATERAL", "}", 1_900, "{}"),
    "graphs": "ASK " + nested("{GRAPH ?g", "}", 1_900, "{}"),
    "doubling": "ASK { BIND('x' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n},?v{n}) AS ?v{n + 1})" for n in range(50))
    + " FILTER(STRLEN(?v50) > 1) }",
    "a long word": "A" * 19_000,
    "a long comment": "#" * 19_000,
    "prefixes": "".join(f"PREFIX p{n}: <x:>" for n in range(1_100)) + "ASK {}",
}


@pytest.fixture(scope="module")
def hasty(store_folder: Path) -> Iterator[TestClient]:
    """The service with little patience."""
    app = create_app(Settings(store=store_folder, query_seconds=3))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("name", DEEP_QUERIES)
def test_a_query_without_a_floor(hasty: TestClient, name: str) -> None:
    """Answered, refused or stopped, never a fault; and the next query is answered."""
    answer = hasty.post("/sparql", data={"query": DEEP_QUERIES[name]})
    assert answer.status_code in (200, 400, 413, 503), answer.text[:300]
    if answer.status_code == 503:
        assert answer.json()["reason"] in ("time", "memory")
    assert hasty.get("/sparql", params={"query": ASK}).json()["boolean"] is True


DEEP_DRAFTS = {
    "lists": (TURTLE, "<x:a> <x:b> " + nested("(", ")", 200_000) + " ."),
    "unclosed lists": (TURTLE, "<x:a> <x:b> " + "(" * 2_000_000),
    "blank nodes": (TURTLE, "<x:a> <x:b> " + nested("[ <x:b> ", "]", 200_000, "1") + " ."),
    "triple terms": (TURTLE, "<x:a> <x:b> " + nested("<<( <x:a> <x:b> ", ")>>", 50_000, "1")),
    "reified triples": (TURTLE, nested("<< ", " <x:b> 1 >>", 50_000, "<x:a>") + " <x:b> 1 ."),
    "arrays": (JSONLD, '{"@id": "x:a", "x:b": ' + nested("[", "]", 500_000) + "}"),
    "unclosed arrays": (JSONLD, "[" * 2_000_000),
    "objects": (JSONLD, nested('{"x:b":', "}", 200_000, "1")),
    "lists of JSON": (JSONLD, '{"x:b":' + nested('{"@list":[', "]}", 100_000) + "}"),
    "contexts": (JSONLD, nested('{"@context":{},"x:b":', "}", 50_000, "1")),
    "included": (JSONLD, nested('{"@included":', "}", 100_000, "{}")),
    "a long literal": (TURTLE, f'<x:a> <x:b> "{"x" * 4_900_000}" .'),
    "a long unclosed literal": (TURTLE, f'<x:a> <x:b> """{"x" * 4_900_000}'),
    "a long name": (TURTLE, f"<x:{'a' * 4_900_000}> <x:b> 1 ."),
    "a long number": (TURTLE, f"<x:a> <x:b> {'9' * 4_900_000} ."),
    "a long language": (TURTLE, f'<x:a> <x:b> "x"@{"a" * 4_900_000} .'),
    "a long comment": (TURTLE, "#" * 4_900_000),
    "many triples": (TURTLE, "<x:a> <x:b> " + ",".join(map(str, range(600_000))) + " ."),
    "many prefixes": (TURTLE, "".join(f"@prefix p{n}: <x:> .\n" for n in range(200_000))),
    "many graphs": (
        "application/trig", "".join(f"<x:{n}>{{<x:a><x:b>{n}}}" for n in range(150_000))
    ),
    "no text": (TURTLE, "\x00" * 1_000),
    "a mark of order alone": (TURTLE, "\ufeff"),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP_DRAFTS)
def test_a_draft_without_a_floor(client: TestClient, name: str) -> None:
    """Refused with a reason, never a crash; and the next draft is looked at."""
    kind, text = DEEP_DRAFTS[name]
    answer = check(client, text, kind)
    assert answer.status_code in (400, 413, 422), answer.text[:300]
    assert answer.headers["content-type"] == PROBLEM
    assert len(answer.content) < 5_000, "a draft is not sent back"
    assert client.get("/sparql", params={"query": ASK}).json()["boolean"] is True


def test_a_draft_that_is_too_large(client: TestClient, traps: Traps) -> None:
    refused(check(client, b"#" * 5_000_001, TURTLE), traps, 413)


# Reaching into the machine by the address. No client library is used: those mend addresses.

UP = ("..", "%2e%2e", "%2E.", "..;", "%252e%252e", "%c0%ae%c0%ae", "..%00", "....", ".%0d.")
SLASHES = ("/", "%2f", "\\", "%5c", "//", "%252f")
PLACES = ("/id/", "/id/area/", "/data/", "/ns/", "/static/", "/areas/", "/api/areas/",
          "/api/duties/", "/api/bodies/sefton/", "/api/questions/", "/")  # fmt: skip


def stays_here(server: str, headers: dict[str, str]) -> None:
    """A redirection, if any, leads to this service."""
    if "location" in headers:
        to = headers["location"]
        assert not to.startswith(("//", "/\\", "\\")), to
        assert urlsplit(to).netloc in ("", urlsplit(server).netloc), to
        assert not re.search(r"[\r\n\s<>]", to), to


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_to_a_file(server: str, traps: Traps, place: str) -> None:
    file = str(traps.canary.path).lstrip("/")
    targets = [place + slash.join([*[up] * 12, *file.split("/")]) for up in UP for slash in SLASHES]
    targets += [place + quote(f"/{file}", safe=""), place + traps.canary.url, f"{place}/{file}"]
    for target in targets:
        for accept in ("text/html", "text/turtle"):
            answer = ask(server, target, [("Accept", accept)])
            traps.unsprung()
            assert answer.status in (303, 307, 308, 400, 404, 406), (target, answer.status)
            assert traps.canary.words.encode() not in answer.body
            stays_here(server, answer.headers)


@pytest.mark.parametrize(
    "target",
    [
        "/id//example.org", "/id///example.org/", "//example.org/id/area/kent",
        "/id/\\\\example.org", "/id/http://example.org/",
        "/id/https:%2f%2fexample.org", "/id/%2f%2fexample.org",
        "/id/area/kent%0d%0aX-Injected:%20yes", "/id/area/kent%0aX-Injected:%20yes",
        "/id/area/kent%00", "/id/area/kent%20", "/id/area/%3Cscript%3E", "/id/area/%22%3E",
        "/id/area/kent%3E%20%3Fp%20%3Fo%20%7D%20%23", "/id/%ff%fe", "/id/%ed%a0%80", "/id/%",
        "/id/%zz", "/id/" + "a" * 5_000, "/id/" + "a/" * 2_500, "/id/", "/id", "/id/?x", "/id/.",
        "/id/area/kent/../../../", "/id/area/kent?format=../../etc/passwd", "/ns?format=%00",
        "/data/" + "%20" * 1_000, "/data/area/kent?format[]=x", "/ns/..", "/ns#x", "/void/..",
        "/data/graph/../../x", "/data/graph/%2e%2e", "/data/graph/file:///etc/passwd",
        "http://example.org/id/area/kent", "*", "?", "/%00", "/\x7f", "/é", "/id/area/\xff",
    ],
)  # fmt: skip
def test_an_address_of_nothing(server: str, traps: Traps, target: str) -> None:
    """Answered with what it is: never with a fault, and never sent elsewhere."""
    for accept in ("text/html", "application/rdf+xml", "*/*"):
        answer = ask(server, target, [("Accept", accept)])
        assert answer.status < 500, (target, answer.body[:300])
        assert "x-injected" not in answer.headers
        assert b"Traceback" not in answer.body
        stays_here(server, answer.headers)


# What is larger than it may be


@pytest.mark.parametrize("size", [70_000, 2_000_000])
def test_a_very_long_address(server: str, traps: Traps, size: int) -> None:
    target = f"/sparql?query={'x' * size}"
    try:
        status = ask(server, target).status
    except ConnectionError:
        return  # the line was cut before all was sent
    assert status in (400, 413, 414, 431)


@pytest.mark.parametrize("name", ["Accept", "X-Anything", "Cookie", "If-None-Match", "Origin"])
def test_a_very_long_header(server: str, traps: Traps, name: str) -> None:
    """No header is read without end: here three megabytes; most servers take eight kilobytes."""
    try:
        status = ask(server, "/sparql?query=ASK%7B%7D", [(name, "a/b, " * 600_000)]).status
    except ConnectionError:
        return
    assert status in (400, 413, 431)


def test_very_many_headers(server: str, traps: Traps) -> None:
    try:
        status = ask(server, "/health", [(f"X-{n}", "y") for n in range(100_000)]).status
    except ConnectionError:
        return
    assert status in (400, 413, 431)


# A line that is cut

CUT = {
    "half a body": b"Content-Length: 60\r\n\r\nASK {",
    "half a chunk": b"Transfer-Encoding: chunked\r\n\r\n60\r\nASK {",
    "no chunk": b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nASK {}\r\n0\r\n\r\n",
    "a body without an end": b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n",
}


@pytest.mark.parametrize("name", CUT)
@pytest.mark.parametrize(("path", "kind"), [("/sparql", DIRECT), (CHECK, TURTLE)])
def test_a_client_that_breaks_off_is_no_fault(server: str, path: str, kind: str, name: str) -> None:
    """Else a stranger could fill the log with faults that are none."""
    before = faults(server)
    where = urlsplit(server)
    head = f"POST {path} HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Type: {kind}\r\n"
    with socket.create_connection((str(where.hostname), int(where.port or 80)), 30) as line:
        line.sendall(head.encode() + CUT[name])
        line.shutdown(socket.SHUT_WR)
        line.recv(1_000)
    assert faults(server) == before
    assert ask(server, "/sparql?query=ASK%7B%7D").status == 200


def faults(server: str) -> list[str]:
    """What the service has counted as faults of its own."""
    counted = ask(server, "/metrics").body.decode()
    return re.findall(r'^masagraph_requests_total.*status="5(?!03).*', counted, re.M)
