"""Every format of an answer, read again by a parser that is not ours."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.query import Result

from masagraph.store.embedded import EmbeddedStore
from masagraph.store.formats import (
    GRAPHS,
    NO_LIMITS,
    RESULTS,
    TRUTHS,
    Format,
    Limits,
    Written,
    serialize_triples,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
NODE = ox.NamedNode("http://example.org/a?b=c&d")
TRIPLES = (
    ox.Triple(NODE, ox.NamedNode("http://example.org/p"), ox.Literal('a "b"\n<c>\t\\')),
    ox.Triple(NODE, ox.NamedNode("http://example.org/p"), ox.Literal("ŵ", language="cy")),
    ox.Triple(
        NODE,
        ox.NamedNode("https://w3id.org/masagraph/ns#asAt"),
        ox.Literal("2026-11-22", datatype=ox.NamedNode(XSD + "date")),
    ),
    ox.Triple(NODE, ox.NamedNode("http://example.org/q"), ox.BlankNode("b1")),
)
VARIABLES = ("thing", "words", "number", "none")
ROWS = (
    (NODE, ox.Literal('Quote " and <tag>, "comma"\nand\ttab\r\\'), ox.Literal(7), None),
    (None, ox.Literal("Caerdydd – ŵ", language="cy"), None, None),
    (NODE, ox.Literal("2026-11-22", datatype=ox.NamedNode(XSD + "date")), ox.Literal(""), None),
    (NODE, ox.Literal("x", datatype=ox.NamedNode(XSD + "integer")), ox.Literal(1.5), None),
    (None, None, None, None),
)
VALUES = "\n".join(
    f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in ROWS
)
HEADS = " ".join(f"?{name}" for name in VARIABLES)
SELECT = f"SELECT {HEADS} {{ VALUES ( {HEADS} ) {{ {VALUES} }} }}"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
RDFLIB = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}


def write(query: str, name: str, limits: Limits = NO_LIMITS) -> Written:
    """Ask a store of the triples above."""
    store = ox.Store()
    for triple in TRIPLES:
        store.add(ox.Quad(triple.subject, triple.predicate, triple.object))

    def choose(known: Sequence[Format]) -> Format:
        return next(form for form in known if form.name == name)

    return EmbeddedStore(store, merged=True).written(query, choose, limits=limits)


def read_rows(content: bytes, name: str) -> list[tuple[object, ...]]:
    """Read rows again."""
    read = ox.parse_query_results(content, format=OXIGRAPH[name])
    assert isinstance(read, ox.QuerySolutions)
    return [tuple(solution[v] for v in read.variables) for solution in read]


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_come_back_as_they_went(name: str) -> None:
    assert read_rows(write(SELECT, name).content, name) == list(ROWS)


@pytest.mark.parametrize("name", ["json", "xml"])
def test_rows_are_read_by_rdflib_too(name: str) -> None:
    read = Result.parse(io.BytesIO(write(SELECT, name).content), format=name)
    assert [str(v) for v in read.vars or ()] == list(VARIABLES)
    # It leaves out a row in which nothing is bound.
    assert len(list(read)) == len(ROWS) - 1


def test_rows_as_csv() -> None:
    text = write(SELECT, "csv").content.decode()
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == list(VARIABLES)
    assert read[1] == [NODE.value, 'Quote " and <tag>, "comma"\nand\ttab\r\\', "7", ""]
    assert read[2][1] == "Caerdydd – ŵ"
    assert len(read) == 1 + len(ROWS)


@pytest.mark.parametrize("name", [f.name for f in RESULTS])
def test_no_rows_still_name_the_columns(name: str) -> None:
    assert "thing" in write("SELECT ?thing { ?thing a ?thing }", name).content.decode()


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_without_a_value_are_rows(name: str, count: int) -> None:
    query = f"SELECT ?a {{ VALUES ?a {{ {'UNDEF ' * count} }} }}"
    assert read_rows(write(query, name).content, name) == [(None,)] * count


@pytest.mark.parametrize("name", ["json", "xml"])
def test_a_triple_as_a_term(name: str) -> None:
    query = "SELECT ?t { VALUES ?t { <<( <http://a> <http://b> 1 )>> } }"
    ((term,),) = read_rows(write(query, name).content, name)
    assert isinstance(term, ox.Triple)
    assert term.object == ox.Literal(1)


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("name", ["json", "xml"])
def test_truth_comes_back(name: str, value: bool) -> None:
    written = write(f"ASK {{ FILTER ( {str(value).lower()} ) }}", name)
    read = ox.parse_query_results(written.content, format=OXIGRAPH[name])
    assert isinstance(read, ox.QueryBoolean)
    assert bool(read) is value


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's JSON-LD parser
@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
def test_triples_come_back(name: str) -> None:
    text = write(CONSTRUCT, name).content
    graph = Dataset(default_union=True) if name == "jsonld" else Graph()
    graph.parse(data=text, format=RDFLIB[name])
    expected = Graph().parse(data=serialize_triples(TRIPLES, "ntriples"), format="nt")
    read = Graph()
    for subject, predicate, value, *_ in graph:
        read.add((subject, predicate, value))
    assert read.isomorphic(expected)
    assert len(read) == len(TRIPLES)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's JSON-LD parser
@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
def test_no_triples_are_a_sound_empty_document(name: str) -> None:
    content = write("CONSTRUCT { ?s ?s ?s } { ?s a ?s }", name).content
    assert len(Graph().parse(data=content, format=RDFLIB[name])) == 0


def test_turtle_uses_the_known_prefixes() -> None:
    assert b"masa:asAt" in write(CONSTRUCT, "turtle").content


@pytest.mark.parametrize(
    ("query", "offered"), [(SELECT, RESULTS), ("ASK {}", TRUTHS), (CONSTRUCT, GRAPHS)]
)
def test_which_formats_an_answer_has(query: str, offered: Sequence[Format]) -> None:
    """An ASK has no CSV or TSV form in the standard."""
    seen: list[Format] = []

    def choose(known: Sequence[Format]) -> Format:
        seen.extend(known)
        return known[0]

    written = EmbeddedStore(ox.Store(), merged=True).written(query, choose)
    assert tuple(seen) == tuple(offered)
    assert written.form == offered[0]
    assert len({form.media_type for form in offered}) == len(offered)
    assert [form.name for form in TRUTHS] == ["json", "xml"]


def test_json_keeps_letters_as_they_are() -> None:
    text = write(SELECT, "json").content.decode()
    assert "Caerdydd – ŵ" in text
    assert json.loads(text)["head"] == {"vars": list(VARIABLES)}


# Cut answers


@pytest.mark.parametrize("name", ["json", "xml", "tsv", "csv"])
@pytest.mark.parametrize("rows", [0, 1, 2, 4, 5, 6])
def test_rows_are_cut_at_the_limit_and_it_is_told(name: str, rows: int) -> None:
    written = write(SELECT, name, Limits(rows=rows))
    assert written.truncated is (rows < len(ROWS))
    if name == "csv":
        found = list(csv.reader(io.StringIO(written.content.decode(), newline="")))
        assert len(found) == 1 + min(rows, len(ROWS))
    else:
        assert read_rows(written.content, name) == list(ROWS[:rows])


@pytest.mark.parametrize("name", [f.name for f in GRAPHS])
@pytest.mark.parametrize("most", [0, 1, 3, 4, 5])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's JSON-LD parser
def test_triples_are_cut_at_the_limit_and_it_is_told(name: str, most: int) -> None:
    written = write(CONSTRUCT, name, Limits(rows=most))
    assert written.truncated is (most < len(TRIPLES))
    graph = Dataset(default_union=True) if name == "jsonld" else Graph()
    assert len(graph.parse(data=written.content, format=RDFLIB[name])) == min(most, len(TRIPLES))


@pytest.mark.parametrize("size", [1, 40, 200, 100_000])
@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_an_answer_is_cut_at_a_size_too(query: str, size: int) -> None:
    name = "tsv" if query == SELECT else "ntriples"
    whole = write(query, name).content
    cut = write(query, name, Limits(size=size))
    assert cut.truncated is (size < len(whole))
    told = b"# This answer was cut at a limit of the service: there is more.\n"
    content = cut.content.removeprefix(told)
    assert whole.startswith(content)
    assert not content or content.endswith(b"\n")
    head = len(whole.splitlines(keepends=True)[0]) if name == "tsv" else 0
    assert len(content) <= max(size, head)


@pytest.mark.parametrize(
    ("query", "name", "says"),
    [
        (SELECT, "json", b'{"truncated":true,'),
        (SELECT, "xml", b"<!-- This answer was cut"),
        (CONSTRUCT, "turtle", b"# This answer was cut"),
        (CONSTRUCT, "ntriples", b"# This answer was cut"),
        (CONSTRUCT, "rdfxml", b"<!-- This answer was cut"),
    ],
)
def test_a_cut_answer_says_so_in_itself(query: str, name: str, says: bytes) -> None:
    assert says in write(query, name, Limits(rows=1)).content
    assert says not in write(query, name).content


def test_a_cut_answer_in_json_is_still_read_by_others() -> None:
    content = write(SELECT, "json", Limits(rows=2)).content
    assert json.loads(content)["truncated"] is True
    assert len(list(Result.parse(io.BytesIO(content), format="json"))) == 2
