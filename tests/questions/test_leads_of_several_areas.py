"""leads-of-several-areas: one post or one office holder in several areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "leads-of-several-areas"


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

HOLDER = "masa:holder <https://w3id.org/masagraph/id/holder/exampleshire/e1> ;"


def test_no_lead_is_shown_in_two_areas_and_most_could_be(rows: Rows) -> None:
    """Of the agencies of Sefton and Warwickshire, by the register, some are partner in several."""
    found = rows(NAME, as_at="2024-06-01")
    assert {r["areas_shown"] for r in found} == {1}
    assert not any(r["also_in"] for r in found)
    agencies = {r["organisation"]: r["areas_of_agency"] for r in found}
    assert agencies["Merseyside Police"] == 5
    assert agencies["Warwickshire Police"] == 1
    assert agencies["Warwickshire County Council"] == 1
    assert agencies["NHS Coventry and Warwickshire Integrated Care Board"] == 2


def test_one_row_a_seat(rows: Rows) -> None:
    found = rows(NAME, area="warwickshire")
    assert len(found) == 8
    assert [r["holder"] for r in found if r["partner"] == "education"] == [None, "w07"]
    assert rows(NAME, area="kent") == []


def test_the_same_post_in_two_areas(asked: Asked, exampleshire: Exampleshire) -> None:
    other = OTHER.format(post="chief", role="LeadSafeguardingPartner", more="")
    document = exampleshire.document(exampleshire.seat("chief"), other)
    found = {r["area_name"]: r for r in asked(NAME, document)}
    assert {name: r["also_in"] for name, r in found.items()} == {
        "Exampleshire": "Otherbury",
        "Otherbury": "Exampleshire",
    }
    assert {(r["areas_shown"], r["known_by"]) for r in found.values()} == {(2, "same post")}


def test_the_same_office_holder_in_two_posts(asked: Asked, exampleshire: Exampleshire) -> None:
    mine = exampleshire.seat("chief").replace("masa:holderStatus", HOLDER + " masa:holderStatus")
    for role, shown in (("LeadSafeguardingPartner", 2), ("DelegatedSafeguardingPartner", 1)):
        document = exampleshire.document(mine, OTHER.format(post="else", role=role, more=HOLDER))
        row = next(r for r in asked(NAME, document) if r["area_name"] == "Exampleshire")
        assert (row["areas_shown"], row["holder"]) == (shown, "e1")
    other = OTHER.format(post="else", role="LeadSafeguardingPartner", more=HOLDER)
    found = asked(NAME, exampleshire.document(mine, other))
    assert {r["known_by"] for r in found} == {"same office holder"}
