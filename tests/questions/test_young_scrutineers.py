"""young-scrutineers: models of scrutiny, and whether young people scrutinise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Exampleshire
    from tests.questions.conftest import Asked, Rows

NAME = "young-scrutineers"


def test_one_model_and_no_young_scrutineers(rows: Rows) -> None:
    """Children are heard in Sefton, by the arrangements of 2021; they do not scrutinise."""
    found = {r["area_name"]: r for r in rows(NAME)}
    assert len(found) == 153
    assert (
        found["Sefton"]["model"] == "Independent scrutiny in Sefton, by an independent scrutineer"
    )
    assert found["Sefton"]["young_scrutineers"] == "not found in the text held"
    assert found["Warwickshire"]["model"] == "not found in the text held"
    assert found["Kent"]["model"] == found["Kent"]["young_scrutineers"] == "no document held"
    counts = {(r["areas_with_a_document"], r["areas"]) for r in found.values()}
    assert counts == {(5, 153)}


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("a team of Young Scrutineers", "spoken of"),
        ("the young people's scrutiny group", "spoken of"),
        ("peer scrutiny by another area", "spoken of"),
        ("young people are heard by the scrutineer", "not found in the text held"),
    ],
)
def test_words_that_speak_of_them(
    asked: Asked, exampleshire: Exampleshire, phrase: str, told: str
) -> None:
    words = exampleshire.statement("one").replace("words on one", phrase)
    (row,) = asked(NAME, exampleshire.document(words))
    assert row["young_scrutineers"] == told
    assert (row["words"] or None) == (phrase if told == "spoken of" else None)


def test_a_post_that_says_so(asked: Asked, exampleshire: Exampleshire) -> None:
    seat = exampleshire.seat("young", role="IndependentScrutineer", head=False)
    document = exampleshire.document(seat.replace("Holder of young", "Youth Inspector"))
    (row,) = asked(NAME, document)
    assert (row["young_scrutineers"], row["words"]) == ("spoken of", "Youth Inspector")
