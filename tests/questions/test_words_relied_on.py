"""words-relied-on: an outcome, and the words behind it, as the documents were read.

On the chair of the partnership, the statements of the documents themselves say what to expect:
Warwickshire repeats the guidance ("Introduce a Partnership Chair …", on the whole duty); Sefton's
chair rotates among the three partners (a local arrangement, on a part of it: that delegated
partners are meant is not said); the Sussex pages have no statement that bears on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.assess import assessment_graph
from masagraph.assessment.findings import read_findings
from masagraph.assessment.names import Area, find_area
from masagraph.report.words import standing
from masagraph.store.opened import Opened

if TYPE_CHECKING:
    from tests.questions.conftest import Ask, Rows

NAME = "words-relied-on"
CHAIR = "wt2023-partnership-chair"
BOUNDARIES = "wt2018-pub-partners-boundaries"
SYSTEM = "Integrated Care System (replacing CCG) operating in the Sefton area"
BOARD = "Integrated Care Board (ICB) for NHS Cheshire & Merseyside"


def test_words_that_repeat_the_guidance(rows: Rows) -> None:
    (row,) = rows(NAME, area="warwickshire", duty=CHAIR)
    assert row["outcome"] == "Only repeats the guidance"
    assert row["used"] == "rests on"
    assert row["words"] == (
        "Introduce a Partnership Chair to facilitate discussions, encourage consistency"
    )
    assert (row["document"], row["section"]) == ("warwickshire-masa", "Aims of Pathfinder")
    assert (row["standing"], row["whole_duty"], row["differs"]) == (
        "guidance restated", True, False,
    )  # fmt: skip


def test_words_that_bear_on_a_part(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton", duty=CHAIR)
    assert row["outcome"] == "Partly evidenced"
    assert row["words"] == "will be chaired on a rotational basis by one of the 3"
    assert row["document"] == "sefton-arrangements-2021"
    assert (row["standing"], row["whole_duty"]) == ("local arrangement", False)


@pytest.mark.parametrize("area", ["brighton-and-hove", "east-sussex", "west-sussex"])
def test_an_outcome_without_words_has_a_row(rows: Rows, area: str) -> None:
    (row,) = rows(NAME, area=area, duty=CHAIR)
    assert row["outcome"] == "Not found in the text we hold"
    assert {row[name] for name in ("used", "words", "document", "section", "standing")} == {None}


def test_without_an_area_all_with_a_document_are_told(rows: Rows) -> None:
    assert [(r["area_name"], r["words"] is None) for r in rows(NAME, duty=CHAIR)] == [
        ("Brighton and Hove", True),
        ("East Sussex", True),
        ("Sefton", False),
        ("Warwickshire", False),
        ("West Sussex", True),
    ]
    assert rows(NAME, area="kent", duty=CHAIR) == []


def test_words_that_differ_are_marked(rows: Rows) -> None:
    """Two documents of 2024 name different health partners; see sources-that-differ."""
    found = {r["words"]: r for r in rows(NAME, area="sefton", duty=BOUNDARIES)}
    assert {r["outcome"] for r in found.values()} == {"Sources differ"}
    assert {words for words, r in found.items() if r["differs"]} >= {SYSTEM, BOARD}


def test_an_earlier_date_is_told_by_the_last_day_on_which_something_changed(rows: Rows) -> None:
    """Sefton's document of 2021 is the only one by 2022; before it there is none."""
    found = rows(NAME, area="sefton", duty="wt2018-report-distribution", as_at="2022-03-03")
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}
    (day,) = {r["assessed_as_at"] for r in found}
    assert "2021-01-01" <= day <= "2022-03-03"
    assert rows(NAME, area="sefton", duty=CHAIR, as_at="2019-01-01") == []


@pytest.mark.parametrize(
    ("slug", "edition"),
    [("sefton", "wt2018"), ("sefton", "ca2004"), ("warwickshire", "wt2023"),
     ("east-sussex", "wt2023")],
)  # fmt: skip
def test_all_words_are_those_of_the_findings(
    ask: Ask, opened: Opened, areas: list[Area], slug: str, edition: str
) -> None:
    """A row for each phrase of each finding, and for each finding without one."""
    said = ask(NAME, area=slug).as_json()["rows"]
    graph = assessment_graph(find_area(areas, slug).arrangement or "", edition, opened.data_date)
    expected = []
    for finding in read_findings(opened.store, graph):
        words = [("rests on", each) for each in finding.rests_on]
        words += [("also found", each) for each in finding.also_found]
        expected += [
            (finding.duty, finding.outcome_label, used, each.exact, each.document, each.wholly,
             each.disputed)
            for used, each in words
        ] or [(finding.duty, finding.outcome_label, None, None, None, None, None)]  # fmt: skip
    found = [
        (r["duty"].rpartition("/")[2], r["outcome"], r["used"], r["words"], r["document"],
         r["whole_duty"], r["differs"])
        for r in said
        if r["duty"].rpartition("/")[2].startswith(f"{edition}-")
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert expected


def test_standings_are_told_in_the_words_of_the_ontology(rows: Rows) -> None:
    assert {r["standing"] for r in rows(NAME, area="sefton")} <= {
        None, "local arrangement", "commitment only", "guidance restated", "heading only",
        "stated absent",
    }  # fmt: skip
    assert standing("LocalArrangement") == "local arrangement"
