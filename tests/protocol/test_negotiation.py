"""Which format an answer comes in: a table, a test a row. Each answer is read by another's parser.

``test_sparql.py`` has the rules that decide between several; here is the whole table of what can
be had of what, and the headers that real programs send.
"""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from rdflib import Graph

SELECT = "SELECT ?name { VALUES ?a { area:kent } ?a skos:prefLabel ?name }"
ASK = "ASK { area:kent a masa:SafeguardingArea }"
CONSTRUCT = (
    "CONSTRUCT { ?a skos:prefLabel ?n } WHERE { VALUES ?a { area:kent } ?a skos:prefLabel ?n }"
)
DESCRIBE = "DESCRIBE area:kent"

NAME = "http://www.w3.org/2004/02/skos/core#prefLabel"
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def by_json(text: str) -> set[str]:
    found = json.loads(text)
    if "boolean" in found:
        return {str(found["boolean"]).lower()}
    return {row["name"]["value"] for row in found["results"]["bindings"]}


def by_xml(text: str) -> set[str]:
    tree = ET.fromstring(text)  # noqa: S314
    kinds = ("literal", "boolean")
    return {node.text or "" for kind in kinds for node in tree.iter(f"{RESULTS}{kind}")}


def by_csv(text: str) -> set[str]:
    return {row["name"] for row in csv.DictReader(io.StringIO(text, newline=""))}


def by_tsv(text: str) -> set[str]:
    head, *rows = text.splitlines()
    assert head == "?name"
    return {row.removesuffix("@en").strip('"') for row in rows}


def by_graph(parser: str) -> Callable[[str], set[str]]:
    def names(text: str) -> set[str]:
        graph = Graph().parse(data=text, format=parser)
        return {str(o) for _, p, o in graph if str(p) == NAME}

    return names


FORMATS = {
    "json": ("application/sparql-results+json", by_json),
    "xml": ("application/sparql-results+xml", by_xml),
    "csv": ("text/csv", by_csv),
    "tsv": ("text/tab-separated-values", by_tsv),
    "turtle": ("text/turtle", by_graph("turtle")),
    "ntriples": ("application/n-triples", by_graph("nt")),
    "jsonld": ("application/ld+json", by_graph("json-ld")),
    "rdfxml": ("application/rdf+xml", by_graph("xml")),
}
"""Short name: media type, and how to find the names in such a text."""

QUERIES = {
    "SELECT": (SELECT, {"json", "xml", "csv", "tsv"}, {"Kent"}),
    "ASK": (ASK, {"json", "xml"}, {"true"}),
    "CONSTRUCT": (CONSTRUCT, {"turtle", "ntriples", "jsonld", "rdfxml"}, {"Kent"}),
    "DESCRIBE": (DESCRIBE, {"turtle", "ntriples", "jsonld", "rdfxml"}, {"Kent"}),
}
"""Form of query: an example, the formats it has, and what is found in each."""

ROWS = [(form, name) for form in QUERIES for name in FORMATS]

OTHER_NAMES = [
    ("xml", "rdfxml"),  # SPARQLWrapper's name for the default of its own
    ("rdf", "rdfxml"),
    ("rdf+xml", "rdfxml"),
    ("n3", "turtle"),  # of which Turtle is a part
    ("ttl", "turtle"),
    ("nt", "ntriples"),
    ("json-ld", "jsonld"),
]
"""What clients call the formats of a graph in ``format=``, and what they get."""


def media_type(answer: Response) -> str:
    return answer.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("by", ["accept", "short name", "media type"])
@pytest.mark.parametrize(("form", "name"), ROWS, ids=[f"{f} as {n}" for f, n in ROWS])
def test_every_form_of_query_in_every_format(
    client: TestClient, form: str, name: str, by: str
) -> None:
    query, formats, found = QUERIES[form]
    kind, names_in = FORMATS[name]
    headers = {"accept": kind if by == "accept" else "image/png"}
    named = {"short name": {"format": name}, "media type": {"format": kind}}.get(by, {})
    answer = client.get("/sparql", params={"query": query, **named}, headers=headers)
    if by == "short name" and name == "xml" and "rdfxml" in formats:
        kind, names_in = FORMATS["rdfxml"]
    elif name not in formats:
        assert answer.status_code == 406, answer.text[:300]
        detail = answer.json()["detail"]
        assert all(FORMATS[each][0] in detail for each in formats)
        return
    assert answer.status_code == 200, answer.text[:300]
    assert media_type(answer) == kind
    assert ("charset=utf-8" in answer.headers["content-type"]) is kind.startswith("text/")
    assert names_in(answer.text) == found


@pytest.mark.parametrize(("name", "form"), OTHER_NAMES)
@pytest.mark.parametrize("query", ["CONSTRUCT", "DESCRIBE"])
def test_names_that_clients_use(client: TestClient, query: str, name: str, form: str) -> None:
    sent = {"query": QUERIES[query][0], "format": name}
    answer = client.get("/sparql", params=sent)
    assert answer.status_code == 200, answer.text[:300]
    assert media_type(answer) == FORMATS[form][0]


REAL = [
    # Java's own client, which means "*/*" by "*".
    ("SELECT", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "json"),
    # Apache Jena
    ("SELECT", "application/sparql-results+json, application/sparql-results+xml;q=0.9, "
     "text/tab-separated-values;q=0.7, text/csv;q=0.5, application/json;q=0.2, "
     "application/xml;q=0.2, */*;q=0.1", "json"),
    ("CONSTRUCT", "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,"
     "application/rdf+xml;q=0.7,*/*;q=0.3", "turtle"),
    # RDF4J
    ("SELECT", "application/x-binary-rdf-results-table, application/sparql-results+xml;q=0.8, "
     "application/sparql-results+json;q=0.8, text/csv;q=0.8", "json"),
    ("CONSTRUCT", "application/x-binary-rdf, application/rdf+xml;q=0.5, text/turtle;q=0.9",
     "turtle"),
    # SPARQLWrapper
    ("SELECT", "application/sparql-results+json,application/json,text/javascript,"
     "application/javascript", "json"),
    ("CONSTRUCT", "text/rdf+n3,application/n-triples,application/turtle,application/n3,text/n3",
     "ntriples"),
    # Comunica
    ("SELECT", "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7",
     "json"),
    # YASGUI, and R's httr
    ("SELECT", "application/sparql-results+json,*/*;q=0.9", "json"),
    ("SELECT", "application/json, text/xml, application/xml, */*", "json"),
    # Browsers
    ("SELECT", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
     "*/*;q=0.8", "json"),
    ("CONSTRUCT", "text/html,application/xhtml+xml,*/*;q=0.8", "turtle"),
    # curl, and a browser's fetch()
    ("ASK", "*/*", "json"),
    # LibreOffice and Power Query send none.
    ("SELECT", "", "json"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "accept", "name"), REAL)
def test_what_real_programs_send(client: TestClient, form: str, accept: str, name: str) -> None:
    query, _, found = QUERIES[form]
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200, answer.text[:300]
    kind, names_in = FORMATS[name]
    assert media_type(answer) == kind
    assert names_in(answer.text) == found


WEIGHED = [
    ("text/csv;q=0.2, text/tab-separated-values;q=0.3", "tsv"),
    ("text/csv;q=0.201, text/tab-separated-values;q=0.2", "csv"),
    ("text/*;q=0.9, application/sparql-results+xml;q=0.8", "csv"),
    ("text/*;q=0.9, text/csv;q=0, application/sparql-results+xml;q=0.8", "tsv"),
    ("*/*;q=0.5, application/sparql-results+json;q=0.1", "xml"),
    ("*/*, application/sparql-results+json;q=0, application/sparql-results+xml;q=0", "csv"),
    ("application/*;q=0.1, text/*;q=0.2", "csv"),
    ("text/csv; charset=utf-8", "csv"),
    ("text/csv;charset=utf-8;q=0.5, application/sparql-results+xml;q=0.4", "csv"),
    ("  text/csv  ,  application/sparql-results+xml;q=0.1  ", "csv"),
    ("text/csv ; q=0.9 , application/sparql-results+xml ; q=0.8", "csv"),
    ("Text/CSV;Q=0.9, Application/SPARQL-Results+XML;Q=0.95", "xml"),
    ("application/xml, text/tab-separated-values;q=0.1", "tsv"),
    ("image/png, text/turtle, text/csv;q=0.001", "csv"),
]


@pytest.mark.parametrize(("accept", "name"), WEIGHED)
def test_weights_and_ranges(client: TestClient, accept: str, name: str) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"accept": accept})
    assert answer.status_code == 200, answer.text[:300]
    assert media_type(answer) == FORMATS[name][0]


def test_several_accept_headers_are_one_list(client: TestClient) -> None:
    """RFC 9110, 5.2: lines of one name are the parts of one list."""
    headers = [("accept", "image/png"), ("accept", "text/csv;q=0.4, text/html")]
    answer = client.get("/sparql", params={"query": SELECT}, headers=headers)
    assert answer.status_code == 200, answer.text[:300]
    assert media_type(answer) == "text/csv"


@pytest.mark.parametrize(
    "accept",
    [",", ";", ";;;", "text", "text/", "/", "/csv", "*/csv", "q=1", "text/csv;q=", "text/csv;q=x",
     "text/csv;q=2", "text/csv;q=-1", "text/csv;q=0.1.2", "text/csv;q=NaN", "text/csv;q=inf",
     "text/csv;q=1e400", 'text/csv;a="', 'text/csv;a="\\', "text/csv;=;=", "text/csv,,,,",
     "text csv", "<script>", "\t", "é", "text/csv\x7f", "a/b/c", "text/csv;q=1;q=0",
     "text/csv" * 2_000, "text/csv," * 5_000, "a/b;c=d," * 5_000],
)  # fmt: skip
def test_an_accept_header_that_is_none(client: TestClient, accept: str) -> None:
    """It is answered in a format that there is, or with what could be had: never with a fault."""
    headers = {"accept": accept.encode("latin-1")}
    answer = client.get("/sparql", params={"query": SELECT}, headers=headers)
    if answer.status_code == 200:
        assert media_type(answer) in {FORMATS[name][0] for name in QUERIES["SELECT"][1]}
        return
    assert answer.status_code == 406
    assert media_type(answer) == "application/problem+json"
    assert "text/csv" in answer.json()["detail"]
    assert len(answer.content) < 2_000, "a long header is not sent back whole"
