"""Questions on what documents say, over documents of an invented area.

The shipped documents show some of what these questions promise only once or not at all: a body
that meets and reports, a named establishment, a promise without an event, scrutiny without
recipients, a conflict that is said on one side only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked

IN_ARRANGEMENT = "masa:inArrangement arrangement:exampleshire ;"


def body(name: str, *parts: str) -> str:
    """A body of the partnership with its reports and meetings."""
    head = f"""
        body:{name} a masa:Body ;
            skos:prefLabel "The {name}"@en ;
            org:subOrganizationOf partnership:exampleshire .
    """
    return head + "\n".join(parts)


def reports(name: str, to: str, frequency: str) -> str:
    """A line on which a body reports, with its frequency if any."""
    often = f'masa:frequency "{frequency}" ;' if frequency else ""
    return f"""
        line:{name}-{to} a masa:ReportingLine ;
            {IN_ARRANGEMENT} {often}
            masa:reportingBody body:{name} ;
            masa:reportsToBody body:{to} ;
            masa:lineKind masa:ReportsTo .
    """


def meets(name: str, number: int, frequency: str) -> str:
    """A meeting schedule of a body."""
    return f"""
        <{ID}schedule/exampleshire/{name}-{number}> a masa:MeetingSchedule ;
            {IN_ARRANGEMENT}
            masa:scheduleOf body:{name} ;
            masa:frequency "{frequency}" .
    """


def test_meetings_reports_and_neither_are_told_apart(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    document = exampleshire.document(
        body("board", meets("board", 1, "monthly"), meets("board", 2, "yearly, in public")),
        body("forum", meets("forum", 1, "termly"), reports("forum", "board", "quarterly")),
        body("panel", reports("panel", "forum", "")),
        body("idle"),
    )
    found = {r["body"]: r for r in asked("meetings-of-bodies", document)}
    assert {name: r["frequency_stated"] for name, r in found.items()} == {
        "The board": "meetings",
        "The forum": "meetings",
        "The panel": "neither",
    }
    assert set(found["The board"]["meets"].split(" / ")) == {"monthly", "yearly, in public"}
    assert found["The forum"]["meets"] == "termly"
    assert found["The forum"]["reports"] == "quarterly to The board"


def test_a_newer_document_on_a_body_takes_the_place_of_one_more_than_a_year_older(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    old = exampleshire.document(body("board", meets("board", 1, "monthly")), since="2022-01-01")
    new = exampleshire.document(meets("board", 2, "termly"), name="newer", since="2023-06-01")
    for as_at, expected in (("2023-05-31", "monthly"), ("2023-06-01", "termly")):
        (row,) = asked("meetings-of-bodies", old, new, as_at=as_at)
        assert row["meets"] == expected


def agency(name: str, mode: str, paragraph: int) -> str:
    """An entry of a list of relevant agencies."""
    return f"""
        <{ID}designation/exampleshire/{paragraph}> a masa:RelevantAgencyDesignation ;
            {IN_ARRANGEMENT}
            masa:statedName "{name}"@en ;
            masa:designationMode masa:{mode} ;
            masa:scheduleParagraph
                <http://www.legislation.gov.uk/id/uksi/2018/789/schedule/paragraph/{paragraph}> .
    """


def test_an_establishment_that_is_named(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        agency("Examplewood Secure Training Centre", "ByName", 29),
        agency("Children's homes", "ByCategory", 21),
        agency("Example Hospital", "ByName", 16),
    )
    found = asked("secure-establishments", document)
    assert [(r["establishment"], r["words"]) for r in found] == [
        ("Examplewood Secure Training Centre", "Examplewood Secure Training Centre"),
        (None, "Children's homes"),
    ]
    assert found[0]["kind"].startswith("Secure training centre")


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("conditionMet", "known to be there"),
        ("conditionNotMet", "known not to be there"),
        (None, "not known"),
    ],
)
def test_whether_there_is_one(
    asked: Asked, exampleshire: Exampleshire, known: str | None, told: str
) -> None:
    fact = f"""
        arrangement:exampleshire masa:{known}
            <{ID}concept/condition/secure-establishment-in-area> .
    """
    (row,) = asked("secure-establishments", exampleshire.document(fact if known else ""))
    assert row["secure_establishment"] == told


def test_a_promise_without_an_event(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        exampleshire.statement(
            "model",
            standing="CommitmentOnly",
            more='masa:dueDate "2025-03-31"^^xsd:date ;',
        )
    )
    (row,) = asked("dates-stated", document)
    assert (row["kind"], row["date"], row["precision"]) == ("promise due", "2025-03-31", "day")
    assert (row["words"], row["standing"]) == ("words on model", "commitment only")


def test_scrutiny_without_recipients_is_told(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        f"""
        <{ID}scrutiny/exampleshire/panel> a masa:ScrutinyArrangement ;
            {IN_ARRANGEMENT}
            masa:frequency "every two years" .
        """
    )
    (row,) = asked("scrutiny-reports-to", document)
    assert row["reports_to"] is None
    assert row["scrutiny_takes_place"] == "every two years"


def test_a_scrutineer_who_reports_is_told_as_scrutiny(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    document = exampleshire.document(
        body("board"),
        exampleshire.seat("scrutineer", role="IndependentScrutineer", head=False),
        f"""
        line:scrutineer a masa:ReportingLine ;
            {IN_ARRANGEMENT}
            masa:reportingBody appointment:scrutineer ;
            masa:reportsToBody body:board ;
            masa:lineKind masa:ReportsTo ;
            masa:frequency "yearly" .
        """,
    )
    (row,) = asked("scrutiny-reports-to", document)
    assert (row["reports_to"], row["how_often"]) == ("The board", "yearly")


def test_a_conflict_said_on_one_side_is_told_for_both(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    duties = ("wt2023-pub-voice", "wt2023-pub-data")
    document = exampleshire.document(
        exampleshire.statement("one", wholly=duties, more="masa:conflictsWith statement:two ;"),
        exampleshire.statement("two", partly=duties[:1]),
        exampleshire.statement("three", partly=duties[:1]),
    )
    found = {r["words"]: r for r in asked("sources-that-differ", document)}
    assert {words: r["differs_from"] for words, r in found.items()} == {
        "words on one": "words on two",
        "words on two": "words on one",
    }
    assert {r["both_touch"] for r in found.values()} == {"wt2023-pub-voice"}
    assert set(found["words on one"]["duties"].split(", ")) == set(duties)


def test_words_that_say_it_is_not_in_place(asked: Asked, exampleshire: Exampleshire) -> None:
    document = exampleshire.document(
        exampleshire.statement("absent", standing="StatedAbsent", wholly=["wt2023-pub-voice"]),
        exampleshire.statement("promise", standing="CommitmentOnly", partly=["wt2023-pub-voice"]),
    )
    (by_topic,) = asked("standing-by-topic", document, topic="voice")
    (by_duty,) = asked("standing-by-duty", document, duty="wt2023-pub-voice")
    for row in (by_topic, by_duty):
        assert (row["best"], row["said_not_in_place"], row["commitments"]) == (
            "stated absent", 1, 1,
        )  # fmt: skip
    assert "Voice of children and families" in {
        r["topic_name"] for r in asked("topics-without-local-arrangement", document)
    }


def test_local_words_on_an_older_duty_count_in_the_list_of_duties(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    name, older, newer = "duties-without-local-arrangement", "wt2018-pub-voice", "wt2023-pub-voice"
    none = {r["duty"] for r in asked(name, exampleshire.document())}
    assert {older, newer} <= none
    document = exampleshire.document(exampleshire.statement("voice", partly=[older]))
    assert {older, newer}.isdisjoint(r["duty"] for r in asked(name, document))


def test_an_older_document_that_bears_wholly_takes_a_duty_from_the_list(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    duty = "wt2023-partnership-chair"
    follows = "masa:evidencedEdition edition:wt{} ;"
    new = exampleshire.document(
        exampleshire.statement("chair", standing="GuidanceRestated", wholly=[duty]),
        more=follows.format(2023),
    )
    for bears, expected in (({}, [None]), ({"partly": [duty]}, ["old"]), ({"wholly": [duty]}, [])):
        old = exampleshire.document(
            exampleshire.statement("rotates", of="old", **bears),
            name="old",
            since="2021-01-01",
            more=follows.format(2018),
        )
        found = asked("duties-new-in-newer-documents", new, old)
        assert [r["in_older_ones_in_part"] for r in found] == expected
