"""Values written into a query: the same answer as with bound parameters, and never more."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox
import pytest

from masagraph.errors import BadValue
from masagraph.questions.catalogue import Question, list_questions
from masagraph.questions.files import QueryFile, find_query_file, list_query_files
from masagraph.questions.parameters import bind, read_term
from masagraph.resources import Resources, find_resources
from masagraph.store.opened import Opened
from masagraph.store.protocol import Rows
from masagraph.store.written_in import variables, without_comments, write_in
from masagraph.vocab import PREFIXES

QUESTIONS = list_questions(find_resources())
FILES = list_query_files(find_resources())
XSD_DATE = ox.NamedNode(PREFIXES["xsd"] + "date")

HOSTILE = [
    '" . } DELETE WHERE { ?s ?p ?o } #',
    "' ) } SELECT * { ?s ?p ?o } #",
    'a\\" b\\',
    "line\nbreak\ttab",
    "\u202eright to left\u202c",
    "}",
    "$as_at",
]


@pytest.mark.parametrize("question", QUESTIONS, ids=[q.name for q in QUESTIONS])
def test_every_question_has_the_same_answer(question: Question, opened: Opened) -> None:
    given = {p.name: p.example for p in question.parameters if p.example}
    terms = bind(question, given, opened.store, opened.data_date)
    bound = opened.store.query(question.query, terms)
    text = write_in(question.query, terms)
    assert isinstance(bound, Rows)
    any_of_several = set(re.findall(r"SAMPLE\([^)]*\) AS \?(\w+)", question.query))
    columns = [v for v in bound.variables if v not in terms and v not in any_of_several]
    for query in (text, without_comments(text)):
        written = opened.store.query(query)
        assert isinstance(written, Rows)
        assert _counted(written, columns) == _counted(bound, columns)


def _counted(answer: Rows, columns: list[str]) -> Counter[str]:
    places = [answer.variables.index(column) for column in columns]
    return Counter(str([row[place] for place in places]) for row in answer.rows)


@pytest.mark.parametrize("file", FILES, ids=[f.path for f in FILES])
def test_a_value_never_becomes_a_part_of_the_query(file: QueryFile) -> None:
    """Whatever is written in is one literal: the query is read as with a harmless one."""
    plain = write_in(file.text, dict.fromkeys(file.variables, ox.Literal("x")))
    for text in HOSTILE:
        term = ox.Literal(text)
        written = write_in(file.text, dict.fromkeys(file.variables, term))
        assert written.replace(str(term), '"x"') == plain
        assert _kind(written) == _kind(plain)


def _kind(query: str) -> tuple[str, ...]:
    """The kind of a query and its columns; nothing where a literal can stand in no such place."""
    try:
        answer = ox.Store().query(query, prefixes=dict(PREFIXES))
    except SyntaxError:
        return ()
    columns = answer.variables if isinstance(answer, ox.QuerySolutions) else ()
    return (type(answer).__name__, *(variable.value for variable in columns))


def test_parameters_are_the_variables_with_a_dollar() -> None:
    assert variables("SELECT $a ?b { $a ?p $as_at . # $no\n ?x ?y '$no' }") == ["a", "as_at"]


def test_a_variable_that_the_query_gives_values_to_is_filtered() -> None:
    written = write_in(
        'SELECT $kind { VALUES ( $kind ?x ) { ( "a" 1 ) ( "b" 2 ) } }', {"kind": ox.Literal("b")}
    )
    found = ox.Store().query(written)
    assert isinstance(found, ox.QuerySolutions)
    assert [row["kind"] for row in found] == [ox.Literal("b")]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("https://w3id.org/masagraph/id/area/kent",
         ox.NamedNode("https://w3id.org/masagraph/id/area/kent")),
        ("urn:x:y", ox.NamedNode("urn:x:y")),
        ("area:kent", ox.NamedNode("https://w3id.org/masagraph/id/area/kent")),
        ("2026-11-22", ox.Literal("2026-11-22", datatype=XSD_DATE)),
        ("kent", ox.Literal("kent")),
        ("Note: a word", ox.Literal("Note: a word")),
        ("javascript:alert(1)", ox.Literal("javascript:alert(1)")),
        ("2026", ox.Literal("2026")),
    ],
)  # fmt: skip
def test_what_a_value_means(text: str, term: ox.NamedNode | ox.Literal) -> None:
    assert read_term("it", text) == term


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("https://x.example/a b", "not an IRI"),
        ("https://x.example/<b>", "not an IRI"),
        ("2026-02-30", "not a date"),
        ("x" * 1_001, "1,001 characters"),
    ],
)
def test_a_value_that_is_none_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadValue, match=what):
        read_term("it", text)


def test_every_file_says_what_it_is_for(resources: Resources) -> None:
    for file in list_query_files(resources):
        assert len(file.about) > 15, file.path
        assert "#" not in file.about
    assert find_query_file(resources, "lookup/lines.rq").variables == ("area", "as_at")
