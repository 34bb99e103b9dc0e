"""``masagraph explain``: one finding in full."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from masagraph.assessment.duties import list_duties
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.cli.conftest import Cli

CHAIR = ("explain", "warwickshire", "wt2023-partnership-chair")


def test_table_gives_duty_source_words_shape_and_mend(cli: Cli) -> None:
    ran = cli(*CHAIR)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.widest() <= 100
    text = " ".join(ran.out.split())
    finding = cli(*CHAIR, "--format", "json").json()["finding"]
    for key in (
        "label", "definition", "looked_for", "outcome_label", "description", "would_close",
        "question_to_ask",
    ):  # fmt: skip
        assert finding[key] in text
    for words in finding["rests_on"]:
        assert words["exact"] in text
        assert words["section"] in text
    assert "Working Together 2023, ch.2 (paragraph not verified)" in text
    assert finding["fault"] in text
    assert f"shape:{finding['shape']}" in text
    assert "A gap in a document is not a gap in protection" in text


def test_json_is_the_finding_of_assess(cli: Cli) -> None:
    explained = cli(*CHAIR, "--format", "json").json()
    report = cli("assess", "warwickshire", "--edition", "wt2023", "--format", "json").json()
    (finding,) = [f for f in report["findings"] if f["duty"] == "wt2023-partnership-chair"]
    assert explained["finding"] == finding
    for key in ("area", "arrangement", "edition", "as_at", "data_version", "documents_read"):
        assert explained[key] == report[key]


def test_the_same_duty_in_other_areas_is_told_with_its_denominator(cli: Cli) -> None:
    told = cli(*CHAIR, "--format", "json").json()["all_areas"]
    assert sum(told.values()) == 5
    outcomes = [
        finding["outcome_label"]
        for area in ("brighton-and-hove", "east-sussex", "sefton", "warwickshire", "west-sussex")
        for finding in cli("assess", area, "--edition", "wt2023", "--format", "json").json()[
            "findings"
        ]
        if finding["duty"] == CHAIR[2]
    ]
    assert told == {label: outcomes.count(label) for label in set(outcomes)}
    assert "(of 5 arrangements tested)" in " ".join(cli(*CHAIR).out.split())


def test_on_a_day_without_stored_assessments_other_areas_are_not_told(cli: Cli) -> None:
    assert cli(*CHAIR, "--as-at", "2025-06-06", "--format", "json").json()["all_areas"] == {}


def test_where_sources_differ_both_are_shown_first(cli: Cli) -> None:
    asked = ("explain", "sefton", "wt2018-pub-partners-boundaries")
    finding = cli(*asked, "--format", "json").json()["finding"]
    assert finding["outcome"] == "SourcesDiffer"
    differing = [words for words in finding["rests_on"] if words["disputed"]]
    assert finding["rests_on"][:2] == differing
    assert {words["document"] for words in differing} == {
        "sefton-council-2024",
        "sefton-procedures-2024",
    }
    text = " ".join(cli(*asked).out.split())
    assert text.index("These differ") < text.index("Rests on")
    assert "Publish which of the two holds" in text


def test_how_to_correct_us_is_told(cli: Cli) -> None:
    assert "If this is wrong" in cli(*CHAIR).out


def test_the_duty_decides_the_edition(cli: Cli) -> None:
    explained = cli("explain", "sefton", "wt2018-pub-voice", "--format", "json").json()
    assert explained["edition"] == "wt2018"


def test_an_area_without_a_document(cli: Cli) -> None:
    ran = cli("explain", "kent", "wt2023-partnership-chair")
    assert ran.code == 0
    assert "Not tested" in ran.out
    assert "No document" in ran.out
    assert "Would close it" not in ran.out


def test_on_an_earlier_date(cli: Cli) -> None:
    finding = cli(*CHAIR, "--as-at", "2020-01-01", "--format", "json").json()["finding"]
    assert finding["outcome"] == "NotTested"


LEADS = ("explain", "sefton", "wt2018-lead-representatives", "--history")


def test_history_begins_with_the_oldest_document_and_agrees_with_assess(cli: Cli) -> None:
    told = cli(*LEADS, "--format", "json").json()["history"]
    days = [step["from"] for step in told]
    assert days == sorted(set(days))
    assert any(event.startswith("document: ") for event in told[0]["events"])
    assert told[0]["changed"] is True
    for step in told:
        finding = cli(*LEADS[:3], "--as-at", step["from"], "--format", "json").json()["finding"]
        assert step["outcome"] == finding["outcome"]
        assert step["faults"] == [fault["name"] for fault in finding["faults"]]


def test_history_tells_the_end_of_a_body(cli: Cli) -> None:
    told = cli(*LEADS, "--format", "json").json()["history"]
    (step,) = [step for step in told if step["from"] == "2022-07-01"]
    assert "body ends: NHS South Sefton CCG" in step["events"]
    ran = cli(*LEADS)
    assert ran.widest() <= 100
    assert "1 July 2022" in ran.out
    assert "as before" in ran.out


def test_history_ends_with_the_date_asked_for(cli: Cli) -> None:
    told = cli(*LEADS, "--as-at", "2022-06-30", "--format", "json").json()["history"]
    assert [step["from"] for step in told][-1] < "2022-07-01"


def test_history_of_an_area_without_a_document(cli: Cli) -> None:
    ran = cli("explain", "kent", "wt2023-partnership-chair", "--history")
    assert "No document is held by that date" in ran.out


def test_the_queries_of_a_duty_can_be_printed(cli: Cli) -> None:
    """One a kind of fault, each for this duty and this arrangement, each of which parses."""
    ran = cli(*CHAIR, "--query")
    assert ran.code == 0
    queries = [f"# Finds{part}" for part in ran.out.split("# Finds") if part.strip()]
    assert len(queries) > 5
    for query in queries:
        assert parseQuery(query)
        assert "duty:wt2023-partnership-chair" in query or "shape:wt2023-chair" in query
        assert "VALUES ?this { arrangement:warwickshire }" in query
    assert "masa:NothingFound" in ran.out
    assert "shape:wt2023-chair-not-delegate" in ran.out


def test_an_area_without_an_arrangement_has_queries_too(cli: Cli) -> None:
    ran = cli("explain", "kent", "wt2023-partnership-chair", "--query")
    assert ran.code == 0
    assert "SELECT DISTINCT ?this" in ran.out
    assert "VALUES ?this" not in ran.out


def test_a_duty_without_a_test_says_that_it_has_no_query(cli: Cli, untested: str) -> None:
    ran = cli("explain", "sefton", untested, "--query")
    assert ran.code == 0
    assert ran.out.strip() == "# No shape tests this duty."


@pytest.fixture
def untested(opened: Opened) -> str:
    """The name of a duty that no shape tests."""
    return next(duty.duty for duty in list_duties(opened.store) if not duty.has_test)


CORRECTED = """
@prefix masa: <https://w3id.org/masagraph/ns#> .
@prefix area: <https://w3id.org/masagraph/id/area/> .
@prefix correction: <https://w3id.org/masagraph/id/correction/> .
@prefix duty: <https://w3id.org/masagraph/id/duty/> .
@prefix statement: <https://w3id.org/masagraph/id/statement/exampleshire-leaflet/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

correction:first a masa:Correction ;
    masa:correctsArea area:exampleshire ;
    masa:correctsDuty duty:wt2023-publish-arrangements ;
    masa:correctsStatement statement:published ;
    masa:claimedOfVersion "2026-11-22-0123abcd" ;
    masa:receivedOn "2026-11-24"^^xsd:date ;
    masa:claimStanding masa:ClaimAccepted ;
    masa:inDataFrom "2026-12-02"^^xsd:date ;
    masa:claimed "The words stand in another section."@en ;
    masa:changed "The section was mended."@en ;
    masa:reasonForChange "The leaflet itself."@en ;
    masa:correctedOn "2026-12-01"^^xsd:date .

correction:second a masa:Correction ;
    masa:correctsDuty duty:wt2023-dispute-escalation ;
    masa:receivedOn "2026-11-24"^^xsd:date ;
    masa:claimStanding masa:ClaimDeclined ;
    masa:claimed "It is a must."@en ;
    masa:changed "Nothing."@en ;
    masa:reasonForChange "The guidance says should."@en ;
    masa:correctedOn "2026-12-03"^^xsd:date .
"""


@pytest.fixture
def corrected(own_data: Path, tmp_path: Path) -> Path:
    """The invented area's folder, with two corrections."""
    folder = Path(shutil.copytree(own_data, tmp_path / "corrected"))
    (folder / "corrections").mkdir()
    (folder / "corrections" / "2026.ttl").write_text(CORRECTED, encoding="utf-8")
    return folder


@pytest.mark.usefixtures("quick")
def test_a_finding_and_its_history_tell_what_was_corrected(cli: Cli, corrected: Path) -> None:
    asked = ("explain", "exampleshire", "wt2023-publish-arrangements", "--data", corrected)
    for more in ((), ("--history",)):
        told = " ".join(cli(*asked, *more).out.split())
        assert "received 24 November 2026, accepted 1 December 2026" in told
        assert "The section was mended." in told
        assert "It is a must." not in told
        (one,) = cli(*asked, *more, "--format", "json").json()["corrections"]
        assert one["standing"] == "accepted"
        assert one["in_data_from"] == "2026-12-02"
        assert one["of_version"] == "2026-11-22-0123abcd"
        assert [name.rpartition("/")[2] for name in one["statements"]] == ["published"]
    of_every_area = cli("explain", "exampleshire", "wt2023-dispute-escalation", "--history",
                        "--data", corrected, "--format", "json").json()  # fmt: skip
    assert [each["standing"] for each in of_every_area["corrections"]] == ["declined"]


def test_what_was_said_of_another_area_with_the_same_words_is_told(
    cli: Cli, tmp_path: Path
) -> None:
    """East and West Sussex have an arrangement each, and one page that speaks of both."""
    head, one, _ = re.split(r"(?=correction:(?:first|second) a)", CORRECTED)
    for here, there in (
        ("area:exampleshire", "area:east-sussex"),
        ("statement:published", "statement:partners-by-kind"),
        ("duty:wt2023-publish-arrangements", "duty:wt2023-equal-joint-duty"),
    ):
        one = one.replace(here, there)
    folder = tmp_path / "corrections"
    folder.mkdir()
    text = head.replace("exampleshire-leaflet", "sussex-procedures-2024") + one
    (folder / "2026.ttl").write_text(text, encoding="utf-8")
    asked = ("explain", "west-sussex", "wt2023-equal-joint-duty", "--data", tmp_path)
    told = " ".join(cli(*asked).out.split())
    assert "Said of East Sussex, which shares this: The words stand in another section." in told


def test_that_none_was_corrected_is_said(cli: Cli) -> None:
    told = cli("explain", "sefton", "wt2018-lead-representatives", "--history").out
    assert "Corrections: none recorded yet." in told
