"""agency-kinds-by-area: the kinds of the Schedule, and which of them an area's list holds.

Sefton's list of 2021 has entries under 24 of the 38 paragraphs; the other documents hold no list.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "agency-kinds-by-area"
NOT_ON_IT = "Not found on the list held"
NO_LIST = "No list of relevant agencies was found in the text held"
SCHEDULE = "http://www.legislation.gov.uk/id/uksi/2018/789/schedule/paragraph/"


def test_every_kind_of_the_schedule_has_a_row_where_there_is_a_list(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert [r["paragraph"] for r in found] == list(range(1, 39))
    assert sum(r["not_told"] == NOT_ON_IT for r in found) == 14
    assert all(bool(r["stated_names"]) is bool(r["how"]) is (r["not_told"] is None) for r in found)
    assert {(r["areas_that_list_it"], r["areas_with_a_list"]) for r in found} == {(0, 1), (1, 1)}
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}


def test_it_says_what_the_list_itself_says(rows: Rows) -> None:
    listed: dict[int, set[str]] = {}
    for entry in rows("relevant-agencies-listed", area="sefton"):
        for number in filter(None, (entry["paragraphs"] or "").split(", ")):
            listed.setdefault(int(number), set()).add(entry["stated_name"])
    found = {r["paragraph"]: r for r in rows(NAME, area="sefton") if r["stated_names"]}
    assert {n: set(r["stated_names"].split("; ")) for n, r in found.items()} == listed
    assert found[21]["stated_names"] == "Residential Homes for Children"
    assert found[21]["how"] == "by category"


def test_areas_without_a_list_say_so_for_each_kind(rows: Rows) -> None:
    empty = [r for r in rows(NAME) if r["document"] is None]
    assert Counter(r["area_name"] for r in empty) == {
        "Brighton and Hove": 38, "East Sussex": 38, "Warwickshire": 38, "West Sussex": 38,
    }  # fmt: skip
    assert {(r["not_told"], r["how"], r["areas_with_a_list"]) for r in empty} == {
        (NO_LIST, None, 1)
    }
    assert rows(NAME, area="kent") == rows(NAME, area="sefton", as_at="2021-10-30") == []


def entry(area: str, number: int, mode: str, name: str) -> str:
    """An entry of an area's list, under a paragraph of the Schedule."""
    return f"""
        <{ID}designation/{area}/{number}-{mode}> a masa:RelevantAgencyDesignation ;
            masa:inArrangement arrangement:{area} ;
            masa:statedName "{name}"@en ;
            masa:designationMode masa:{mode} ;
            masa:scheduleParagraph <{SCHEDULE}{number}> .
    """


def shared_force() -> str:
    """Another area that has the same force until the end of 2025, and its list."""
    fillings = "".join(
        f"""
        <{ID}filling/{area}> a masa:LawfulFilling ;
            masa:fillsSlot <{ID}slot/{area}/police> ;
            masa:fillingOrganisation organisation:exampleshire-police ;
            masa:validUntil "2026-01-01"^^xsd:date .
        """
        for area in ("exampleshire", "otherland")
    )
    return f"""
        area:otherland a masa:SafeguardingArea ; skos:prefLabel "Otherland"@en .
        <{ID}slot/otherland/police> masa:forArea area:otherland .
        arrangement:otherland a masa:Arrangement ; masa:coversArea area:otherland .
        {fillings}
    """ + entry("otherland", 21, "ByCategory", "Homes")


def test_what_an_area_that_shares_a_force_lists(asked: Asked, exampleshire: Exampleshire) -> None:
    mine = exampleshire.document(
        entry("exampleshire", 16, "ByName", "Example Hospital"),
        entry("exampleshire", 16, "ByCategory", "NHS trusts"),
    )
    other = exampleshire.document(shared_force(), name="otherland", since="2024-01-01")

    def told(as_at: str) -> dict[int, dict[str, object]]:
        found = asked(NAME, mine, other, area=f"{ID}area/exampleshire", as_at=as_at)
        return {r["paragraph"]: r for r in found}

    found = told("2025-06-01")
    assert len(found) == 38
    assert found[16]["how"] == "by category; by name"
    assert found[16]["stated_names"] == "NHS trusts; Example Hospital"
    assert found[21]["not_told"] == NOT_ON_IT
    assert found[21]["listed_by_areas_sharing"] == "Otherland"
    assert (found[21]["areas_that_list_it"], found[21]["areas_with_a_list"]) == (1, 2)
    assert (found[16]["areas_that_list_it"], found[16]["listed_by_areas_sharing"]) == (1, None)
    assert told("2026-01-01")[21]["listed_by_areas_sharing"] is None
    assert len(asked(NAME, mine, other)) == 2 * 38


def test_a_list_that_was_superseded_is_no_list(asked: Asked, exampleshire: Exampleshire) -> None:
    old = exampleshire.document(entry("exampleshire", 21, "ByCategory", "Homes"), name="old")
    new = exampleshire.document(name="new", since="2025-01-01", more="masa:supersedes doc:old ;")
    for as_at, lists, told in (("2024-12-31", 1, NOT_ON_IT), ("2025-01-01", 0, NO_LIST)):
        found = asked(NAME, old, new, as_at=as_at)
        assert [r["areas_with_a_list"] for r in found] == [lists] * 38
        assert found[0]["not_told"] == told
