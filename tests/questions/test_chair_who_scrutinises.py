"""chair-who-scrutinises: whether one post or one office holder does both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "chair-who-scrutinises"


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

HOLDER = "masa:holder <https://w3id.org/masagraph/id/holder/exampleshire/e1> ;"


def scrutineer(post: str, more: str = "") -> str:
    """An appointment of a post as independent scrutineer."""
    return f"""
        post:{post} a org:Post ; skos:prefLabel "{post}"@en .
        appointment:scrutineer a masa:Appointment ;
            org:organization partnership:exampleshire ;
            org:member post:{post} ;
            org:role masa:IndependentScrutineer ;
            masa:inArrangement arrangement:exampleshire ;
            masa:holderStatus masa:Named ; {more}
            masa:roleMapping masa:StatedRole .
    """


def test_what_is_known_of_each_area(rows: Rows) -> None:
    """Only the arrangements of Sefton of 2021 show both: a chair in turn, and a scrutineer."""
    found = rows(NAME)
    told = {r["area_name"]: r["told"] for r in found}
    assert len(found) == len(told) == 153
    assert told["Sefton"] == "no one post holds the chair, which rotates"
    neither = "cannot be told: neither a chair nor a scrutineer found in the text held"
    assert told["Warwickshire"] == told["East Sussex"] == neither
    assert told["Kent"] == "no document held"
    assert {(r["areas_with_a_document"], r["areas"]) for r in found} == {(5, 153)}
    (sefton,) = rows(NAME, area="sefton")
    assert sefton["chair_document"] == sefton["scrutineer_document"] == "sefton-arrangements-2021"


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((chair("one"), scrutineer("one")), "yes: one post does both"),
        (
            (chair("one", more=HOLDER), scrutineer("two", HOLDER)),
            "yes: one office holder does both",
        ),
        (
            (chair("one", more=HOLDER), scrutineer("two", HOLDER.replace("e1", "e2"))),
            "no: two office holders",
        ),
        (
            (chair("one"), scrutineer("two")),
            "two posts; whether one person holds both is not known",
        ),
        ((ROTATES, scrutineer("two")), "no one post holds the chair, which rotates"),
        ((chair("one"),), "cannot be told: no scrutineer found in the text held"),
        ((scrutineer("two"),), "cannot be told: no chair found in the text held"),
    ],
)
def test_what_two_seats_show(
    asked: Asked, exampleshire: Exampleshire, parts: tuple[str, ...], told: str
) -> None:
    (row,) = asked(NAME, exampleshire.document(*parts))
    assert row["told"] == told
