"""how-a-partnership-is-chaired: by one post, by several, or in rotation."""

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
    from tests.questions.conftest import Rows

NAME = "how-a-partnership-is-chaired"

Asked = Callable[..., list[dict[str, Any]]]


def test_in_sefton_the_executives_chair_rotates(rows: Rows) -> None:
    """The forum's chair is that of a group below the executive, so it is not here."""
    (row,) = rows(NAME, area="sefton")
    assert (row["chaired"], row["body"]) == ("in rotation", "Strategic Leadership Team")
    assert row["words"] == "will be chaired on a rotational basis by one of the 3"
    assert (row["standing"], row["document"]) == ("local arrangement", "sefton-arrangements-2021")
    assert row["not_told"] == "since when; whose turn it is and whose is next"


def test_in_warwickshire_a_chair_is_spoken_of(rows: Rows) -> None:
    """The page repeats an aim of the guidance: it shows nobody who holds the chair."""
    (row,) = rows(NAME, area="warwickshire")
    assert row["chaired"] == "spoken of; no post is shown to hold the chair"
    assert row["words"].startswith("Introduce a Partnership Chair")
    assert (row["standing"], row["post"]) == ("guidance restated", None)


def test_sussex_does_not_speak_of_a_chair(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton", "Warwickshire"}
    assert rows(NAME, area="west-sussex") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []


@pytest.fixture
def asked(exampleshire: Exampleshire, resources: Resources) -> Asked:
    """Ask of a document of the invented area."""
    question = find_question(list_questions(resources), NAME)

    def ask(*parts: str) -> list[dict[str, Any]]:
        store = exampleshire.store(exampleshire.document(*parts))
        given = {"area": "exampleshire"}
        found: list[dict[str, Any]] = answer(
            question, given, store, date(2026, 1, 1), "test"
        ).as_json()["rows"]
        return found

    return ask


def chair(name: str, *, of: str = "partnership:exampleshire", role: str = "PartnershipChair",
          post: str = "", label: str = "") -> str:  # fmt: skip
    """An appointment to a chair; of a post of its own where none is named."""
    stated = f'masa:statedRoleLabel "{label}"@en ;' if label else ""
    own = f"""
        post:{name} a org:Post ;
            skos:prefLabel "{name}"@en ;
            org:postIn organisation:exampleshire-police .
    """
    return f"""
        {"" if post else own}
        appointment:{name} a masa:Appointment ;
            org:organization {of} ;
            org:member post:{post or name} ;
            org:role masa:{role} ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:PostOnly ; {stated}
            masa:roleMapping masa:StatedRole .
    """


def test_a_delegated_partner_chairs(asked: Asked, exampleshire: Exampleshire) -> None:
    delegate = exampleshire.seat("superintendent", role="DelegatedSafeguardingPartner")
    (row,) = asked(delegate, chair("chairs", post="superintendent"))
    assert row["chaired"] == "by one post, that of a delegated partner"
    assert (row["employer"], row["holder"]) == ("Exampleshire Police", "post only")


def test_an_independent_chair_is_one_by_its_name(asked: Asked) -> None:
    (row,) = asked(chair("outsider", label="Independent Chair"))
    assert row["chaired"] == "by one post, called independent"


def test_since_when_a_chair_is_in_post(asked: Asked) -> None:
    since = chair("first").replace(
        "masa:roleMapping", 'masa:validFrom "2024-05-01"^^xsd:date ; masa:roleMapping'
    )
    (row,) = asked(since)
    assert (row["since"], row["not_told"] or None) == ("2024-05-01", None)
    (row,) = asked(chair("first"))
    assert (row["since"], row["not_told"]) == (None, "since when")


def test_chairs_who_share_the_chair(asked: Asked) -> None:
    found = asked(chair("first"), chair("second"))
    assert {row["chaired"] for row in found} == {
        "by several posts, this one not shown to be a delegated partner's"
    }
    assert [row["post"] for row in found] == ["first", "second"]


def test_the_executives_chair_counts_and_a_sub_groups_does_not(asked: Asked) -> None:
    bodies = """
        body:executive a masa:Body ; skos:prefLabel "The executive"@en ;
            org:classification masa:Executive ; org:subOrganizationOf partnership:exampleshire .
        body:group a masa:Body ; skos:prefLabel "A group"@en ;
            org:classification masa:SubGroup ; org:subOrganizationOf partnership:exampleshire .
    """
    found = asked(
        bodies,
        chair("above", of="body:executive", role="Chair"),
        chair("below", of="body:group", role="Chair"),
    )
    assert [row["body"] for row in found] == ["The executive"]


def test_words_alone_are_told_only_where_no_chair_is_shown(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    words = exampleshire.statement(
        "a-chair", standing="CommitmentOnly", partly=["wt2023-partnership-chair"]
    )
    (row,) = asked(words)
    assert (row["words"], row["standing"]) == ("words on a-chair", "commitment only")
    (row,) = asked(words, chair("named"))
    assert row["post"] == "named"
