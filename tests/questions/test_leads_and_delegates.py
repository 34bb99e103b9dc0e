"""leads-and-delegates: who leads and who is delegated, by partner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.appointments import seats_of
from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire
    from tests.questions.conftest import Ask, Asked, Rows

NOT_NAMED = "seats-without-named-holder"
LEAD, DELEGATE = "lead safeguarding partner", "delegated safeguarding partner"
COUNCIL, ICB, FORCE = (
    "Warwickshire County Council",
    "NHS Coventry and Warwickshire Integrated Care Board",
    "Warwickshire Police",
)


def test_warwickshire(rows: Rows) -> None:
    found = [
        (r["partner"], r["role"], r["post"], r["organisation"], r["holder"])
        for r in rows("leads-and-delegates", area="warwickshire")
    ]
    assert found == [
        ("local authority", LEAD, "Chief Executive", COUNCIL, "named"),
        ("local authority", DELEGATE, "Executive Director for Children & Young People", COUNCIL,
         "named"),
        ("health", LEAD, "Chief Executive", ICB, "named"),
        ("health", DELEGATE, "Chief Nursing Officer", ICB, "named"),
        ("police", LEAD, "Chief Constable", FORCE, "named"),
        ("police", DELEGATE, "Detective Superintendent", FORCE, "named"),
        ("education", LEAD, "Head teacher", None, "to be confirmed"),
        ("education", DELEGATE, "Director of Education", COUNCIL, "named"),
    ]  # fmt: skip


def test_seftons_roles_are_read_into_its_words(rows: Rows) -> None:
    """The text of 2021 knows no lead or delegated partners: the mapping says so."""
    found = rows("leads-and-delegates", area="sefton", as_at="2022-01-01")
    assert {(r["partner"], r["role"], r["post"]) for r in found} == {
        ("local authority", LEAD, "Chief Executive"),
        ("local authority", DELEGATE, "Director of Children's Services"),
        ("health", LEAD, "Chief Officer"),
        ("police", LEAD, "Local Police Area Commander"),
    }
    assert {r["mapping"] for r in found} == {"inferred role"}
    assert {r["organisation"] for r in found if r["partner"] == "health"} == {
        "NHS Southport and Formby CCG",
        "NHS South Sefton CCG",
    }


def test_a_page_of_2024_makes_seftons_seats_of_2021_history(rows: Rows) -> None:
    found = rows("leads-and-delegates", area="sefton")
    assert len(found) == 6
    assert {r["document"] for r in found} == {"sefton-procedures-2024"}
    assert {r["partner"] for r in found} == {"local authority", "health", "police"}


def test_without_an_area_all_are_told_with_their_names(rows: Rows, ask: Ask) -> None:
    found = rows("leads-and-delegates")
    assert {r["area_name"] for r in found} == {"Sefton", "Warwickshire"}
    assert "area" in ask("leads-and-delegates").columns
    assert "area" not in ask("leads-and-delegates", area="sefton").columns


@pytest.mark.parametrize(
    ("as_at", "count"), [("2023-12-14", 0), ("2023-12-15", 8), ("2026-11-22", 8)]
)
def test_only_documents_in_view_by_the_date_are_read(rows: Rows, as_at: str, count: int) -> None:
    assert len(rows("leads-and-delegates", area="E10000031", as_at=as_at)) == count


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows("leads-and-delegates", area="kent") == []


def keeps(exampleshire: Exampleshire, of: str, more: str = "", **said: str) -> str:
    """That the lead of the police keeps the functions, with the words that say so."""
    delegation = f"<{ID}delegation/{of}>"
    return f"""
        {delegation} a masa:Delegation ; masa:inArrangement arrangement:exampleshire ;
            masa:forSlot slot:police ; {more} masa:delegationMode masa:RetainedByLead .
    """ + exampleshire.statement("keeps", of=of, more=f"masa:evidences {delegation} ;", **said)


@pytest.mark.parametrize(
    ("more", "said", "kept"),
    [
        ("", {}, True),
        ('masa:delegationScope "Reviews"@en ;', {}, False),
        ("", {"standing": "GuidanceRestated"}, False),
        ("", {"standing": "StatedAbsent"}, False),
    ],
)
def test_a_lead_who_keeps_the_functions_stands_in_the_place_of_an_older_delegate(
    asked: Asked, exampleshire: Exampleshire, more: str, said: dict[str, str], kept: bool
) -> None:
    """If all are kept, and the document says so of its own."""
    role = "DelegatedSafeguardingPartner"
    seat = exampleshire.seat("deputy", of="old", role=role, status="PostOnly")
    old = exampleshire.document(seat, name="old", since="2022-01-15")
    new = exampleshire.document(keeps(exampleshire, "new", more, **said), name="new",
                                since="2025-01-15")  # fmt: skip
    (before,) = asked("leads-and-delegates", old, new, as_at="2025-01-14")
    assert before["post"] == "Holder of deputy"
    for question in ("police-delegates-by-rank", "leads-of-several-areas", NOT_NAMED):
        assert bool(asked(question, old, new, as_at="2025-06-01")) is not kept, question
    (now,) = asked("leads-and-delegates", old, new, as_at="2025-06-01")
    assert (now["holder"], now["post"]) == (
        ("retained by the lead", None) if kept else ("post only", "Holder of deputy")
    )
    slots = seats_of(exampleshire.store(old, new), exampleshire.area, date(2025, 6, 1), {})
    (police,) = (slot for slot in slots if slot.partner == "police")
    assert (len(police.delegates), len(police.retained)) == ((0, 1) if kept else (1, 0))
    assert told_of_delegates(exampleshire, old, new) == {
        "wt2023-slot-without-delegate",
        "wt2023-functions-retained" if kept else "wt2023-delegate-not-named",
    }


def told_of_delegates(exampleshire: Exampleshire, *documents: Document) -> set[str]:
    """The faults and notes of the finding on delegates."""
    duty = "wt2023-dsp-appointed-named"
    found = exampleshire.findings("2025-06-01", *documents, duties=[duty])[duty]
    return {each.name for each in (*found.faults, *found.notes)} - {"PartFound"}


def test_a_delegate_stands_in_the_place_of_an_older_lead_who_kept_the_functions(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    old = exampleshire.document(keeps(exampleshire, "old"), name="old", since="2022-01-15")
    seat = exampleshire.seat("deputy", of="new", role="DelegatedSafeguardingPartner")
    new = exampleshire.document(seat, name="new", since="2025-01-15")
    (now,) = asked("leads-and-delegates", old, new, as_at="2025-06-01")
    assert now["post"] == "Holder of deputy"
    assert told_of_delegates(exampleshire, old, new) == {"wt2023-slot-without-delegate"}


def test_for_whom_a_seat_acts_is_told_in_one_row_and_for_each_employer(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    bodies = "".join(
        f'organisation:{name} a org:Organization ; skos:prefLabel "{name}"@en .\n'
        for name in ("west-board", "east-board", "trust")
    )
    document = exampleshire.document(
        bodies,
        "organisation:trust masa:actsFor organisation:exampleshire-council .",
        exampleshire.seat("head", slot="local-authority", organisation="exampleshire-council"),
        "post:head org:postIn organisation:trust .",
        exampleshire.seat("chief", slot="health", organisation="exampleshire-icb"),
        "appointment:chief masa:actsFor organisation:west-board , organisation:east-board .",
    )
    found = asked("leads-and-delegates", document, as_at="2025-06-01")
    assert [(r["post"], r["organisation"], r["acts_for"]) for r in found] == [
        ("Holder of head", "Exampleshire Council", None),
        ("Holder of head", "trust", "Exampleshire Council"),
        ("Holder of chief", "Exampleshire Integrated Care Board", "east-board; west-board"),
    ]
