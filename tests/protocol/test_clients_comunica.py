"""Comunica, a SPARQL client in JavaScript, asks the running service.

It first gets the endpoint's address itself, with an Accept header of its own, and reads what it is
told there before it sends a query. It runs where Node.js is and ``dev.py test`` has installed it;
elsewhere these tests are skipped, or fail where ``REQUIRE_NODE=1`` asks for them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from masagraph.assessment.names import list_areas
from masagraph.store.opened import Opened

FOLDER = Path(__file__).parent / "comunica"
OLDEST_NODE = (20, 18, 1)

ID = "https://w3id.org/masagraph/id/"
PREFIXES = """
PREFIX area: <https://w3id.org/masagraph/id/area/>
PREFIX masa: <https://w3id.org/masagraph/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
QUERIES = {
    "names": "SELECT ?area ?name { ?area a masa:SafeguardingArea ; skos:prefLabel ?name }",
    "counts": """SELECT ?region (COUNT(DISTINCT ?area) AS ?areas) {
        ?area a masa:SafeguardingArea ; masa:region ?region } GROUP BY ?region""",
    "terms": """SELECT * { VALUES (?text ?number ?date ?none) {
        ("é & + \\"quoted\\" 🏫"@en 1.5 "2024-06-01"^^xsd:date UNDEF) } }""",
    "graphs": "SELECT DISTINCT ?g { GRAPH ?g { area:kent a masa:SafeguardingArea } }",
    "optional": """SELECT ?name ?gone { VALUES ?a { area:kent } ?a skos:prefLabel ?name
        OPTIONAL { ?a masa:noSuchThing ?gone } }""",
    "nothing": "SELECT * { area:kent masa:noSuchThing ?o }",
    "yes": "ASK { area:kent a masa:SafeguardingArea }",
    "no": "ASK { area:kent a masa:Duty }",
    "graph": """CONSTRUCT { ?a skos:prefLabel ?n }
        WHERE { VALUES ?a { area:kent } ?a skos:prefLabel ?n }""",
    "description": "DESCRIBE area:kent",
}


def missing() -> str | None:
    """Return what is not there that Comunica needs, if anything."""
    node = shutil.which("node")
    if node is None:
        return "no Node.js found"
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in re.findall(r"\d+", told)[:3])
    if version < OLDEST_NODE:
        return f"Node.js is {told.strip()}, and Comunica needs {'.'.join(map(str, OLDEST_NODE))}"
    # npm writes this file last, when all is there.
    if not (FOLDER / "node_modules" / ".package-lock.json").is_file():
        return "Comunica is not installed: npm --prefix tests/protocol/comunica ci"
    return None


def comunica(server: str, queries: dict[str, str]) -> subprocess.CompletedProcess[str]:
    node = shutil.which("node")
    assert node
    return subprocess.run(
        [node, str(FOLDER / "ask.mjs"), f"{server}/sparql"],
        input=json.dumps({name: PREFIXES + query for name, query in queries.items()}),
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed() -> None:
    reason = missing()
    if reason and os.environ.get("REQUIRE_NODE") == "1":
        pytest.fail(f"{reason}. REQUIRE_NODE=1 asks for it.", pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def answers(server: str, installed: None) -> dict[str, str]:
    """What Comunica found, by the name of the query: all asked by one run of it."""
    done = comunica(server, QUERIES)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def rows(answers: dict[str, str], name: str) -> list[dict[str, Any]]:
    return list(json.loads(answers[name])["results"]["bindings"])


def test_select(answers: dict[str, str], opened: Opened) -> None:
    found = {row["area"]["value"]: row["name"]["value"] for row in rows(answers, "names")}
    assert found == {area.iri: area.label for area in list_areas(opened.store)}
    assert all(row["name"]["xml:lang"] == "en" for row in rows(answers, "names"))


def test_counts(answers: dict[str, str], opened: Opened) -> None:
    counts = {row["region"]["value"]: int(row["areas"]["value"]) for row in rows(answers, "counts")}
    assert len(counts) == 9
    assert sum(counts.values()) == len(list_areas(opened.store))


def test_every_kind_of_term(answers: dict[str, str]) -> None:
    (row,) = rows(answers, "terms")
    assert row["text"] == {"type": "literal", "value": 'é & + "quoted" 🏫', "xml:lang": "en"}
    assert float(row["number"]["value"]) == 1.5
    assert row["number"]["datatype"].endswith("#decimal")
    assert (row["date"]["value"], row["date"]["datatype"][-5:]) == ("2024-06-01", "#date")
    assert "none" not in row


def test_graphs_and_optional_parts(answers: dict[str, str]) -> None:
    (graph,) = rows(answers, "graphs")
    assert graph["g"]["value"] == "https://w3id.org/masagraph/graph/register/areas"
    (row,) = rows(answers, "optional")
    assert row["name"]["value"] == "Kent"
    assert "gone" not in row
    assert rows(answers, "nothing") == []


def test_ask(answers: dict[str, str]) -> None:
    assert json.loads(answers["yes"])["boolean"] is True
    assert json.loads(answers["no"])["boolean"] is False


@pytest.mark.parametrize("name", ["graph", "description"])
def test_a_graph(answers: dict[str, str], name: str) -> None:
    triples = {quad.triple for quad in ox.parse(answers[name], format=ox.RdfFormat.N_TRIPLES)}
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    kent = ox.NamedNode(f"{ID}area/kent")
    assert ox.Triple(kent, label, ox.Literal("Kent", language="en")) in triples
    assert len(triples) == 1 if name == "graph" else len(triples) > 5


ACCEPT = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,"
    "application/xml;q=0.3,image/svg+xml;q=0.3,text/xml;q=0.3,text/html;q=0.2,"
    "application/xhtml+xml;q=0.18,application/json;q=0.135,text/shaclc;q=0.1"
)
"""What it sends when it asks an address what it is."""


def test_the_endpoint_tells_it_what_it_is(server: str) -> None:
    request = urllib.request.Request(f"{server}/sparql", headers={"Accept": ACCEPT})
    with urllib.request.urlopen(request, timeout=60) as answer:
        kind, body = answer.headers.get_content_type(), answer.read()
    assert kind == "application/ld+json"
    triples = list(ox.parse(body, format=ox.RdfFormat.JSON_LD))
    endpoint = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert [t.object for t in triples if t.predicate == endpoint] == [
        ox.NamedNode(f"{server}/sparql")
    ]


def test_what_is_refused_is_an_error(server: str, installed: None) -> None:
    """Comunica says that something went wrong; it does not find nothing."""
    done = comunica(server, {"elsewhere": "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }"})
    assert done.returncode != 0
    assert "400" in done.stderr
