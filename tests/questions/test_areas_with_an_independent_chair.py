"""areas-with-an-independent-chair: how the chair is held, area by area, with denominators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "areas-with-an-independent-chair"


def chair(name: str, label: str = "Chair", more: str = "", employer: str = "") -> str:
    """An appointment to the chair of the partnership, of a post of its own."""
    post_in = f"org:postIn organisation:{employer} ;" if employer else ""
    return f"""
        post:{name} a org:Post ; {post_in} skos:prefLabel "{name}"@en .
        appointment:chair-{name} a masa:Appointment ;
            org:organization partnership:exampleshire ;
            org:member post:{name} ;
            org:role masa:PartnershipChair ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:Named ;
            masa:statedRoleLabel "{label}"@en ; {more}
            masa:roleMapping masa:StatedRole .
    """


ROTATES = """
    <https://w3id.org/masagraph/id/rotation/exampleshire/one> a masa:RotationRule ;
        masa:inArrangement arrangement:exampleshire ;
        masa:rotationOf partnership:exampleshire .
"""


def test_what_is_known_of_each_area(rows: Rows) -> None:
    """Sefton's executive is chaired in turn; Warwickshire's page repeats that a chair is to be."""
    found = rows(NAME, as_at="2024-12-31")
    told = {r["area_name"]: r["told"] for r in found}
    assert len(found) == len(told) == 153
    assert told["Sefton"] == "the chair rotates"
    assert told["Warwickshire"] == "spoken of, no chair shown"
    standing = {r["area_name"]: (r["standing"], r["document"]) for r in found}
    assert standing["Sefton"] == ("local arrangement", "sefton-arrangements-2021")
    assert standing["Warwickshire"] == ("guidance restated", "warwickshire-masa")
    assert standing["West Sussex"] == (None, None)
    assert told["East Sussex"] == told["West Sussex"] == "not found in the text held"
    assert told["Kent"] == "no document held"
    assert list(told.values()).count("no document held") == 148
    assert {(r["areas_with_a_document"], r["areas"]) for r in found} == {(5, 153)}


def test_documents_are_counted_as_on_the_date(rows: Rows) -> None:
    (row,) = rows(NAME, area="sefton", as_at="2022-01-01")
    assert (row["documents_read"], row["areas_with_a_document"]) == (1, 1)
    (row,) = rows(NAME, area="sefton", as_at="2020-01-01")
    assert (row["told"], row["documents_read"]) == ("no document held", None)


@pytest.mark.parametrize(
    ("label", "employer", "told"),
    [
        ("Independent Chair", "", "called independent"),
        ("Chair", "", "not called independent, and not shown to be of a partner"),
        ("Chair", "exampleshire-police", "an officer of a partner"),
        (
            "Chair",
            "exampleshire-council",
            "not called independent, and not shown to be of a partner",
        ),
    ],
)
def test_how_a_chair_is_told(
    asked: Asked, exampleshire: Exampleshire, label: str, employer: str, told: str
) -> None:
    """The council fills no slot by this document, so its officer is not shown to be a partner's."""
    filled = "slot:police masa:filledBy organisation:exampleshire-police ."
    document = exampleshire.document(filled, chair("someone", label, employer=employer))
    (row,) = asked(NAME, document)
    assert (row["told"], row["post"]) == (told, "someone")


def test_a_chair_that_newly_rotates_takes_the_place_of_an_old_one(
    asked: Asked, exampleshire: Exampleshire
) -> None:
    old = exampleshire.document(chair("someone", "Independent Chair"), since="2022-01-01")
    new = exampleshire.document(ROTATES, name="newer", since="2024-01-01")
    for as_at, told in (("2023-12-31", "called independent"), ("2024-01-01", "the chair rotates")):
        (row,) = asked(NAME, old, new, as_at=as_at)
        assert row["told"] == told
