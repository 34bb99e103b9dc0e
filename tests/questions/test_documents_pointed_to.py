"""documents-pointed-to: what documents point to and is not held."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "documents-pointed-to"


def test_the_list_of_websites_is_lost_and_one_host_is_given(rows: Rows) -> None:
    found = rows(NAME, area="brighton-and-hove")
    with_address = [r for r in found if r["address"]]
    assert [r["address"] for r in with_address] == ["http://bhscp.org.uk"]
    (websites,) = [r for r in found if r["points_to"].startswith("Websites")]
    assert websites["address"] is None
    assert "missing from the text held" in websites["remark"]
    assert "the following websites" in websites["words"]


def test_a_shared_page_is_told_for_each_area(rows: Rows) -> None:
    of_areas = [
        [r["points_to"] for r in rows(NAME, area=area)]
        for area in ("brighton-and-hove", "east-sussex", "west-sussex")
    ]
    assert of_areas[0] == of_areas[1] == of_areas[2]
    assert len(of_areas[0]) == 4


def test_law_and_guidance_are_held_from_elsewhere(rows: Rows) -> None:
    held = {r["points_to"]: r["held_as"] for r in rows(NAME) if r["held_as"]}
    assert set(held.values()) == {
        "Working Together 2023",
        "Practice Review and Relevant Agency Regulations 2018",
    }


def test_words_of_the_document_that_points_are_told(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert {r["document"] for r in found} == {
        "sefton-arrangements-2021",
        "sefton-council-2024",
        "sefton-procedures-2024",
    }
    assert all(r["words"] for r in found)


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
