"""Assessments of days that the build has not stored, by those that it has; and one duty alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment import duty_outcomes
from masagraph.assessment.assess import assess
from masagraph.assessment.duty_outcomes import outcomes_of
from masagraph.assessment.held import assess_by_held, graphs_held
from masagraph.assessment.names import Area, choose_editions, find_area
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

BETWEEN = date(2024, 5, 20)
"""The day after a document of Sefton came into view: nothing is stored for it."""


def test_a_day_between_is_read_from_the_day_of_change_before_it(
    opened: Opened, areas: list[Area]
) -> None:
    sefton = find_area(areas, "sefton")
    graphs = graphs_held(opened.store, sefton, ["wt2026", "wt2023"], BETWEEN)
    assert graphs is not None
    assert [graph.split("/")[-2:] for graph in graphs] == [
        ["wt2026", "2024-05-19"], ["wt2023", "2024-05-19"],
    ]  # fmt: skip


@pytest.mark.parametrize(("slug", "day"), [("kent", BETWEEN), ("sefton", date(2021, 10, 30))])
def test_where_no_document_is_in_view_nothing_is_stored(
    opened: Opened, areas: list[Area], slug: str, day: date
) -> None:
    assert graphs_held(opened.store, find_area(areas, slug), ["wt2023"], day) is None


def test_it_says_the_same_as_an_assessment_made_now(opened: Opened, areas: list[Area]) -> None:
    sefton = find_area(areas, "sefton")
    chosen = choose_editions(opened.store, "wt2026", BETWEEN)
    made = assess(opened.store, sefton, chosen, BETWEEN, "version")
    read = assess_by_held(opened.store, sefton, chosen, BETWEEN, "version")
    assert read.as_json() == made.as_json()
    assert made.findings


def test_of_some_documents_nothing_is_stored(opened: Opened, areas: list[Area]) -> None:
    sefton = find_area(areas, "sefton")
    chosen = choose_editions(opened.store, "wt2026", BETWEEN)
    only = ["sefton-council-2024"]
    read = assess_by_held(opened.store, sefton, chosen, BETWEEN, "version", only)
    assert [document.id for document in read.documents] == only
    assert read.triples


def test_one_duty_is_tested_alone_where_nothing_is_stored(
    exampleshire: Exampleshire, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty, day = "wt2023-lsp-is-agency-head", "2025-01-01"
    code = 'area:exampleshire masa:gssCode "E10000099" .'
    document = exampleshire.document(code, exampleshire.leads())
    (expected,) = exampleshire.findings(day, document, duties=[duty]).values()
    tested = []
    run = duty_outcomes.add_assertions
    monkeypatch.setattr(
        duty_outcomes, "add_assertions", lambda *args: tested.append(args[3]) or run(*args)
    )
    store = exampleshire.store(document)
    found = outcomes_of(store, duty, "wt2023", date.fromisoformat(day))
    assert [(each.area, each.outcome) for each in found.found] == [
        ("exampleshire", expected.outcome)
    ]
    assert [[iri.rsplit("/", 1)[-1] for iri in duties] for duties in tested] == [[duty]]
    assert found.as_json()["areas_without_document"] == 0
