"""chairs-of-bodies: which post chairs each body, or that the chair rotates.

Six bodies of Sefton have a chair in 2021, five officers between them; the leadership team is
chaired in rotation and has a row that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "chairs-of-bodies"
CHAIRS = {
    "Sefton Safeguarding Forum": ("Chief Nurse", "s01"),
    "Practice Model Group": ("AD Safeguarding & QA", "s02"),
    "Performance, Quality Assurance and Data Sub-group": ("AD Safeguarding & QA", "s02"),
    "Contextual Safeguarding sub-group": ("Chief Inspector", "s03"),
    "Learning and Development sub-group": ("Partnership Manager", "s04"),
    "Practice Review Group": ("Designated Doctor", "s05"),
}


def test_six_bodies_have_a_chair_and_one_a_chair_in_rotation(rows: Rows) -> None:
    found = {r["body"]: (r["chaired_by"], r["holder"]) for r in rows(NAME, area="sefton")}
    assert len(rows(NAME, area="sefton")) == 7
    assert found.pop("Strategic Leadership Team") == ("in rotation", None)
    assert found == CHAIRS
    assert len({holder for _, holder in found.values()}) == 5


def test_two_chairs_are_held_by_one_interim_officer(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["tenure"]]
    assert {(r["tenure"], r["holder"]) for r in found} == {("interim", "s02")}
    assert len(found) == 2
    assert {r["employer"] for r in found} == {
        "Safeguarding & QA (Sefton Metropolitan Borough Council)"
    }


def test_several_employers_of_one_post_share_a_row(rows: Rows) -> None:
    (forum,) = [r for r in rows(NAME, area="sefton") if r["chaired_by"] == "Chief Nurse"]
    assert forum["employer"] == "NHS South Sefton CCG; NHS Southport and Formby CCG"


def test_who_should_chair_is_told_beside_who_does(rows: Rows) -> None:
    """The column of agencies expects another rank and another title than the members have."""
    expected = {r["body"]: r["expected"] for r in rows(NAME, area="sefton") if r["expected"]}
    assert expected == {
        "Contextual Safeguarding sub-group": "Detective Chief Inspector",
        "Learning and Development sub-group": "Business Manager",
        "Practice Review Group": "Designated Doctor",
    }


def test_areas_whose_documents_state_no_chair(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="warwickshire") == []
    assert rows(NAME, area="kent") == []


def test_before_the_document_there_is_no_chair(rows: Rows) -> None:
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
    assert len(rows(NAME, area="sefton", as_at="2021-10-31")) == 7
