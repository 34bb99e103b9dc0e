"""partners-on-bodies: how many members a partner has on a body, and who is the only one.

The leadership team has one seat for each partner, by its nature. It is told like the others,
with a post and without a holder, and is not one of the bodies that hang on one officer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "partners-on-bodies"
LEARNING = "Learning and Development sub-group"
PERFORMANCE = "Performance, Quality Assurance and Data Sub-group"
REVIEWS = "Practice Review Group"
MODEL = "Practice Model Group"
CONTEXTUAL = "Contextual Safeguarding sub-group"
FORUM = "Sefton Safeguarding Forum"
TOP = "Strategic Leadership Team"


def test_one_group_has_no_police_member(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["members"] == 0]
    assert [(r["partner"], r["body"]) for r in found] == [("police", MODEL)]


def test_the_police_hang_on_one_officer_in_three_groups(rows: Rows) -> None:
    police = {r["body"]: r for r in rows(NAME, area="sefton") if r["partner"] == "police"}
    assert {body: r["members"] for body, r in police.items()} == {
        MODEL: 0, LEARNING: 1, PERFORMANCE: 1, REVIEWS: 1, TOP: 1, FORUM: 2, CONTEXTUAL: 3,
    }  # fmt: skip
    alone = {body for body, r in police.items() if r["only_holder"] == "s06"}
    assert alone == {LEARNING, PERFORMANCE, REVIEWS}
    assert {police[body]["only_post"] for body in alone} == {"Detective Chief Inspector"}
    assert police[TOP]["only_post"] == "Local Police Area Commander"
    assert police[TOP]["only_holder"] is None


def test_other_partners_hang_on_one_officer_too(rows: Rows) -> None:
    """Not asked of the documents before: health hangs on one nurse in four groups."""
    alone = {
        (r["partner"], r["body"], r["only_holder"])
        for r in rows(NAME, area="sefton")
        if r["only_holder"] and r["partner"] != "police"
    }
    health = {("health", body, "s07") for body in (CONTEXTUAL, LEARNING, MODEL, REVIEWS)}
    assert alone == health | {("local authority", LEARNING, "s10")}


def test_a_seat_to_be_confirmed_is_no_member(rows: Rows) -> None:
    found = {
        (r["partner"], r["body"]): (r["members"], r["to_be_confirmed"])
        for r in rows(NAME, area="sefton")
        if r["to_be_confirmed"]
    }
    assert found == {("local authority", LEARNING): (1, 1), ("local authority", MODEL): (3, 1)}


def test_each_body_has_a_row_for_each_statutory_partner(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert len({(r["partner"], r["body"]) for r in found}) == len(found) == 21
    assert {r["partner"] for r in found} == {"local authority", "health", "police"}


def test_areas_whose_documents_list_no_members(rows: Rows) -> None:
    assert rows(NAME, area="warwickshire") == []
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
