"""delegates-by-place: the delegates of one force or board in each of its areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "delegates-by-place"


OTHER = """
    <https://w3id.org/masagraph/id/area/otherbury> a masa:SafeguardingArea ;
        skos:prefLabel "Otherbury"@en .

    <https://w3id.org/masagraph/id/slot/otherbury/police> a masa:PartnerSlot ;
        masa:forArea <https://w3id.org/masagraph/id/area/otherbury> ;
        masa:partnerFunction masa:PoliceFunction .

    <https://w3id.org/masagraph/id/arrangement/otherbury> a masa:Arrangement ;
        masa:coversArea <https://w3id.org/masagraph/id/area/otherbury> .

    post:{post} a org:Post ; skos:prefLabel "Holder of {post}"@en ;
        org:postIn organisation:exampleshire-police .

    appointment:otherbury a masa:Appointment ;
        org:member post:{post} ;
        org:role masa:{role} ;
        masa:forSlot <https://w3id.org/masagraph/id/slot/otherbury/police> ;
        masa:inArrangement <https://w3id.org/masagraph/id/arrangement/otherbury> ;
        masa:holderStatus masa:Named ;
        {more}
        masa:roleMapping masa:StatedRole .
"""

FILLS = """
    <https://w3id.org/masagraph/id/filling/{0}> a masa:LawfulFilling ;
        masa:fillingOrganisation organisation:exampleshire-police ;
        masa:fillsSlot <https://w3id.org/masagraph/id/slot/{0}/police> .
"""
BOTH = FILLS.format("exampleshire") + FILLS.format("otherbury")


def test_merseyside_police_over_its_areas(rows: Rows) -> None:
    """A delegate is shown for Sefton alone, so nothing can be compared."""
    found = [r for r in rows(NAME) if r["organisation"] == "Merseyside Police"]
    assert {r["area_name"]: r["delegate"] for r in found} == {
        "Sefton": "Superintendent, responsible for Sefton",
        "Knowsley": "no document held",
        "Liverpool": "no document held",
        "St. Helens": "no document held",
        "Wirral": "no document held",
    }
    assert {(r["told"], r["areas_with_a_delegate"], r["areas_of_agency"]) for r in found} == {
        ("cannot be told", 1, 5)
    }


def test_a_force_of_one_area_is_left_out(rows: Rows) -> None:
    assert {r["partner"] for r in rows(NAME, area="warwickshire")} == {"health"}


def test_a_document_without_a_delegate(rows: Rows) -> None:
    found = rows(NAME, area="west-sussex", as_at="2025-01-01")
    assert {r["delegate"] for r in found} == {"not found in the text held"}


@pytest.mark.parametrize(
    ("post", "told"),
    [("here", "the same post in each area shown"), ("there", "posts differ between areas")],
)
def test_delegates_of_two_places(
    asked: Asked, exampleshire: Exampleshire, post: str, told: str
) -> None:
    role = "DelegatedSafeguardingPartner"
    seat = exampleshire.seat("here", role=role, head=False)
    document = exampleshire.document(BOTH, seat, OTHER.format(post=post, role=role, more=""))
    found = asked(NAME, document)
    assert {r["area_name"]: r["delegate"] for r in found} == {
        "Exampleshire": "Holder of here",
        "Otherbury": f"Holder of {post}",
    }
    assert {(r["told"], r["areas_with_a_delegate"]) for r in found} == {(told, 2)}
