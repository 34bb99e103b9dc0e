"""``masagraph query``: any read query, from a file or standard input."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

SELECT = """
SELECT ?name WHERE { ?area a masa:SafeguardingArea ; skos:prefLabel ?name }
ORDER BY ?name LIMIT 3
"""
ASK = "ASK { area:kent a masa:SafeguardingArea }"
CONSTRUCT = "CONSTRUCT { area:kent ?p ?o } WHERE { area:kent ?p ?o FILTER ( !isBlank(?o) ) }"
NAMES = ["Barking and Dagenham", "Barnet", "Barnsley"]
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


def test_from_a_file_or_standard_input(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a query.rq"
    file.write_text(SELECT, encoding="utf-8")
    from_file, from_input = cli("query", file), cli("query", "-", stdin=SELECT)
    assert from_file == from_input
    assert from_file.code == 0
    assert from_file.err == ""
    assert [line.strip() for line in from_file.out.splitlines()][:4] == ["name", *NAMES]


def test_select_in_each_format(cli: Cli) -> None:
    out = {name: cli("query", "-", "--format", name, stdin=SELECT).out
           for name in ("json", "csv", "tsv", "xml")}  # fmt: skip
    rows = json.loads(out["json"])["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == NAMES
    assert {row["name"]["xml:lang"] for row in rows} == {"en"}
    assert list(csv.reader(io.StringIO(out["csv"], newline=""))) == [
        ["name"],
        *([n] for n in NAMES),
    ]
    assert out["tsv"].splitlines() == ["?name", *(f'"{name}"@en' for name in NAMES)]
    literals = ET.fromstring(out["xml"]).iter(f"{RESULTS}literal")  # noqa: S314
    assert [literal.text for literal in literals] == NAMES


@pytest.mark.parametrize(
    ("query", "truth"), [(ASK, True), ("ASK { area:kent a masa:Duty }", False)]
)
def test_ask_in_each_format(cli: Cli, query: str, truth: bool) -> None:
    word = str(truth).lower()
    assert cli("query", "-", stdin=query).out == f"{word}\n"
    assert json.loads(cli("query", "-", "--format", "json", stdin=query).out)["boolean"] is truth
    xml = cli("query", "-", "--format", "xml", stdin=query).out
    assert ET.fromstring(xml).findtext(f"{RESULTS}boolean") == word  # noqa: S314


@pytest.mark.parametrize(
    ("name", "parser"),
    [("table", "turtle"), ("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"),
     ("rdfxml", "xml")],
)  # fmt: skip
def test_construct_in_each_format(cli: Cli, name: str, parser: str) -> None:
    expected = Graph().parse(
        data=cli("query", "-", "--format", "ntriples", stdin=CONSTRUCT).out, format="nt"
    )
    assert len(expected) > 3
    ran = cli("query", "-", "--format", name, stdin=CONSTRUCT)
    assert ran.code == 0
    assert set(Graph().parse(data=ran.out, format=parser)) == set(expected)


@pytest.mark.parametrize(
    ("query", "name", "instead"),
    [
        (ASK, "csv", "json, xml or table"),
        (ASK, "tsv", "json, xml or table"),
        (ASK, "turtle", "json, xml or table"),
        (SELECT, "turtle", "json, xml, csv, tsv or table"),
        (SELECT, "jsonld", "json, xml, csv, tsv or table"),
        (CONSTRUCT, "csv", "turtle, ntriples, jsonld, rdfxml or table"),
        (CONSTRUCT, "json", "turtle, ntriples, jsonld, rdfxml or table"),
    ],
)
def test_a_form_that_an_answer_does_not_have(cli: Cli, query: str, name: str, instead: str) -> None:
    line = cli("query", "-", "--format", name, stdin=query).problem()
    assert f"no {name} form" in line
    assert instead in line


def test_the_default_graph_is_the_union_of_all(cli: Cli) -> None:
    query = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { %s }"
    counts = [
        json.loads(cli("query", "-", "--format", "json", stdin=query % pattern).out)
        for pattern in ("?s a masa:Duty", "GRAPH ?g { ?s a masa:Duty }")
    ]
    assert counts[0] == counts[1]
    assert int(counts[0]["results"]["bindings"][0]["n"]["value"]) >= 30


def test_wide_rows_stay_within_100_columns_and_lose_nothing(cli: Cli) -> None:
    query = (
        "SELECT * WHERE { ?duty a masa:Duty ; skos:definition ?says ; masa:edition ?of ; ?p ?o }"
    )
    ran = cli("query", "-", stdin=f"{query} ORDER BY ?duty ?p ?o LIMIT 40")
    assert ran.widest() <= 100
    assert "…" not in ran.out


def test_an_error_names_the_file_and_the_position(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "broken.rq"
    file.write_text("SELECT *\nWHERE { ?s ?p ] }\n", encoding="utf-8")
    line = cli("query", file).problem()
    assert str(file) in line
    assert "2:15" in line
    assert "Correct the query" in line


@pytest.mark.parametrize(
    "text", ["", "  \n", "SELECT", "SELECT * WHERE { ?s ?p ?o", "SELECT ?x { nope:x ?p ?o }", "{}"]
)
def test_what_is_no_query(cli: Cli, text: str) -> None:
    assert "the query read: " in cli("query", "-", stdin=text).problem()


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { area:kent a masa:Duty }",
        "PREFIX x: <http://example.org/>\nDELETE WHERE { ?s ?p ?o }",
        "# a remark\nCLEAR ALL",
        "LOAD <http://127.0.0.1:9/data.ttl>",
        "DROP GRAPH <https://w3id.org/masagraph/graph/people>",
    ],
)
def test_updates_are_refused(cli: Cli, update: str) -> None:
    assert "Updates are not allowed" in cli("query", "-", stdin=update).problem()


def test_service_is_refused(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.rq"
    file.write_text("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", encoding="utf-8")
    line = cli("query", file).problem()
    assert str(file) in line
    assert "SERVICE is not allowed" in line


def test_a_graph_that_is_not_held_is_refused(cli: Cli) -> None:
    line = cli("query", "-", stdin="SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }").problem()
    assert "<http://127.0.0.1:9/x>" in line


def test_a_file_that_is_no_text(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "picture.rq"
    file.write_bytes(b"\x89PNG\xff\xfe")
    assert f"{file} is not UTF-8" in cli("query", file).problem()


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_a_cut_answer_says_so_on_stderr(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setenv("MASAGRAPH_MAX_ROWS", "1")
    ran = cli("query", "-", stdin=query)
    assert ran.code == 0
    assert "cut at 1 rows" in ran.err
    monkeypatch.setenv("MASAGRAPH_MAX_ROWS", "1000")
    assert cli("query", "-", stdin=query).err == ""
