"""evidence-to-cite: the graphs, versions and hashes behind an outcome, looked up again here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from masagraph.store.opened import Opened
from masagraph.vocab import GRAPH, ID

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "evidence-to-cite"
CHAIR = "wt2023-partnership-chair"


def holds(opened: Opened, row: dict[str, str], subject: str, graph: str) -> bool:
    """Whether the graph that a row names holds the subject that it names."""
    found = opened.store.query(
        "SELECT ?graph ?thing { GRAPH ?graph { ?thing ?p ?o } } LIMIT 1",
        {"graph": ox.NamedNode(row[graph]), "thing": ox.NamedNode(row[subject])},
    )
    return bool(found.rows)  # type: ignore[union-attr]


def test_the_chair_of_sefton(rows: Rows, opened: Opened) -> None:
    (row,) = rows(NAME, area="sefton", duty=CHAIR)
    assert (row["outcome"], row["used"]) == ("Partly evidenced", "rests on")
    assert row["statement"] == f"{ID}statement/sefton-arrangements-2021/leadership-rotating-chair"
    assert row["words"] == "will be chaired on a rotational basis by one of the 3"
    assert row["document_graph"] == f"{GRAPH}areas/sefton/arrangements-2021"
    assert row["sha256"] == "7a91f9625bd1a5f047f784219a0fb2d9ba10faed57cdc3cb0c0ce2385ed3b9de"
    assert row["document_dated"] == "2021-10-31"
    assert row["assessed_with_data"] == opened.data_version
    assert row["assertion"].endswith(f"/sefton/{CHAIR}/{row['assessed_as_at']}")
    assert holds(opened, row, "assertion", "assertion_graph")
    assert holds(opened, row, "statement", "document_graph")


@pytest.mark.parametrize("as_at", ["2022-01-01", "2026-11-22"])
def test_the_words_are_those_that_words_relied_on_tells(rows: Rows, as_at: str) -> None:
    def told(name: str) -> list[tuple[object, ...]]:
        columns = ("duty", "outcome", "used", "words", "document", "assessed_as_at")
        found = rows(name, area="sefton", as_at=as_at)
        return sorted((tuple(r[c] for c in columns) for r in found), key=str)

    assert told(NAME) == told("words-relied-on")


def test_an_outcome_without_words_has_its_assertion(rows: Rows) -> None:
    (row,) = rows(NAME, area="east-sussex", duty=CHAIR)
    assert row["outcome"] == "Not found in the text we hold"
    assert row["assertion"]
    assert {row[c] for c in ("used", "statement", "document", "document_graph", "sha256")} == {None}


def test_an_earlier_date_has_an_assertion_of_its_own(rows: Rows) -> None:
    (then,) = rows(NAME, area="sefton", duty=CHAIR, as_at="2022-01-01")
    assert then["assertion_graph"] == f"{GRAPH}assessment/sefton/wt2023/2021-10-31"
    assert rows(NAME, area="sefton", as_at="2021-10-30") == rows(NAME, area="kent") == []


def test_every_statement_has_a_graph_and_a_hash(ask: Ask) -> None:
    found = ask(NAME).as_json()["rows"]
    for row in found:
        assert row["assessed_with_data"]
        assert bool(row["statement"]) is bool(row["document_graph"]) is bool(row["sha256"])
    assert len([r for r in found if r["statement"]]) > 100
