"""standing-by-topic: what each document of an area holds on a topic, and how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.errors import BadValue, UnknownName

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "standing-by-topic"
LOCAL = "local arrangement"


def test_where_scrutiny_is_arranged_and_where_only_restated(rows: Rows) -> None:
    """The key counts five documents; the page that three areas share has a row for each."""
    found = rows(NAME, topic="independent-scrutiny")
    assert {(r["area_name"], r["document_name"], r["best"]) for r in found} == {
        ("Sefton", "sefton-arrangements-2021", LOCAL),
        ("Sefton", "sefton-council-2024", "nothing found"),
        ("Sefton", "sefton-procedures-2024", "nothing found"),
        ("Warwickshire", "warwickshire-masa", "commitment only"),
        ("Brighton and Hove", "sussex-procedures-2024", "guidance restated"),
        ("East Sussex", "sussex-procedures-2024", "guidance restated"),
        ("West Sussex", "sussex-procedures-2024", "guidance restated"),
    }
    assert len(found) == 7


def test_no_document_shows_a_threshold_document(rows: Rows) -> None:
    """One document lists publishing one as a function, and among what the guidance requires."""
    found = rows(NAME, topic="threshold-document")
    assert [r["document_name"] for r in found if r["best"] == LOCAL] == []
    (row,) = [r for r in found if r["best"] != "nothing found"]
    assert (row["document_name"], row["best"]) == ("sefton-arrangements-2021", "commitment only")
    assert (row["commitments"], row["local_arrangements"]) == (1, 0)


def test_the_counts_are_of_statements(rows: Rows) -> None:
    for row in rows(NAME):
        counts = [
            row[name]
            for name in (
                "local_arrangements", "said_not_in_place", "commitments", "guidance_restated",
                "headings",
            )
        ]  # fmt: skip
        assert (row["best"] == "nothing found") is (sum(counts) == 0)
        assert (row["best"] == LOCAL) is (row["local_arrangements"] > 0)
        assert row["of_a_whole_duty"] <= row["local_arrangements"]


def test_every_topic_has_a_row_for_every_document_of_an_area(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    documents = {r["document_name"] for r in found}
    topics = {r["topic"] for r in found}
    assert len(documents) == 3
    assert len(topics) > 20
    assert len(found) == len(documents) * len(topics)


def test_a_document_may_be_chosen(rows: Rows) -> None:
    found = rows(NAME, document="sefton-council-2024", topic="training-and-audit")
    assert [(r["area_name"], r["best"]) for r in found] == [("Sefton", LOCAL)]


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []


def test_what_is_not_known(rows: Rows) -> None:
    with pytest.raises(UnknownName, match='no document "sefton-2021"'):
        rows(NAME, document="sefton-2021")
    with pytest.raises(BadValue, match="may mean"):
        rows(NAME, topic="relevant-agencies")
    assert rows(NAME, topic="topic/relevant-agencies")
