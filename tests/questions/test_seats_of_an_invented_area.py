"""Questions on seats, money and contacts over documents of an invented area.

The shipped documents show some of what these questions promise only once or not at all: a newer
document that takes the place of an older, an amount, a vacant seat, a list without members.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from masagraph.questions.answers import answer
from masagraph.questions.catalogue import find_question, list_questions
from masagraph.resources import Resources

if TYPE_CHECKING:
    from tests.conftest import Exampleshire

Asked = Callable[..., list[dict[str, Any]]]

GROUP = """
    body:group a masa:Body ;
        skos:prefLabel "Quality Group"@en ;
        org:subOrganizationOf partnership:exampleshire .
"""


@pytest.fixture
def asked(exampleshire: Exampleshire, resources: Resources) -> Asked:
    """Ask a question over documents, each given as its name, its first day and its Turtle.

    What they share stands in the first of them only: the graphs of this store are not merged.
    """
    questions = list_questions(resources)

    def ask(name: str, *documents: tuple[str, str, str], **given: str) -> list[dict[str, Any]]:
        store = exampleshire.store(
            *(
                exampleshire.document("" if i else GROUP, text, name=d, since=day)
                for i, (d, day, text) in enumerate(documents)
            )
        )
        question = find_question(questions, name)
        given = {"area": "exampleshire", **given}
        found = answer(question, given, store, date(2026, 1, 1), "test")
        rows: list[dict[str, Any]] = found.as_json()["rows"]
        return rows

    return ask


def seat(name: str, more: str, *, role: str = "Member", status: str = "Named") -> str:
    """A seat on the group, held by a post of the police."""
    return f"""
        post:{name} a org:Post ;
            skos:prefLabel "{name}"@en ;
            org:postIn organisation:exampleshire-police .

        appointment:{name} a masa:Appointment ;
            org:organization body:group ;
            org:member post:{name} ;
            org:role masa:{role} ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:{status} ;
            {more}
            masa:roleMapping masa:StatedRole .

        slot:police masa:filledBy organisation:exampleshire-police .
    """


LISTED = "masa:seatColumn masa:MemberColumn ;"
EXPECTED = "masa:seatColumn masa:AgencyColumn ;"


@pytest.mark.parametrize(
    ("as_at", "chairs"),
    [
        ("2022-06-01", ["inspector"]),
        ("2022-10-01", ["inspector", "sergeant"]),
        ("2023-10-01", ["superintendent"]),
    ],
)
def test_a_newer_chair_takes_the_place_of_one_more_than_a_year_older(
    asked: Asked, as_at: str, chairs: list[str]
) -> None:
    documents = [
        ("first", "2022-01-01", seat("inspector", LISTED, role="Chair")),
        ("second", "2022-09-01", seat("sergeant", LISTED, role="Chair")),
        ("third", "2023-09-02", seat("superintendent", LISTED, role="Chair")),
    ]
    found = asked("chairs-of-bodies", *documents, as_at=as_at)
    assert [r["chaired_by"] for r in found] == chairs


def test_a_chair_that_is_only_expected_is_told_as_a_seat(asked: Asked) -> None:
    text = seat("inspector", EXPECTED, role="Chair", status="SeatOnly")
    (row,) = asked("chairs-of-bodies", ("only", "2024-01-01", text))
    assert (row["chaired_by"], row["status"]) == ("inspector", "seat only")


def test_an_officer_with_two_seats_on_a_body_is_one_member(asked: Asked) -> None:
    one = "masa:holder <https://w3id.org/masagraph/id/holder/exampleshire/e1> ;"
    text = seat("inspector", LISTED + one) + seat("sergeant", LISTED + one)
    found = asked("partners-on-bodies", ("only", "2024-01-01", text))
    assert {r["partner"]: (r["members"], r["only_holder"]) for r in found} == {
        "local authority": (0, None),
        "health": (0, None),
        "police": (1, "e1"),
    }


@pytest.mark.parametrize("status", ["Vacant", "ToBeConfirmed"])
def test_an_empty_seat_is_no_member_and_is_told_as_such(asked: Asked, status: str) -> None:
    document = ("only", "2024-01-01", seat("inspector", LISTED, status=status))
    (police,) = [r for r in asked("partners-on-bodies", document) if r["partner"] == "police"]
    assert (police["members"], police["to_be_confirmed"]) == (0, 1)
    assert police["only_post"] is None
    (shown,) = asked("seats-to-be-confirmed", document)
    assert shown["shown_as"] == {"Vacant": "vacant", "ToBeConfirmed": "to be confirmed"}[status]


@pytest.mark.parametrize(
    ("tenure", "shown"), [("Acting", ["acting"]), ("Temporary", ["temporary"]), ("Substantive", [])]
)
def test_how_a_post_is_held(asked: Asked, tenure: str, shown: list[str]) -> None:
    text = seat("inspector", f"{LISTED} masa:tenure masa:{tenure} ;")
    found = asked("seats-to-be-confirmed", ("only", "2024-01-01", text))
    assert [r["shown_as"] for r in found] == shown


def test_since_when_a_post_is_so_held(asked: Asked) -> None:
    since = 'masa:tenure masa:Interim ; masa:validFrom "2023-05-01"^^xsd:date ;'
    (row,) = asked("seats-to-be-confirmed", ("only", "2024-01-01", seat("inspector", since)))
    assert (row["since"], row["until"]) == ("2023-05-01", None)
    assert (row["shown_from"], row["roles"]) == ("2024-01-01", "member")


AGENCY = """
    organisation:hospice a masa:Agency ; skos:prefLabel "Exampleshire Hospice"@en .

    <https://w3id.org/masagraph/id/designation/exampleshire/hospice>
        a masa:RelevantAgencyDesignation ;
        masa:inArrangement arrangement:exampleshire ;
        masa:listPosition 1 ;
        masa:statedName "The hospice"@en ;
        masa:designationMode masa:ByName ;
        masa:scheduleParagraph masa:OutsideSchedule ;
        masa:designates organisation:hospice .
"""


def test_where_no_members_are_listed_no_agency_lacks_one(asked: Asked) -> None:
    """Else every agency of a list would seem to lack a member."""
    name = "agencies-without-a-member"
    assert asked(name, ("only", "2024-01-01", AGENCY)) == []
    (row,) = asked(name, ("only", "2024-01-01", AGENCY + seat("inspector", LISTED)))
    assert row["stated_name"] == "The hospice"


def test_an_expected_seat_is_no_member_and_is_told(asked: Asked) -> None:
    text = AGENCY + seat("inspector", LISTED) + seat("nurse", EXPECTED, status="SeatOnly")
    text = text.replace(
        'skos:prefLabel "nurse"@en ;\n            org:postIn organisation:exampleshire-police',
        'skos:prefLabel "nurse"@en ;\n            org:postIn organisation:hospice',
    )
    (row,) = asked("agencies-without-a-member", ("only", "2024-01-01", text))
    assert row["expected_on"] == "Quality Group"
    seated = text.replace(EXPECTED, LISTED)
    assert asked("agencies-without-a-member", ("only", "2024-01-01", seated)) == []


def money(kind: str, name: str, year: str, more: str) -> str:
    """A contribution of the police, or a funding statement."""
    return f"""
        <https://w3id.org/masagraph/id/{kind.lower()}/exampleshire/{name}> a masa:{kind} ;
            masa:inArrangement arrangement:exampleshire ;
            {more}
            masa:financialYear "{year}" .
    """


def test_amounts_and_totals_of_each_document_and_year(asked: Asked) -> None:
    payer = "masa:payer organisation:exampleshire-police ; masa:contributionForm masa:Cash ;"
    first = money("Contribution", "a", "2022/23", f"{payer} masa:amount 100.0 ;")
    first += money("FundingStatement", "b", "2022/23", "masa:statedTotal 900.0 ;")
    second = money("Contribution", "c", "2022/23", payer)
    second += money("FundingStatement", "d", "2023/24", "masa:statedExpenditure 700.0 ;")
    found = asked("contributions", ("one", "2022-05-01", first), ("two", "2023-05-01", second))
    columns = ("document", "payer", "year", "amount", "total_income", "total_expenditure")
    assert {tuple(r[c] or None for c in columns) for r in found} == {
        ("one", "Exampleshire Police", "2022/23", 100, 900, None),
        ("two", "Exampleshire Police", "2022/23", None, None, None),
        ("two", None, "2023/24", None, None, 700),
    }


def test_hours_are_told_in_the_order_of_the_week(asked: Asked) -> None:
    text = """
        <https://w3id.org/masagraph/id/contact/exampleshire/day> a masa:ReferralContact ;
            skos:prefLabel "Day team"@en ;
            masa:inArrangement arrangement:exampleshire ;
            schema:telephone "01632 960000" ;
            schema:hoursAvailable [
                schema:dayOfWeek schema:Sunday , schema:Saturday ;
                schema:opens "10:00" ; schema:closes "12:00"
            ] , [ schema:dayOfWeek schema:Monday ; schema:opens "09:00" ; schema:closes "17:00" ] .
    """
    (row,) = asked("contacts-for-concerns", ("only", "2024-01-01", text))
    assert row["hours"] == "Monday: 09:00 to 17:00; Saturday, Sunday: 10:00 to 12:00"
