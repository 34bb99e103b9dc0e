"""sources-that-differ: statements that cannot both hold.

Whether the council's function is delegated to its director (the key has three statements): two
of one document differ, and each is told. The third, in a document of 2024, is no conflict with
these but what settles it: the rows name that document, and seats-by-document tells what it says.
On the health partner of 2024 two documents
differ, as the key says. Which of them fits the Act is not for this question to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "sources-that-differ"
TO_DIRECTOR = "delegated to the Director of Children's Services (DCS)"
MAYBE_LATER = "Sefton Council CEO (which may be later delegated to the DCS)"
SYSTEM = "Integrated Care System (replacing CCG) operating in the Sefton area"
BOARD = "Integrated Care Board (ICB) for NHS Cheshire & Merseyside"


def test_two_places_of_one_document(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["in_document"] == r["document"]]
    assert {(r["words"], r["differs_from"], r["document"]) for r in found} == {
        (TO_DIRECTOR, MAYBE_LATER, "sefton-arrangements-2021"),
        (MAYBE_LATER, TO_DIRECTOR, "sefton-arrangements-2021"),
    }
    assert len({r["section"] for r in found}) == 2


def test_two_documents(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["in_document"] != r["document"]]
    assert [(r["words"], r["document"], r["dated"], r["date_is"]) for r in found] == [
        (SYSTEM, "sefton-council-2024", "2024-04-04", "issued"),
        (BOARD, "sefton-procedures-2024", "2024-05-19", "captured"),
    ]
    assert [r["differs_from"] for r in found] == [BOARD, SYSTEM]


def test_the_duties_that_they_touch(rows: Rows) -> None:
    for row in rows(NAME):
        both = set(row["both_touch"].split(", "))
        assert both <= set(row["duties"].split(", "))
    health = next(r for r in rows(NAME) if r["words"] == BOARD)
    assert "wt2018-pub-partners-boundaries" in health["both_touch"].split(", ")


def test_the_two_of_a_pair_stand_together(rows: Rows) -> None:
    found = rows(NAME)
    assert len(found) == 4
    for one, other in zip(found[::2], found[1::2], strict=True):
        assert (one["words"], one["differs_from"]) == (other["differs_from"], other["words"])


def test_a_newer_document_that_speaks_of_the_same_seat_settles_it(rows: Rows) -> None:
    found = {r["words"]: r["settled_by"] for r in rows(NAME)}
    assert found[TO_DIRECTOR] == found[MAYBE_LATER] == "sefton-procedures-2024"
    assert not found[BOARD]
    assert not found[SYSTEM]
    before = rows(NAME, as_at="2024-05-18")
    assert len(before) == 2
    assert not any(r["settled_by"] for r in before)


@pytest.mark.parametrize(
    ("as_at", "count"), [("2021-10-30", 0), ("2021-10-31", 2), ("2024-05-18", 2), ("2024-05-19", 4)]
)
def test_both_must_be_in_view(rows: Rows, as_at: str, count: int) -> None:
    assert len(rows(NAME, area="sefton", as_at=as_at)) == count


def test_an_area_without_a_document_has_no_rows(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
