"""The catalogue as RDF: editors find each question in the store, and its text runs as it stands."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from masagraph.questions.as_rdf import COLUMN, QUESTION, QUESTIONS_GRAPH, questions_graph
from masagraph.questions.catalogue import Question, list_questions
from masagraph.resources import find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows, select, text_of

QUESTIONS = list_questions(find_resources())
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])

LISTED = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?question ?label ?comment ?query
WHERE {
  GRAPH ?graph { ?question a sh:SPARQLExecutable , sh:SPARQLSelectExecutable }
  ?question rdfs:label ?label ; rdfs:comment ?comment ; sh:select ?query .
}
"""
COLUMNS = """
PREFIX csvw: <http://www.w3.org/ns/csvw#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT $question ?place ?name ?about
WHERE {
  $question csvw:tableSchema/csvw:column ?list .
  ?list rdf:rest* ?place .
  ?place rdf:first ?column .
  ?column csvw:name ?name ; dcterms:description ?about .
}
"""
PARAMETERS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT $question ?path ?optional ?default
WHERE {
  $question sh:parameter ?parameter .
  ?parameter a sh:Parameter ; sh:path ?path ; sh:optional ?optional ; sh:order ?order .
  OPTIONAL { ?parameter sh:defaultValue ?default }
}
ORDER BY ?order
"""


@pytest.fixture(scope="module")
def queries(opened: Opened) -> dict[str, str]:
    """The text of each question in the store, by name."""
    rows = select(opened.store, LISTED)
    return {text_of(row["question"]).removeprefix(QUESTION): text_of(row["query"]) for row in rows}


def test_the_store_lists_every_question_once(opened: Opened) -> None:
    rows = select(opened.store, LISTED)
    assert sorted(
        (text_of(row["question"]), text_of(row["label"]), text_of(row["comment"])) for row in rows
    ) == sorted((QUESTION + q.name, q.title, q.question) for q in QUESTIONS)


@EACH
def test_each_runs_as_it_stands_and_gives_rows(
    opened: Opened, queries: dict[str, str], question: Question
) -> None:
    text = queries[question.name]
    assert "#+" not in text
    ox.Store().query(text)  # with no prefix but its own
    found = opened.store.query(text, limit=5)
    assert isinstance(found, Rows)
    assert found.rows


@EACH
def test_its_columns_are_told_in_order(
    opened: Opened, queries: dict[str, str], question: Question
) -> None:
    bound = {"question": ox.NamedNode(QUESTION + question.name)}
    told = {
        int(text_of(row["place"]).rpartition("-")[2]): text_of(row["name"])
        for row in select(opened.store, COLUMNS, **bound)
    }
    found = opened.store.query(queries[question.name], limit=1)
    assert isinstance(found, Rows)
    assert tuple(told[place] for place in sorted(told)) == found.variables


@EACH
def test_its_parameters_are_told(opened: Opened, question: Question) -> None:
    bound = {"question": ox.NamedNode(QUESTION + question.name)}
    rows = select(opened.store, PARAMETERS, **bound)
    assert [
        (
            text_of(row["path"]).removeprefix(COLUMN),
            text_of(row["optional"]) == "true",
            "default" in row,
        )
        for row in rows
    ] == [(p.name, p.optional or bool(p.default), bool(p.default)) for p in question.parameters]


def test_the_endpoint_is_told_where_it_is_known(opened: Opened) -> None:
    target = ox.NamedNode("https://schema.org/target")
    plain = questions_graph(opened.store, opened.data_date)
    assert not [quad for quad in plain if quad.predicate == target]
    there = questions_graph(opened.store, opened.data_date, "https://example.org/sparql")
    targets = {text_of(quad.object) for quad in there if quad.predicate == target}
    assert targets == {"https://example.org/sparql"}


def test_it_is_the_same_each_time_and_in_its_own_graph(opened: Opened) -> None:
    one, other = (questions_graph(opened.store, opened.data_date) for _ in range(2))
    assert one == other
    assert {str(quad.graph_name) for quad in one} == {f"<{QUESTIONS_GRAPH}>"}
    assert not [quad for quad in one if isinstance(quad.subject, ox.BlankNode)]


def test_the_date_of_the_data_is_written_in(opened: Opened) -> None:
    graph = questions_graph(opened.store, date(2024, 6, 1))
    texts = [text_of(quad.object) for quad in graph if text_of(quad.predicate).endswith("#select")]
    assert sum("2024-06-01" in text for text in texts) == sum(
        any(p.default == "the data's date" for p in q.parameters) for q in QUESTIONS
    )
