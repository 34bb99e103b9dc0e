"""What was read from documents: short phrases, each with its place, and no name of a person."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph

from masagraph.dataset.assemble import Assembled
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.protocol import select, text_of
from masagraph.vocab import GRAPH, PEOPLE_GRAPH

LEAST = {
    "warwickshire-masa": 30,
    "sussex-procedures-2024": 50,
    "sefton-arrangements-2021": 100,
}


@pytest.fixture(scope="module")
def quoted(store: EmbeddedStore) -> list[dict[str, str]]:
    """Every statement with its phrase, document and section."""
    rows = select(
        store,
        """SELECT ?statement ?exact ?document ?section {
            ?statement a masa:Statement ; oa:hasSource ?document ; masa:section ?section ;
                oa:hasSelector/oa:exact ?exact .
        }""",
    )
    return [{name: text_of(term) for name, term in row.items()} for row in rows]


def test_each_document_was_read(quoted: list[dict[str, str]]) -> None:
    for document, least in LEAST.items():
        of_it = [q for q in quoted if q["document"].endswith(f"/{document}")]
        assert len(of_it) >= least, document


def test_a_phrase_has_at_most_twelve_words(quoted: list[dict[str, str]]) -> None:
    long = [q["statement"] for q in quoted if not 1 <= len(q["exact"].split()) <= 12]
    assert long == []


def test_a_phrase_is_written_as_one_line_without_spaces_around(
    quoted: list[dict[str, str]],
) -> None:
    assert [q["exact"] for q in quoted if q["exact"] != " ".join(q["exact"].split())] == []


def test_a_statement_has_one_phrase_and_is_named_after_its_document(
    quoted: list[dict[str, str]],
) -> None:
    assert len({q["statement"] for q in quoted}) == len(quoted)
    for q in quoted:
        document = q["document"].rsplit("/", 1)[1]
        assert f"/statement/{document}/" in q["statement"]


def test_a_statement_is_about_what_its_document_describes(store: EmbeddedStore) -> None:
    rows = select(
        store,
        """SELECT ?statement {
            ?statement oa:hasSource ?document ; masa:about ?arrangement .
            FILTER NOT EXISTS { ?document masa:describes ?arrangement }
        }""",
    )
    assert rows == []


def test_a_document_stands_in_a_graph_of_its_own(assembled: Assembled) -> None:
    for file in assembled.files:
        if file.graph.startswith(f"{GRAPH}areas/"):
            assert len(re.findall(r"\ba masa:SourceDocument\b", file.text)) <= 1, file.path


def test_documents_have_hashes_of_their_own(store: EmbeddedStore) -> None:
    hashes = [text_of(row["h"]) for row in select(store, "SELECT ?h { ?d masa:sha256 ?h }")]
    assert len(hashes) == len(set(hashes)) >= len(LEAST)
    assert "0" * 64 not in hashes


def test_names_of_people_stand_in_their_own_graph_alone(assembled: Assembled) -> None:
    people = [file for file in assembled.files if file.graph == str(PEOPLE_GRAPH)]
    if not people:
        pytest.skip("data/people is not held in this copy")
    names = set()
    for file in people:
        graph = Graph().parse(data=file.text, format="turtle")
        names |= {str(o) for _, p, o in graph if str(p) == "http://xmlns.com/foaf/0.1/name"}
    assert names
    for file in assembled.files:
        if file.graph != str(PEOPLE_GRAPH):
            assert "foaf/0.1/name" not in file.text, file.path
            assert [name for name in names if name in file.text] == [], file.path
