"""Where a query is wrong: at the word that cannot stand there, whatever the parser says."""

from __future__ import annotations

import pickle

import pyoxigraph as ox
import pytest

from masagraph.errors import QueryError
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.prefixes import KNOWN, PrefixMissing
from masagraph.vocab import PREFIXES

STORE = EmbeddedStore(ox.Store())


def wrong(query: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        STORE.query(query)
    return caught.value


@pytest.mark.parametrize(
    "query",
    [
        "SELECT *\n{ ?s ?p ⟦}",
        "SELECT * { ?s ?p ?o . ?s ?p ⟦}",
        "SELECT * { ?s ?p ?o ⟦?s ?p ?o }",
        "SELECT * { ?s ?p ?o . ⟦FILTR(?s) }",
        "SELECT ?x { # a comment }\n ?x a 'é 🏫' ⟦'x' }",
        "SELECT ?x { ?s ?p ⟦'x }",
        "SELECT ?x WHERE ⟦?s ?p ?o }",
        "SELECT ?x WHERE { ?s ?p ?o }⟦}",
        "SELECT * { ?s ?p ?o } ⟦ODER BY ?s",
        "SELECT * { ?s ?p ?o } LIMIT ⟦x",
        "SELECT * { ?s ?p ?o FILTER(?o > 3 && ⟦) }",
        "SELECT * { ?s ?p ?o FILTER(?o >= 3 || ⟦) }",
        'SELECT * { ?s ?p """a\n"b""" ; skos:note "x"^^xsd:date ⟦1 }',
        "SELECT ?x { " + "?x a masa:Duty . " * 300 + "?x a ⟦}",
        "SELECT ?x {\r\n  ?x a ⟦}\r\n",
        "SELECT * { ?s ⟦foaf:name ?o }",
        "SELECT * { ?s ?p 1 . ⟦x-y.z:é ?p ?o }",
        "SELECT * { ?s ?p '1'^^⟦zzz:date . ?s ?p 2 }",
    ],
)
def test_the_place_is_that_of_the_word(query: str) -> None:
    before, after = query.split("⟦")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    error = wrong(before + after)
    assert error.at == (line, column)
    assert f"error at {line}:{column}: " in error.what


@pytest.mark.parametrize("query", ["SELECT * { ?s ?p ?o ", "SELECT", "ASK { ?s ?p 'x' .\n\n"])
def test_what_is_not_ended_is_wrong_at_its_end(query: str) -> None:
    at = wrong(query).at
    assert at is not None
    assert at[0] == query.count("\n") + 1


def test_a_missing_prefix_is_named_with_what_it_usually_means() -> None:
    error = wrong("SELECT * { ?s foaf:name ?name }")
    assert isinstance(error, PrefixMissing)
    assert (error.prefix, error.namespace) == ("foaf", KNOWN["foaf"])
    assert "PREFIX foaf: <http://xmlns.com/foaf/0.1/>" in error.mend
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own, as a worker sends it)
    assert (again.prefix, again.at, again.what) == (error.prefix, error.at, error.what)


def test_a_prefix_of_nobody_has_its_likes_told() -> None:
    assert "Did you mean masa:?" in wrong("ASK { ?s a masa2:Duty }").mend
    assert wrong("ASK { ?s a qqqqqq:Duty }").mend == "Declare it: PREFIX qqqqqq: <…>"


def test_ours_win_over_others_of_the_same_name() -> None:
    assert {name: KNOWN[name] for name in PREFIXES} == PREFIXES


@pytest.mark.parametrize("query", ["", "  # only a comment", "hello", "SELEC ?x {}"])
def test_a_text_that_does_not_begin_as_a_query(query: str) -> None:
    assert "Begin it with SELECT" in wrong(query).mend


@pytest.mark.parametrize("query", ["INSERT DATA {}", "PREFIX a: <x:> delete where { ?s ?p ?o }"])
def test_an_update_is_told_as_one(query: str) -> None:
    assert "Updates are not allowed" in wrong(query).mend


def test_a_query_that_is_right_is_not_touched() -> None:
    assert STORE.query("ASK {}")
