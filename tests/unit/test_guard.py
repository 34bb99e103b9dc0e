"""What a query may not ask of a read-only store, however it is written."""

from __future__ import annotations

import pytest

from masagraph.errors import QueryRefused
from masagraph.store.guard import refuse_forbidden

HELD = ["https://w3id.org/masagraph/graph/register/areas", "urn:held"]

REFUSED = {
    "service": "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <http://example.org/sparql> { ?s ?p ?o } }",
    "mixed case": "SELECT * { SeRvIcE <http://example.org/sparql> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <http://example.org/sparql> { ?s ?p ?o } }",
    "variable": "SELECT * { ?s ?p ?e SERVICE ?e { ?a ?b ?c } }",
    "prefixed": "PREFIX e: <http://example.org/> SELECT * { SERVICE e:sparql { ?s ?p ?o } }",
    "no space": "SELECT*{SERVICE<http://example.org/sparql>{?s ?p ?o}}",
    "after a variable of its name": "SELECT * { ?s ?p ?service SERVICE <urn:e> { ?a ?b ?c } }",
    "after a path": "SELECT * { ?s <urn:p>?x SERVICE <urn:e> { ?a ?b ?c } }",
    "right behind a number": "SELECT * { ?s ?p 1SERVICE <urn:e> { ?a ?b ?c } }",
    "comment between": "SELECT * { SERVICE # here\n <http://example.org/sparql> { ?s ?p ?o } }",
    "in optional": "SELECT * { ?s ?p ?o OPTIONAL { SERVICE <urn:e> { ?s ?p ?x } } }",
    "in union": "SELECT * { { ?s ?p ?o } UNION { SERVICE <urn:e> { ?s ?p ?o } } }",
    "in minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <urn:e> { ?s ?p ?o } } }",
    "in graph": "SELECT * { GRAPH ?g { SERVICE <urn:e> { ?s ?p ?o } } }",
    "in exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <urn:e> { ?s ?p ?o } } }",
    "in not exists": "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <urn:e> { ?s ?p ?o } } }",
    "in an expression": "SELECT * { ?s ?p ?o FILTER(!?o || EXISTS { SERVICE <urn:e> {} }) }",
    "in bind": "SELECT * { ?s ?p ?o BIND(EXISTS { SERVICE <urn:e> { ?s ?p ?o } } AS ?x) }",
    "in a subquery": "SELECT * { { SELECT * { SERVICE <urn:e> { ?s ?p ?o } } } }",
    "deep": "SELECT * { { { OPTIONAL { { SELECT ?s { { SERVICE <urn:e> { ?s ?p ?o } } } } } } } }",
    "in construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <urn:e> { ?s ?p ?o } }",
    "in ask": "ASK { SERVICE <urn:e> { ?s ?p ?o } }",
    "in describe": "DESCRIBE ?s { SERVICE <urn:e> { ?s ?p ?o } }",
    "escaped letter": "SELECT * { \\u0053ERVICE <urn:e> { ?s ?p ?o } }",
    "escaped small letter": "SELECT * { s\\u0065rvice <urn:e> { ?s ?p ?o } }",
    "long escape": "SELECT * { SERV\\U00000049CE <urn:e> { ?s ?p ?o } }",
    "not parseable": "SELECT * { SERVICE <urn:e> { ?s ?p ?o }",
    "from": "SELECT * FROM <http://example.org/data> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <http://example.org/data> { GRAPH ?g { ?s ?p ?o } }",
    "from lower case": "select * from <http://example.org/data> { ?s ?p ?o }",
    "from beside one held": "SELECT * FROM <urn:held> FROM <http://example.org/d> { ?s ?p ?o }",
    "from prefixed": "PREFIX e: <http://example.org/> SELECT * FROM e:data { ?s ?p ?o }",
    "from escaped": "SELECT * FR\\u004FM <http://example.org/data> { ?s ?p ?o }",
    "from a file": "SELECT * FROM <file:///data.ttl> { ?s ?p ?o }",
    "from in construct": "CONSTRUCT { ?s ?p ?o } FROM <http://example.org/d> WHERE { ?s ?p ?o }",
}

ALLOWED = {
    "plain": "SELECT * { ?s ?p ?o }",
    "from a graph held": "SELECT * FROM <urn:held> { ?s ?p ?o }",
    "from named a graph held": "SELECT * FROM NAMED <urn:held> { GRAPH ?g { ?s ?p ?o } }",
    "from prefixed": "PREFIX g: <https://w3id.org/masagraph/graph/register/>"
    " SELECT * FROM g:areas { ?s ?p ?o }",
    "in a literal": 'SELECT * { ?s ?p "children\'s service" }',
    "in a long literal": 'SELECT * { ?s ?p """SERVICE <urn:e> { }""" }',
    "in a comment": "SELECT * { ?s ?p ?o } # SERVICE <urn:e>",
    "in a variable": "SELECT ?service { ?service ?p ?o }",
    "in an IRI": "SELECT * { ?s <http://example.org/service> ?o }",
    "in a prefixed name": "PREFIX e: <http://example.org/> SELECT * { ?s e:serviceManager ?o }",
    "in a filter": 'SELECT * { ?s ?p ?o FILTER(CONTAINS(LCASE(?o), "services from")) }',
    "from in a variable": "SELECT ?from { ?s ?p ?from }",
    "escape in a literal": 'SELECT * { ?s ?p "caf\\u00e9" }',
}


@pytest.mark.parametrize("query", [pytest.param(q, id=name) for name, q in REFUSED.items()])
def test_refused(query: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        refuse_forbidden(query, HELD)
    assert caught.value.mend
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize("query", [pytest.param(q, id=name) for name, q in ALLOWED.items()])
def test_allowed(query: str) -> None:
    refuse_forbidden(query, HELD)


def test_a_query_that_is_no_query_is_left_to_the_parser() -> None:
    """Without the word there is nothing to refuse; the store says what is wrong with it."""
    refuse_forbidden("SELECT * { ?s ?p", HELD)


@pytest.mark.parametrize("name", ["?validFrom", "$validFrom", "?x_FROM", "?service"])
def test_a_variable_that_ends_in_the_word_costs_no_parse(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def parse(_: str) -> None:
        pytest.fail("it is parsed, which takes a tenth of a second")

    monkeypatch.setattr("masagraph.store.guard.parseQuery", parse)
    refuse_forbidden(f"SELECT * {{ ?s ?p {name} FILTER({name} <= 3) }}", HELD)
