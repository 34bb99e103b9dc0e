"""What seats may and may not make of a finding: normal local variety is never a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.assessment.findings import Finding

if TYPE_CHECKING:
    from tests.conftest import Document, Exampleshire

AS_AT = "2024-12-01"
DUTY = "wt2023-lsp-is-agency-head"
EDUCATION = """
slot:education a masa:PartnerSlot ;
    masa:forArea area:exampleshire ;
    masa:partnerFunction masa:EducationSeat .

arrangement:exampleshire masa:coversSlot slot:education .
"""


def lead(exampleshire: Exampleshire, document: Document) -> Finding:
    return exampleshire.findings(AS_AT, document, duties=[DUTY])[DUTY]


def test_three_leads_who_head_their_organisations(exampleshire: Exampleshire) -> None:
    found = lead(exampleshire, exampleshire.document(exampleshire.leads()))
    assert (found.outcome, found.faults, found.notes) == ("Evidenced", (), ())
    assert len(found.rests_on) == 3


@pytest.mark.parametrize("status", ["ToBeConfirmed", "Vacant", "SeatOnly"])
def test_a_statutory_lead_who_is_not_there_yet_is_a_gap(
    exampleshire: Exampleshire, status: str
) -> None:
    found = lead(exampleshire, exampleshire.document(exampleshire.leads(status=status)))
    assert (found.outcome, found.fault) == ("PartlyEvidenced", "wt2023-lead-to-be-confirmed")
    (fault,) = found.faults
    assert fault.values == ("Holder of lead-police, Exampleshire Police",)


@pytest.mark.parametrize("status", ["Named", "PostOnly"])
def test_a_post_without_a_name_is_a_lead(exampleshire: Exampleshire, status: str) -> None:
    found = lead(exampleshire, exampleshire.document(exampleshire.leads(status=status)))
    assert found.outcome == "Evidenced"


def test_a_seat_of_education_to_be_confirmed_is_no_gap(exampleshire: Exampleshire) -> None:
    education = exampleshire.seat(
        "lead-education", slot="education", organisation="exampleshire-council",
        status="ToBeConfirmed", head=False,
    )  # fmt: skip
    found = lead(exampleshire, exampleshire.document(EDUCATION, exampleshire.leads(), education))
    assert (found.outcome, found.faults) == ("Evidenced", ())
    assert [note.name for note in found.notes] == ["wt2023-education-lead-to-be-confirmed"]
    assert found.notes[0].outcome is None


def test_a_seat_of_education_with_nobody_is_no_gap(exampleshire: Exampleshire) -> None:
    found = lead(exampleshire, exampleshire.document(EDUCATION, exampleshire.leads()))
    assert found.outcome == "Evidenced"


def test_education_alone_shows_nothing_of_the_statutory_partners(
    exampleshire: Exampleshire,
) -> None:
    document = exampleshire.document(EDUCATION, exampleshire.seat("lead", slot="education"))
    assert lead(exampleshire, document).outcome == "NotFoundInTextHeld"


@pytest.mark.parametrize(
    ("slot", "kind"), [("health", "IntegratedCareBoard"), ("police", "PoliceForce")]
)
def test_a_second_board_or_force_is_no_gap(
    exampleshire: Exampleshire, slot: str, kind: str
) -> None:
    """Two organisations may fill one slot; each may have its own lead."""
    second = f"""
        organisation:second a masa:{kind} ; skos:prefLabel "Second organisation"@en .
        slot:{slot} masa:filledBy organisation:second .
        slot:health masa:filledBy organisation:exampleshire-icb .
        slot:police masa:filledBy organisation:exampleshire-police .
    """
    without = exampleshire.document(exampleshire.leads(), second)
    with_lead = exampleshire.document(
        exampleshire.leads(), second, exampleshire.seat("other", slot=slot, organisation="second")
    )
    assert lead(exampleshire, without).outcome == "Evidenced"
    assert lead(exampleshire, with_lead).outcome == "Evidenced"


def test_a_lead_who_is_not_shown_to_be_the_head_is_a_gap(exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        exampleshire.leads(), exampleshire.seat("deputy", slot="police", head=False)
    )
    found = lead(exampleshire, document)
    assert (found.outcome, found.fault) == ("PartlyEvidenced", "wt2023-lead-not-head")
    assert found.faults[0].values == ("Holder of deputy, Exampleshire Police",)


def test_two_slots_without_a_lead_are_both_named(exampleshire: Exampleshire) -> None:
    found = lead(exampleshire, exampleshire.document(exampleshire.seat("lead")))
    (fault,) = found.faults
    assert fault.name == "wt2023-slot-without-lead"
    assert len(fault.values) == 2


def test_a_lead_of_an_organisation_that_ended_is_out_of_date(exampleshire: Exampleshire) -> None:
    """Only from the day on which it no longer existed."""
    document = exampleshire.document(
        exampleshire.seat("lead-council", slot="local-authority",
                          organisation="exampleshire-council"),
        exampleshire.seat("lead-police"),
        exampleshire.seat("lead-ccg", slot="health", organisation="exampleshire-ccg"),
        claims="wt2018", since="2021-03-15",
    )  # fmt: skip
    duty = "wt2018-lead-representatives"
    outcomes = {
        day: exampleshire.findings(day, document, edition="wt2018", duties=[duty])[duty].outcome
        for day in ("2022-06-30", "2022-07-01")
    }
    assert outcomes == {"2022-06-30": "PartlyEvidenced", "2022-07-01": "OutOfDate"}


def test_the_order_of_documents_and_statements_changes_nothing(exampleshire: Exampleshire) -> None:
    duties = [DUTY, "wt2023-dsp-appointed-named", "wt2023-lsp-sign-off", "wt2023-pub-voice"]
    first = [
        exampleshire.seat("lead-police"),
        exampleshire.statement("one", wholly=["wt2023-lsp-sign-off"]),
        exampleshire.statement("two", partly=["wt2023-lsp-sign-off", "wt2023-pub-voice"]),
        exampleshire.statement("three", standing="HeadingOnly", wholly=["wt2023-pub-voice"]),
    ]
    second = [
        exampleshire.seat(
            "lead-health", of="other", slot="health", organisation="exampleshire-icb"
        ),
        exampleshire.statement("four", of="other", standing="CommitmentOnly", wholly=duties[1:3]),
    ]

    def findings(backwards: bool) -> dict[str, Finding]:
        step = -1 if backwards else 1
        documents = [
            exampleshire.document(*first[::step]),
            exampleshire.document(*second[::step], name="other", since="2024-06-01"),
        ]
        return exampleshire.findings(AS_AT, *documents[::step], duties=duties)

    forwards = findings(backwards=False)
    assert findings(backwards=True) == forwards
    assert len({finding.outcome for finding in forwards.values()}) > 1
