"""The embedded store: terms are bound, graphs are kept apart, and errors say what to do."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from masagraph.dataset.assemble import merge_graphs
from masagraph.errors import QueryError, QueryRefused
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import Rows, Scope, Triples, Truth, select, text_of

EX = "http://example.org/"
ONE, TWO, THREE = (f"urn:graph:{name}" for name in ("one", "two", "three"))


@pytest.fixture
def store() -> EmbeddedStore:
    """Three graphs of one or two triples each, and their merge, as a build makes it.

    One triple stands in two of them.
    """
    held = ox.Store()
    for graph, names in ((ONE, "ax"), (TWO, "bx"), (THREE, "c")):
        for name in names:
            held.add(
                ox.Quad(
                    ox.NamedNode(EX + name),
                    ox.NamedNode(EX + "label"),
                    ox.Literal(name),
                    ox.NamedNode(graph),
                )
            )
    merge_graphs(held)
    return EmbeddedStore(held, merged=True)


def names(answer: object) -> list[str]:
    assert isinstance(answer, Rows)
    return sorted(text_of(row[0]) for row in answer.rows)


LABELS = f"SELECT ?label {{ ?s <{EX}label> ?label }}"
IN_GRAPHS = f"SELECT ?label {{ GRAPH ?g {{ ?s <{EX}label> ?label }} }}"


def test_the_default_graph_is_the_merge_and_counts_once(store: EmbeddedStore) -> None:
    assert names(store.query(LABELS)) == ["a", "b", "c", "x"]


def test_graphs_are_listed_in_order(store: EmbeddedStore) -> None:
    assert list(store.graphs()) == sorted([ONE, TWO, THREE])
    assert len(store.graph(ONE)) == 2
    assert list(store.graph("urn:graph:none")) == []


def test_a_copy_in_memory_is_the_same(store: EmbeddedStore) -> None:
    held = ox.Store()
    held.add(ox.Quad(ox.NamedNode(EX), ox.NamedNode(EX), ox.Literal("a"), ox.NamedNode(ONE)))
    merge_graphs(held)
    copy = EmbeddedStore.in_memory(held)
    held.clear()
    assert list(copy.graphs()) == [ONE]
    assert copy.query("ASK { ?s ?p 'a' }") == Truth(True)


def test_a_store_that_was_not_merged_still_shows_all_graphs() -> None:
    """A view is such a store: its default graph is empty, and the union is taken."""
    held = ox.Store()
    for graph in (ONE, TWO):
        label = ox.NamedNode(f"{EX}label")
        held.add(ox.Quad(ox.NamedNode(EX), label, ox.Literal(graph), ox.NamedNode(graph)))
    view = EmbeddedStore(held)
    assert names(view.query(LABELS)) == [ONE, TWO]
    assert names(view.query(LABELS, scope=Scope((ONE,)))) == [ONE]


@pytest.mark.parametrize(
    ("scope", "by_default", "by_graph"),
    [
        pytest.param(Scope((ONE,)), ["a", "x"], [], id="one default graph"),
        pytest.param(Scope((ONE, THREE)), ["a", "c", "x"], [], id="two default graphs"),
        pytest.param(Scope((), (TWO,)), [], ["b", "x"], id="one named graph"),
        pytest.param(Scope((ONE,), (THREE,)), ["a", "x"], ["c"], id="one of each"),
        pytest.param(Scope(("urn:graph:none",)), [], [], id="a graph that is not held"),
    ],
)
def test_a_query_sees_the_graphs_named_and_no_others(
    store: EmbeddedStore, scope: Scope, by_default: list[str], by_graph: list[str]
) -> None:
    assert names(store.query(LABELS, scope=scope)) == by_default
    assert names(store.query(IN_GRAPHS, scope=scope)) == by_graph


def test_from_a_graph_held_sees_only_that_graph(store: EmbeddedStore) -> None:
    query = LABELS.replace("{", f"FROM <{ONE}> {{", 1)
    assert names(store.query(query)) == ["a", "x"]


def test_from_named_a_graph_held_sees_only_that_graph(store: EmbeddedStore) -> None:
    query = IN_GRAPHS.replace("{", f"FROM NAMED <{TWO}> {{", 1)
    assert names(store.query(query)) == ["b", "x"]


@pytest.mark.parametrize(
    "value",
    [
        ox.NamedNode(EX + "a"),
        ox.NamedNode(EX + "nobody"),
    ],
)
def test_a_variable_is_bound_to_a_term(store: EmbeddedStore, value: ox.NamedNode) -> None:
    rows = select(store, f"SELECT $s ?label {{ $s <{EX}label> ?label }}", s=value)
    assert [text_of(row["label"]) for row in rows] == (["a"] if value.value.endswith("/a") else [])


@pytest.mark.parametrize(
    "text", ['a" . ?x ?y ?z', "} UNION { ?s ?p ?o", "a\\", "<urn:x>", "", "$s", "a\nb", "'"]
)
def test_a_bound_text_is_never_read_as_a_query(store: EmbeddedStore, text: str) -> None:
    query = f"SELECT ?s $label {{ ?s <{EX}label> $label }}"
    assert store.query(query, {"label": ox.Literal(text)}) == Rows(("s", "label"), ())


def test_select_leaves_out_what_is_unbound(store: EmbeddedStore) -> None:
    query = f"SELECT ?s ?none {{ ?s <{EX}label> 'a' OPTIONAL {{ ?s <{EX}none> ?none }} }}"
    assert select(store, query) == [{"s": ox.NamedNode(EX + "a")}]
    answer = store.query(query)
    assert isinstance(answer, Rows)
    assert answer.rows == ((ox.NamedNode(EX + "a"), None),)


def test_select_refuses_another_form(store: EmbeddedStore) -> None:
    with pytest.raises(TypeError):
        select(store, "ASK { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("limit", "count", "truncated"),
    [(None, 4, False), (5, 4, False), (4, 4, False), (3, 3, True), (1, 1, True)],
)
def test_a_cut_answer_says_so(
    store: EmbeddedStore, limit: int | None, count: int, truncated: bool
) -> None:
    rows = store.query(LABELS, limit=limit)
    assert isinstance(rows, Rows)
    assert (len(rows.rows), rows.truncated) == (count, truncated)
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }", limit=limit)
    assert isinstance(triples, Triples)
    assert (len(triples.triples), triples.truncated) == (count, truncated)


def test_an_ask_is_true_or_false(store: EmbeddedStore) -> None:
    assert store.query(f"ASK {{ <{EX}a> ?p ?o }}") == Truth(True)
    assert store.query(f"ASK {{ <{EX}z> ?p ?o }}") == Truth(False)


def test_known_prefixes_need_no_declaration(store: EmbeddedStore) -> None:
    assert store.query("ASK { ?s a masa:SafeguardingArea }") == Truth(False)


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ <{EX}a> <{EX}b> <{EX}c> }}",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/data.ttl>",
        f"CLEAR GRAPH <{ONE}>",
        "drop all",
        f"CREATE GRAPH <{EX}new>",
    ],
)
def test_an_update_is_refused_and_changes_nothing(store: EmbeddedStore, update: str) -> None:
    with pytest.raises(QueryError, match="Updates are not allowed"):
        store.query(update)
    assert names(store.query(LABELS)) == ["a", "b", "c", "x"]


def test_an_update_after_a_prefix_is_refused_as_one(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="Updates are not allowed"):
        store.query(f"PREFIX e: <{EX}> INSERT DATA {{ e:a e:b e:c }}")
    assert names(store.query(LABELS)) == ["a", "b", "c", "x"]


def test_a_parse_error_says_where(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match=r"cannot be parsed.*2:\d+") as caught:
        store.query("SELECT ?s {\n ?s ?p ?o ; ; , }")
    assert caught.value.mend
    assert "\n" not in caught.value.line()


@pytest.mark.parametrize(
    "text", ["", "   ", "tell me all", "SELECT", "SELECT * { ?s ?p ?o", "\x00"]
)
def test_what_is_no_query_is_a_query_error(store: EmbeddedStore, text: str) -> None:
    with pytest.raises(QueryError):
        store.query(text)


def test_a_value_for_a_variable_that_the_query_lacks_is_an_error(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError):
        store.query(LABELS, {"nobody": ox.Literal("a")})


def test_service_is_refused_before_any_request(store: EmbeddedStore) -> None:
    with pytest.raises(QueryRefused):
        store.query("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }")
