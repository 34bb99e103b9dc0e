"""changes-between-documents: an older document beside a newer one, by what was read from each.

The text of 2021 names two commissioning groups, a chief officer of health and an area commander of
the police; the procedures page of 2024 a health board, its director and the chief officer of the
police, and it has delegates that the older text does not name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "changes-between-documents"
NOTHING = "nothing found in the text held"
PAIR = {"from_document": "sefton-arrangements-2021", "to_document": "sefton-procedures-2024"}


def said(found: list[dict[str, Any]], about: str) -> dict[str, tuple[str, str]]:
    """What the two documents say of each thing."""
    return {r["thing"]: (r["older_says"], r["newer_says"]) for r in found if r["about"] == about}


def test_seats_and_partners(rows: Rows) -> None:
    found = rows(NAME, **PAIR)
    assert said(found, "partner") == {
        "health": (
            "NHS South Sefton CCG; NHS Southport and Formby CCG",
            "NHS Cheshire and Merseyside Integrated Care Board",
        )
    }
    assert said(found, "seat") == {
        "health, lead safeguarding partner": ("Chief Officer", "Director"),
        "health, delegated safeguarding partner": (NOTHING, "Associate Director"),
        "police, lead safeguarding partner": ("Local Police Area Commander", "Chief Officer"),
        "police, delegated safeguarding partner": (
            NOTHING,
            "Superintendent, responsible for Sefton",
        ),
    }
    assert said(found, "edition") == {}


def test_topics_have_the_strongest_standing(rows: Rows) -> None:
    """The same as standing-by-topic tells of the two documents, where they differ."""
    best = {
        (r["topic_name"], r["document_name"]): r["best"].replace("nothing found", NOTHING)
        for r in rows("standing-by-topic", area="sefton")
    }
    older, newer = PAIR.values()
    assert said(rows(NAME, **PAIR), "topic") == {
        topic: (was, best[topic, newer])
        for (topic, document), was in best.items()
        if document == older and best[topic, newer] != was
    }


def test_kinds_are_told_as_a_page_is_no_revision(rows: Rows) -> None:
    found = rows(NAME, **PAIR)
    assert {r["not_told"] for r in found} == {"The two documents are of different kinds"}
    assert {(r["older_is"], r["newer_is"]) for r in found} == {
        ("published arrangements, whole text", "page of a procedures manual, whole text")
    }


def test_each_newer_document_stands_beside_each_older_one(rows: Rows) -> None:
    pairs = {
        tuple(r[side].rsplit("/", 1)[-1] for side in ("from_document", "to_document"))
        for r in rows(NAME)
    }
    assert pairs == {
        ("sefton-arrangements-2021", "sefton-council-2024"),
        ("sefton-arrangements-2021", "sefton-procedures-2024"),
        ("sefton-council-2024", "sefton-procedures-2024"),
    }
    assert rows(NAME, from_document=PAIR["to_document"], to_document=PAIR["from_document"]) == []
    assert rows(NAME, area="warwickshire") == []


@pytest.mark.parametrize("claims", ["wt2018", "wt2023"])
def test_a_revision_of_one_kind(asked: Asked, exampleshire: Exampleshire, claims: str) -> None:
    voice = "wt2023-pub-voice"
    old = exampleshire.document(
        exampleshire.seat("chief", of="old"),
        exampleshire.statement("voice", of="old", standing="HeadingOnly", wholly=[voice]),
        name="old", since="2020-01-01", claims="wt2018",
    )  # fmt: skip
    new = exampleshire.document(
        exampleshire.seat("chief", of="new"),
        exampleshire.statement("hears", of="new", wholly=[voice]),
        name="new", claims=claims,
    )  # fmt: skip
    found = asked(NAME, old, new)
    assert said(found, "seat") == {}
    assert said(found, "topic") == {
        "Voice of children and families": ("heading only", "local arrangement")
    }
    assert bool(said(found, "edition")) is (claims == "wt2023")
    assert {r["not_told"] for r in found} == {None}
