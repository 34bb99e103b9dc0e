"""What is found in real documents, and what must hold of every finding."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from steady import Steady

from masagraph.assessment.assess import add_assertions, assess, assessment_graph
from masagraph.assessment.findings import Assessment, Finding, read_findings
from masagraph.assessment.history import days_of_change
from masagraph.assessment.names import Area, choose_editions, find_area, list_areas, list_editions
from masagraph.assessment.view import build_view
from masagraph.dataset.assemble import Assembled, assemble
from masagraph.resources import Resources
from masagraph.store.embedded import EmbeddedStore
from masagraph.store.opened import Opened
from masagraph.store.protocol import select, text_of
from masagraph.vocab import GRAPH, PEOPLE_GRAPH, local_name

if TYPE_CHECKING:
    from tests.conftest import Exampleshire


def assessed(opened: Opened, areas: list[Area], slug: str, edition: str = "wt2023") -> Assessment:
    """The assessment of an area at the data's date."""
    day = opened.data_date
    return assess(
        opened.store,
        find_area(areas, slug),
        choose_editions(opened.store, edition, day),
        day,
        opened.data_version,
    )


def by_duty(assessment: Assessment) -> dict[str, Finding]:
    return {finding.duty: finding for finding in assessment.findings}


@cache
def stored(opened: Opened) -> tuple[Finding, ...]:
    """Every finding of the store, read once."""
    graphs = [graph for graph in opened.store.graphs() if "/graph/assessment/" in graph]
    return tuple(finding for graph in graphs for finding in read_findings(opened.store, graph))


# Warwickshire: a council page, read whole, that tells of the arrangements


@pytest.mark.parametrize("duty", ["wt2023-lsp-is-agency-head", "wt2023-dsp-appointed-named"])
def test_warwickshire_shows_leads_and_delegates_of_all_three_partners(
    opened: Opened, areas: list[Area], duty: str
) -> None:
    found = by_duty(assessed(opened, areas, "warwickshire"))[duty]
    assert (found.outcome, found.faults) == ("Evidenced", ())
    phrases = " | ".join(words.exact for words in found.rests_on)
    for partner in ("Warwickshire County Council", "Warwickshire Police", "Integrated Care Board"):
        assert partner in phrases
    assert {words.document for words in found.rests_on} == {"warwickshire-masa"}


def test_warwickshires_lead_for_education_is_to_be_confirmed(
    opened: Opened, areas: list[Area]
) -> None:
    found = by_duty(assessed(opened, areas, "warwickshire"))["wt2023-lsp-is-agency-head"]
    assert [note.name for note in found.notes] == ["wt2023-education-lead-to-be-confirmed"]
    assert "to be confirmed" in found.notes[0].message


def test_warwickshires_partnership_chair_is_only_restated(
    opened: Opened, areas: list[Area]
) -> None:
    found = by_duty(assessed(opened, areas, "warwickshire"))["wt2023-partnership-chair"]
    assert (found.outcome, found.fault) == ("OnlyRestated", "GuidanceOnlyFound")
    assert found.rests_on


@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "ca2004", "in-force"])
def test_nothing_of_warwickshire_is_missing(
    opened: Opened, areas: list[Area], edition: str
) -> None:
    """The page is held whole and is not the published arrangement: its silence says nothing."""
    assert not assessed(opened, areas, "warwickshire", edition).counts.get("Missing")


# Brighton and Hove: a page of procedures shared by three arrangements


def test_brighton_and_hove_restates_scrutiny_and_shows_no_leads(
    opened: Opened, areas: list[Area]
) -> None:
    found = by_duty(assessed(opened, areas, "brighton-and-hove"))
    assert found["wt2023-independent-scrutiny"].outcome == "OnlyRestated"
    assert found["wt2023-lsp-is-agency-head"].outcome not in ("Evidenced", "NotTested")


def test_the_three_arrangements_of_sussex_share_a_page_and_its_findings(
    opened: Opened, areas: list[Area]
) -> None:
    outcomes = [
        {f.duty: f.outcome for f in assessed(opened, areas, slug).findings}
        for slug in ("brighton-and-hove", "east-sussex", "west-sussex")
    ]
    assert outcomes[0] == outcomes[1] == outcomes[2]


# Sefton: published arrangements of 2021, read in part


def test_sefton_of_2021_is_missing_nothing_of_2023(opened: Opened, areas: list[Area]) -> None:
    assert not assessed(opened, areas, "sefton").counts.get("Missing")


# Kent and most of England: no document held


@pytest.mark.parametrize("edition", ["wt2018", "wt2023", "in-force"])
def test_an_area_without_a_document_is_not_tested(
    opened: Opened, areas: list[Area], edition: str
) -> None:
    kent = assessed(opened, areas, "kent", edition)
    chosen = choose_editions(opened.store, edition, opened.data_date)
    assert len(kent.findings) == sum(e.duties for e in chosen.editions)
    assert kent.counts["NotTested"] == len(kent.findings) == sum(kent.counts.values())
    assert kent.tested == 0
    assert kent.documents == ()
    assert {finding.description for finding in kent.findings} == {
        "No document held: none that describes the arrangement is in view on the date."
    }


@pytest.mark.parametrize("slug", ["warwickshire", "sefton", "west-sussex"])
def test_before_every_document_nothing_is_tested(
    store: EmbeddedStore, areas: list[Area], slug: str
) -> None:
    chosen = choose_editions(store, "wt2018", date(2019, 1, 1))
    found = assess(store, find_area(areas, slug), chosen, date(2019, 1, 1), "")
    assert found.counts["NotTested"] == sum(found.counts.values()) == 42
    assert not any(finding.rests_on or finding.faults for finding in found.findings)


# What must hold of every finding


def test_every_area_with_a_document_is_assessed_under_every_edition_on_every_day_of_change(
    opened: Opened, areas: list[Area]
) -> None:
    expected = {
        assessment_graph(area.arrangement or "", edition.id, day)
        for area in areas
        if area.has_document
        for edition in list_editions(opened.store)
        for day in {
            opened.data_date,
            *(d.date for d in days_of_change(opened.store, area.arrangement, opened.data_date)),
        }
    }
    assert {g for g in opened.store.graphs() if "/graph/assessment/" in g} == expected


def test_every_duty_has_exactly_one_finding(opened: Opened, areas: list[Area]) -> None:
    for area in areas:
        if area.has_document:
            found = assessed(opened, areas, area.slug, "in-force").findings
            assert len({finding.duty for finding in found}) == len(found)


def test_every_pass_rests_on_a_whole_local_statement_with_its_words(opened: Opened) -> None:
    passes = [finding for finding in stored(opened) if finding.outcome == "Evidenced"]
    assert len(passes) > 10
    for finding in passes:
        assert finding.faults == ()
        assert any(w.wholly and w.standing == "LocalArrangement" for w in finding.rests_on)
        assert all(words.exact and words.document for words in finding.rests_on)


def test_every_gap_names_its_fault_and_what_would_close_it(opened: Opened) -> None:
    gaps = [finding for finding in stored(opened) if finding.is_gap]
    assert len(gaps) > 100
    for finding in gaps:
        assert finding.fault, finding.duty
        assert finding.would_close, finding.duty
        assert finding.looked_for.startswith("We looked for"), finding.duty
        assert finding.shape == finding.duty
        assert finding.source.locator


def test_every_untested_duty_says_why_and_asks_for_nothing(opened: Opened) -> None:
    untested = [finding for finding in stored(opened) if finding.outcome == "NotTested"]
    assert untested
    for finding in untested:
        assert finding.description
        assert (finding.would_close, finding.fault, finding.faults) == (None, None, ())


def test_each_finding_has_the_question_of_its_duty(opened: Opened) -> None:
    """Whatever the outcome: the question is the duty's."""
    rows = select(opened.store, "SELECT ?duty ?asked { ?duty masa:questionToAsk ?asked }")
    questions = {local_name(text_of(row["duty"])): text_of(row["asked"]) for row in rows}
    findings = stored(opened)
    assert {finding.outcome for finding in findings} >= {"Evidenced", "NotTested"}
    for finding in findings:
        assert finding.question_to_ask == questions[finding.duty]


def test_other_words_found_are_shown_beside_those_relied_on(opened: Opened) -> None:
    beside = [finding for finding in stored(opened) if finding.also_found]
    assert beside
    for finding in beside:
        assert not {w.statement for w in finding.also_found} & {
            w.statement for w in finding.rests_on
        }


def test_an_assessment_carries_the_versions_it_was_made_with(
    opened: Opened, assembled: Assembled
) -> None:
    rows = select(
        opened.store,
        """SELECT ?graph ?data ?shapes ?software {
            ?graph masa:dataVersion ?data ; masa:shapesVersion ?shapes ;
                masa:softwareVersion ?software .
        }""",
    )
    today = [g for g in opened.store.graphs() if g.endswith(f"/{opened.data_date}")]
    # One date stands in the default graph; the others are asked for by the name of their graph.
    assert {text_of(row["graph"]) for row in rows} == set(today)
    assert {text_of(row["data"]) for row in rows} == {opened.data_version}
    assert {text_of(row["shapes"]) for row in rows} == {assembled.shapes_version}
    assert opened.data_version == assembled.data_version


def test_the_json_form_has_the_fields_of_the_contract(opened: Opened, areas: list[Area]) -> None:
    said = json.loads(json.dumps(assessed(opened, areas, "warwickshire").as_json()))
    assert (said["area"], said["edition"], said["as_at"]) == (
        "warwickshire", "wt2023", opened.data_date.isoformat(),
    )  # fmt: skip
    assert said["arrangement"].endswith("/arrangement/warwickshire")
    assert said["data_version"] == opened.data_version
    (document,) = said["documents_read"]
    assert (document["id"], document["extent_held"]) == ("warwickshire-masa", "WholeText")
    assert {"title", "url"} <= document.keys()
    assert sum(said["counts"].values()) == len(said["findings"]) == 72
    for finding in said["findings"]:
        assert {
            "duty", "label", "modality", "severity", "topic", "outcome", "description",
            "question_to_ask", "would_close", "fault", "source", "rests_on",
        } <= finding.keys()  # fmt: skip
        assert {"edition", "locator", "locator_status"} <= finding["source"].keys()
        for words in finding["rests_on"]:
            assert {"statement", "document", "section", "exact", "standing"} <= words.keys()


# What must not matter


def without(assembled: Assembled, *graphs: str) -> EmbeddedStore:
    """The dataset without the graphs that begin with a name."""
    held = ox.Store()
    held.extend(q for q in assembled.store if not q.graph_name.value.startswith(graphs))
    return EmbeddedStore(held)


def test_an_area_alone_is_assessed_as_with_all_the_others(
    opened: Opened, assembled: Assembled, areas: list[Area]
) -> None:
    """The store was built with every area; here no other document is held."""
    alone = without(assembled, f"{GRAPH}areas/sefton", f"{GRAPH}areas/warwickshire")
    day = opened.data_date
    found = assess(
        alone,
        find_area(list_areas(alone), "east-sussex"),
        choose_editions(alone, "wt2023", day),
        day,
        opened.data_version,
    )
    with_others = assessed(opened, areas, "east-sussex")
    assert found.findings == with_others.findings
    assert found.documents == with_others.documents


def test_removing_the_names_of_people_changes_no_finding(
    resources: Resources, opened: Opened, areas: list[Area], tmp_path: Path
) -> None:
    """Every area with a holder named there, under every edition of which duties are held."""
    root = tmp_path / "checkout"
    for name in ("ontology", "shapes", "queries", "data"):
        shutil.copytree(resources.folder(name), root / name)
    shutil.rmtree(root / "data" / "people", ignore_errors=True)
    nameless = assemble(Resources(root, is_checkout=True))
    assert not list(nameless.store.quads_for_pattern(None, None, None, ox.NamedNode(PEOPLE_GRAPH)))
    store = EmbeddedStore(nameless.store)
    editions = list_editions(store)
    named = {
        text_of(row["area"]).rsplit("/", 1)[1]
        for row in select(
            opened.store,
            """SELECT DISTINCT ?area {
                ?appointment masa:holder ?holder ; masa:inArrangement/masa:coversArea ?area
            }""",
        )
    }
    assert named
    oracle = Steady()
    for slug in sorted(named):
        view = build_view(store, find_area(list_areas(store), slug), opened.data_date)
        graphs = add_assertions(view, editions, oracle)
        for graph in graphs:
            assert read_findings(EmbeddedStore(view.store), graph) == read_findings(
                opened.store, graph
            )


def test_between_two_days_of_change_no_outcome_changes(opened: Opened, areas: list[Area]) -> None:
    """The day before a day of change all is as on the one before it."""
    area = find_area(areas, "sefton")
    days = [d.date for d in days_of_change(opened.store, area.arrangement, opened.data_date)]
    assert len(days) > 4
    oracle = Steady()
    for first, following in pairwise([*days, opened.data_date]):
        eve = following - timedelta(days=1)
        if eve == first:
            continue
        view = build_view(opened.store, area, eve)
        editions = [e for e in list_editions(opened.store) if e.id in ("wt2018", "wt2023")]
        for edition, graph in zip(editions, add_assertions(view, editions, oracle), strict=True):
            before = assessment_graph(area.arrangement or "", edition.id, first)
            found = read_findings(EmbeddedStore(view.store), graph)
            assert found == read_findings(opened.store, before), (first, eve)


def test_one_date_counts_in_the_default_graph(opened: Opened) -> None:
    (row,) = select(
        opened.store,
        """SELECT (COUNT(DISTINCT ?assertion) AS ?all) (COUNT(DISTINCT ?date) AS ?dates) {
            ?assertion a earl:Assertion ; masa:asAt ?date
        }""",
    )
    assert text_of(row["dates"]) == "1"
    assert int(text_of(row["all"])) == 148 * 5


def test_at_least_fifty_duties_of_2023_are_tested_wherever_a_document_is_held(
    opened: Opened, areas: list[Area]
) -> None:
    held = [area.slug for area in areas if area.has_document]
    assert len(held) == 5
    assert all(assessed(opened, areas, slug).tested >= 50 for slug in held)


def test_nothing_is_missing_anywhere(opened: Opened) -> None:
    """On no day and under no edition: the one whole arrangement held restates what it lacks."""
    assert {finding.outcome for finding in stored(opened)} & {"Missing"} == set()


def test_custody_is_only_restated_and_homes_are_only_listed(
    opened: Opened, areas: list[Area]
) -> None:
    finding = by_duty(assessed(opened, areas, "sefton", "wt2018"))["wt2018-pub-custody-residential"]
    assert finding.outcome == "PartlyEvidenced"
    assert [words.exact for words in finding.rests_on] == ["Residential Homes for Children"]
    assert {words.standing for words in finding.also_found} == {"GuidanceRestated"}
    (note,) = finding.notes
    assert note.name == "wt2018-custody-or-home-in-list"
    assert note.values == ("Residential Homes for Children",)


def test_one_strand_alone_does_not_pass_a_merged_duty(exampleshire: Exampleshire) -> None:
    """Scrutiny alone is one of three contents that the newer duty asks for."""
    statement = exampleshire.statement("scrutiny", wholly=["wt2018-pub-scrutiny"])
    document = exampleshire.document(statement, claims="wt2018", since="2021-03-15")
    duty = "wt2023-pub-statutory-three"
    found = exampleshire.findings("2024-12-01", document, duties=[duty])[duty]
    assert found.outcome == "PartlyEvidenced"


def test_sefton_of_2021_and_of_2024_differ_for_reasons_that_are_told(
    opened: Opened, areas: list[Area]
) -> None:
    area = find_area(areas, "sefton")
    then, later = (
        by_duty(
            assess(
                opened.store, area, choose_editions(opened.store, "wt2018", day), day,
                opened.data_version,
            )
        )
        for day in (date(2021, 12, 1), date(2024, 6, 1))
    )  # fmt: skip
    duty = "wt2018-lead-representatives"
    # In 2021 two places differ over the delegate of the council; a page of 2024 settles it.
    assert then[duty].outcome == "SourcesDiffer"
    assert later[duty].outcome == "PartlyEvidenced"
    assert not {w.statement for w in then[duty].rests_on} >= {
        w.statement for w in later[duty].rests_on
    }
    # Two pages of 2024 name the health partner otherwise.
    duty = "wt2018-pub-partners-boundaries"
    assert (then[duty].outcome, later[duty].outcome) == ("Evidenced", "SourcesDiffer")
