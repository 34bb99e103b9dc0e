"""A SPARQL client, curl and ``masagraph query`` get the same answer to the same query."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import SKOS, Graph, Literal, URIRef
from SPARQLWrapper import (
    CSV,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

QUERY = """
# Leads, with a text that must survive quoting: "é & +" %26
SELECT ?area ?post ?status ("é & +" AS ?text) WHERE {
  ?appointment org:role masa:LeadSafeguardingPartner ;
    masa:inArrangement/masa:coversArea ?area ;
    masa:holderStatus ?status ;
    org:member/skos:prefLabel ?post .
}
ORDER BY ?area ?post ?status
"""


def by_command(store_folder: Path, query: str = QUERY, name: str = "json") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "masagraph", "query", "-", "--format", name, "--store",
         str(store_folder)],
        input=query.encode(), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.decode()


@pytest.fixture(scope="module")
def expected(store_folder: Path) -> dict[str, Any]:
    answer = json.loads(by_command(store_folder))
    assert len(answer["results"]["bindings"]) >= 4
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(("method", "request_method"), [("GET", None), (POST, None),
                                                        (POST, POSTDIRECTLY)])  # fmt: skip
def test_sparqlwrapper(
    server: str, expected: dict[str, Any], method: str, request_method: str | None
) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql")
    wrapper.setQuery(QUERY)
    wrapper.setMethod(method)
    if request_method:
        wrapper.setRequestMethod(request_method)
    wrapper.setReturnFormat(JSON)
    assert wrapper.query().convert() == expected


@pytest.mark.parametrize("form", [XML, CSV, TSV])
def test_sparqlwrapper_in_other_formats(server: str, expected: dict[str, Any], form: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql")
    wrapper.setQuery(QUERY)
    wrapper.setReturnFormat(form)
    converted = wrapper.query().convert()
    text = converted.toxml() if form == XML else converted.decode()
    for row in expected["results"]["bindings"]:
        assert row["post"]["value"].replace("&", "&amp;" if form == XML else "&") in text


@pytest.mark.parametrize("form", [None, XML, TURTLE, N3, RDFXML, JSONLD])
@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT { area:kent ?p ?o } WHERE { area:kent ?p ?o }", "DESCRIBE area:kent"],
)
def test_sparqlwrapper_gets_a_graph(server: str, query: str, form: str | None) -> None:
    """It asks by Accept and also by ``format=``, for which it has names of its own."""
    wrapper = SPARQLWrapper(f"{server}/sparql")
    wrapper.setQuery(query)
    if form:
        wrapper.setReturnFormat(form)
    found = wrapper.query().convert()
    if not isinstance(found, Graph):  # it reads some of the forms itself
        found = Graph().parse(data=found, format=form)
    kent = URIRef("https://w3id.org/masagraph/id/area/kent")
    assert found.value(kent, SKOS.prefLabel) == Literal("Kent", lang="en")


@pytest.mark.parametrize("form", [None, JSON, XML])
def test_sparqlwrapper_asks(server: str, form: str | None) -> None:
    for query, expected in (
        ("ASK { ?a a masa:Duty }", True),
        ("ASK { masa:x a masa:Duty }", False),
    ):
        wrapper = SPARQLWrapper(f"{server}/sparql")
        wrapper.setQuery(query)
        if form:
            wrapper.setReturnFormat(form)
        found = wrapper.query().convert()
        if form == JSON:
            assert found["boolean"] is expected
        else:
            assert f"<boolean>{str(expected).lower()}</boolean>" in found.toxml()


def test_sparqlwrapper_names_graphs(server: str) -> None:
    graph = "https://w3id.org/masagraph/graph/register/"
    wrapper = SPARQLWrapper(f"{server}/sparql")
    wrapper.addDefaultGraph(f"{graph}areas")
    wrapper.addNamedGraph(f"{graph}police-forces")
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("SELECT DISTINCT ?g { ?a a masa:SafeguardingArea GRAPH ?g { ?s ?p ?o } }")
    rows = wrapper.query().convert()["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == [f"{graph}police-forces"]


def test_sparqlwrapper_is_told_what_is_wrong(server: str) -> None:
    wrapper = SPARQLWrapper(f"{server}/sparql")
    wrapper.setQuery("SELECT * WHERE {\n ?s ?p }")
    with pytest.raises(QueryBadFormed, match="2:"):
        wrapper.query()
    wrapper.setQuery("INSERT DATA { <x:a> <x:b> <x:c> }")
    wrapper.setMethod(POST)
    with pytest.raises(QueryBadFormed, match="Updates are not allowed"):
        wrapper.query()


CURL = shutil.which("curl")


@pytest.mark.skipif(CURL is None, reason="no curl")
@pytest.mark.parametrize(
    "sent",
    [
        ["--get", "--data-urlencode", "query@-"],
        ["--data-urlencode", "query@-"],
        ["--header", "Content-Type: application/sparql-query", "--data-binary", "@-"],
    ],
    ids=["get", "form", "direct"],
)
def test_curl(server: str, expected: dict[str, Any], sent: list[str]) -> None:
    assert CURL
    done = subprocess.run(
        [CURL, "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", *sent,
         f"{server}/sparql"],
        input=QUERY.encode(), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert json.loads(done.stdout) == expected


@pytest.mark.skipif(CURL is None, reason="no curl")
@pytest.mark.parametrize("name", ["csv", "tsv", "xml"])
def test_curl_and_the_command_write_the_same_bytes(
    server: str, store_folder: Path, name: str
) -> None:
    assert CURL
    done = subprocess.run(
        [CURL, "--silent", "--noproxy", "*", "--data-urlencode", "query@-", "--data",
         f"format={name}", f"{server}/sparql"],
        input=QUERY.encode(), capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    # The command ends its text with a line's end, where the format does not.
    assert done.stdout.decode().rstrip("\n") == by_command(store_folder, name=name).rstrip("\n")


def test_a_page_and_the_api_are_served_too(server: str) -> None:
    import urllib.request

    for path, kind in (("/", "text/html"), ("/areas/kent/gaps", "text/html"),
                       ("/static/masagraph.css", "text/css"),
                       ("/api/areas", "application/json")):  # fmt: skip
        with urllib.request.urlopen(f"{server}{path}", timeout=30) as answer:
            assert answer.headers.get_content_type() == kind
            assert "uvicorn" not in (answer.headers["server"] or "")
