"""corrections-made: none is recorded in the shipped data, and the answer says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masagraph.assessment.corrections import corrections_of
from masagraph.vocab import ID

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "corrections-made"


def correction(number: int, day: str, about: str) -> str:
    """A decided claim."""
    return f"""
        <{ID}correction/{number}> a masa:Correction ;
            {about} ;
            masa:claimed "Claim {number}" ;
            masa:changed "Change {number}" ;
            masa:reasonForChange "Reason {number}" ;
            masa:receivedOn "2025-01-02"^^xsd:date ;
            masa:claimStanding masa:{"ClaimAccepted" if number != 1 else "ClaimDeclined"} ;
            {'masa:inDataFrom "2025-04-01"^^xsd:date ;' if number != 1 else ""}
            {'masa:claimedOfVersion "2024-12-01-0123abcd" ;' if number == 3 else ""}
            masa:correctedOn "{day}"^^xsd:date .
    """


def test_none_is_recorded(rows: Rows) -> None:
    for given in ({}, {"area": "sefton"}):
        (row,) = rows(NAME, **given)
        assert row["not_told"] == "No correction has been recorded so far"
        assert {row[c] for c in ("decided_on", "claimed", "changed", "why", "correction")} == {None}


def test_all_statements_of_a_correction_stand_in_its_one_row(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    about = "masa:correctsArea area:exampleshire ; masa:correctsStatement statement:a , statement:b"
    document = exampleshire.document(
        exampleshire.statement("a"), exampleshire.statement("b"), correction(1, "2025-01-10", about)
    )
    (row,) = asked(NAME, document)
    statements = f"{ID}statement/exampleshire/"
    assert row["statements"].split() == [f"{statements}a", f"{statements}b"]


def test_corrections_newest_first(asked: Asked, exampleshire: Exampleshire) -> None:
    area, duty = "masa:correctsArea area:exampleshire", "masa:correctsDuty duty:wt2023-pub-voice"
    document = exampleshire.document(
        f'<{ID}area/otherland> a masa:SafeguardingArea ; skos:prefLabel "Otherland"@en .',
        correction(1, "2025-01-10", area),
        correction(2, "2025-03-10", duty),
        correction(3, "2025-02-10", f"{area} ; {duty}"),
    )
    found = asked(NAME, document)
    assert [(r["claimed"], r["area_name"], r["duty"]) for r in found] == [
        ("Claim 2", None, "wt2023-pub-voice"),
        ("Claim 3", "Exampleshire", "wt2023-pub-voice"),
        ("Claim 1", "Exampleshire", None),
    ]
    assert {r["not_told"] for r in found} == {None}
    assert (found[0]["changed"], found[0]["why"]) == ("Change 2", "Reason 2")
    assert [r["decision"] for r in found] == ["accepted", "accepted", "declined"]
    assert [r["in_data_from"] for r in found] == ["2025-04-01", "2025-04-01", None]
    assert [r["of_version"] for r in found] == [None, "2024-12-01-0123abcd", None]
    assert {r["received_on"] for r in found} == {"2025-01-02"}
    assert [r["decided_on"] for r in found] == ["2025-03-10", "2025-02-10", "2025-01-10"]
    here = asked(NAME, document, area=f"{ID}area/exampleshire")
    assert [r["claimed"] for r in here] == ["Claim 2", "Claim 3", "Claim 1"]
    # What concerns a duty alone concerns every area.
    elsewhere = asked(NAME, document, area=f"{ID}area/otherland")
    assert [r["claimed"] for r in elsewhere] == ["Claim 2"]


def test_what_was_said_of_one_area_concerns_those_with_its_arrangement_or_words(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    """It is told once, and of an area asked about if arrangement or words are its own too."""
    others = "".join(
        f'<{ID}area/{name}> a masa:SafeguardingArea ; skos:prefLabel "{name}"@en .\n'
        for name in ("joined", "apart", "beside")
    )
    document = exampleshire.document(
        others,
        f"arrangement:exampleshire masa:coversArea <{ID}area/joined> .",
        f"<{ID}arrangement/apart> masa:coversArea <{ID}area/apart> .",
        f"<{ID}arrangement/beside> masa:coversArea <{ID}area/beside> .",
        exampleshire.statement("a", more=f"masa:about <{ID}arrangement/beside> ;"),
        correction(
            1,
            "2025-01-10",
            "masa:correctsArea area:exampleshire ; masa:correctsStatement statement:a",
        ),
    )
    (all_areas,) = asked(NAME, document)
    assert (all_areas["area"], all_areas["area_name"]) == (f"{ID}area/exampleshire", "Exampleshire")
    for area in ("exampleshire", "joined", "beside"):
        (row,) = asked(NAME, document, area=f"{ID}area/{area}")
        assert (row["claimed"], row["area_name"]) == ("Claim 1", "Exampleshire")
    (none,) = asked(NAME, document, area=f"{ID}area/apart")
    assert none["claimed"] is None

    store = exampleshire.store(document)
    told = {
        name: [each.area_name for each in corrections_of(store, f"{ID}area/{name}")]
        for name in ("exampleshire", "joined", "beside", "apart")
    }
    here = ["Exampleshire"]
    assert told == {"exampleshire": here, "joined": here, "beside": here, "apart": []}
