"""Every format of an answer, read again by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.query import Result

from masagraph.store.formats import (
    GRAPHS,
    RESULTS,
    formats_for,
    serialize,
    serialize_triples,
)
from masagraph.store.protocol import Answer, Rows, Triples, Truth

XSD = "http://www.w3.org/2001/XMLSchema#"
NODE = ox.NamedNode("http://example.org/a?b=c&d")

ROWS = Rows(
    ("thing", "words", "number", "none"),
    (
        (NODE, ox.Literal('Quote " and <tag>, "comma"\nand line'), ox.Literal(7), None),
        (ox.BlankNode("b1"), ox.Literal("Caerdydd – ŵ", language="cy"), None, None),
        (NODE, ox.Literal("2026-11-22", datatype=ox.NamedNode(XSD + "date")), ox.Literal(""), None),
    ),
)
TRIPLES = Triples(
    (
        ox.Triple(NODE, ox.NamedNode("http://example.org/p"), ox.Literal('a "b"\n<c>')),
        ox.Triple(NODE, ox.NamedNode("http://example.org/p"), ox.Literal("ŵ", language="cy")),
        ox.Triple(
            NODE,
            ox.NamedNode("https://w3id.org/masagraph/ns#asAt"),
            ox.Literal("2026-11-22", datatype=ox.NamedNode(XSD + "date")),
        ),
        ox.Triple(NODE, ox.NamedNode("http://example.org/q"), ox.BlankNode("b1")),
    )
)
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}


def kind(term: object) -> object:
    """A term without the label of a blank node, which no format keeps."""
    return "a blank node" if isinstance(term, ox.BlankNode) else term


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_come_back_as_they_went(name: str) -> None:
    read = ox.parse_query_results(serialize(ROWS, name), format=OXIGRAPH[name])
    assert isinstance(read, ox.QuerySolutions)
    assert tuple(v.value for v in read.variables) == ROWS.variables
    found = [tuple(kind(solution[v]) for v in ROWS.variables) for solution in read]
    assert found == [tuple(kind(term) for term in row) for row in ROWS.rows]


@pytest.mark.parametrize("name", ["json", "xml"])
def test_rows_are_read_by_rdflib_too(name: str) -> None:
    read = Result.parse(io.BytesIO(serialize(ROWS, name)), format=name)
    assert [str(v) for v in read.vars or ()] == list(ROWS.variables)
    assert len(list(read)) == len(ROWS.rows)


def test_rows_as_csv() -> None:
    text = serialize(ROWS, "csv").decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(ROWS.variables)
    assert read[1] == [NODE.value, 'Quote " and <tag>, "comma"\nand line', "7", ""]
    assert read[2][1] == "Caerdydd – ŵ"
    assert len(read) == 1 + len(ROWS.rows)


@pytest.mark.parametrize("name", [f.name for f in RESULTS])
def test_no_rows_still_name_the_columns(name: str) -> None:
    assert "thing" in serialize(Rows(("thing",), ()), name).decode()


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("name", ["json", "xml"])
def test_truth_comes_back(name: str, value: bool) -> None:
    read = ox.parse_query_results(serialize(Truth(value), name), format=OXIGRAPH[name])
    assert isinstance(read, ox.QueryBoolean)
    assert bool(read) is value


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's JSON-LD parser
@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
def test_triples_come_back(name: str) -> None:
    text = serialize(TRIPLES, name)
    graph = Dataset(default_union=True) if name == "jsonld" else Graph()
    graph.parse(data=text, format=RDFLIB[name])
    expected = Graph().parse(data=serialize_triples(TRIPLES.triples, "ntriples"), format="nt")
    read = Graph()
    for subject, predicate, value, *_ in graph:
        read.add((subject, predicate, value))
    assert read.isomorphic(expected)
    assert len(read) == len(TRIPLES.triples)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's JSON-LD parser
@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
def test_no_triples_are_a_sound_empty_document(name: str) -> None:
    read = Graph().parse(data=serialize(Triples(()), name), format=RDFLIB[name])
    assert len(read) == 0


def test_turtle_uses_the_known_prefixes() -> None:
    assert b"masa:asAt" in serialize(TRIPLES, "turtle")


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (ROWS, ["json", "xml", "csv", "tsv"]),
        (Truth(True), ["json", "xml"]),
        (TRIPLES, ["turtle", "ntriples", "jsonld", "rdfxml"]),
    ],
)
def test_which_formats_an_answer_has(answer: Answer, names: list[str]) -> None:
    assert [f.name for f in formats_for(answer)] == names
    assert len({f.media_type for f in formats_for(answer)}) == len(names)


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (ROWS, "turtle"),
        (TRIPLES, "csv"),
        (Truth(True), "csv"),
        (Truth(False), "tsv"),
        (ROWS, "pdf"),
    ],
)
def test_a_format_that_an_answer_lacks_is_refused(answer: Answer, name: str) -> None:
    with pytest.raises(ValueError, match=f"no {name} form"):
        serialize(answer, name)


def test_json_keeps_letters_as_they_are() -> None:
    text = serialize(ROWS, "json").decode()
    assert "Caerdydd – ŵ" in text
    assert json.loads(text)["head"] == {"vars": list(ROWS.variables)}
