"""areas-alike: areas that share a force, a board, a region or a partnership, by the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "areas-alike"
FORCE, BOARD = "one force: ", "one board: "


@pytest.mark.parametrize("area", ["sefton", "warwickshire", "west-sussex"])
@pytest.mark.parametrize("as_at", ["2020-01-01", "2024-06-01"])
def test_forces_and_boards_are_those_that_areas_sharing_tells(
    rows: Rows, area: str, as_at: str
) -> None:
    sharing: dict[str, set[str]] = {}
    for row in rows("areas-sharing", area=area, as_at=as_at):
        head = FORCE if row["partner"] == "police" else BOARD
        sharing.setdefault(row["shared_with"], set()).add(head + row["organisation"])
    found = {
        r["other_area"]: {
            thing for thing in r["alike_in"].split("; ") if thing.startswith((FORCE, BOARD))
        }
        for r in rows(NAME, area=area, as_at=as_at)
    }
    assert {other: things for other, things in found.items() if things} == sharing


def test_sefton_and_its_neighbours(rows: Rows) -> None:
    found = {r["other_area"]: r["alike_in"].split("; ") for r in rows(NAME, area="sefton")}
    assert found["Liverpool"] == [
        "one force: Merseyside Police",
        "one board: NHS Cheshire and Merseyside Integrated Care Board",
        "one region: North West",
        "the same kind of council: metropolitan district",
    ]
    assert found["Lancashire"] == ["one region: North West"]
    assert "Sefton" not in found
    # One more kind of council in another region makes no row.
    assert "Gateshead" not in found
    assert list(found) == sorted(found)


def test_partnerships_that_were_seen(rows: Rows) -> None:
    """A page shows Cambridgeshire and Peterborough in one partnership, since May 2019."""
    shared = (
        "one partnership: Cambridgeshire and Peterborough Safeguarding Children Partnership Board"
    )

    def alike(as_at: str) -> str:
        found = rows(NAME, area="peterborough", as_at=as_at)
        (row,) = [r for r in found if r["other_area"] == "Cambridgeshire"]
        said: str = row["alike_in"]
        return said

    assert shared in alike("2024-06-01")
    assert shared not in alike("2019-04-30")
    assert "both in a joint partnership" in alike("2024-06-01")


def test_documents_size_and_what_is_not_held(rows: Rows) -> None:
    found = {r["other_area"]: r for r in rows(NAME, area="west-sussex")}
    assert found["East Sussex"]["documents_held"] == "sussex-procedures-2024"
    assert found["Kent"]["documents_held"] is None
    sefton = rows(NAME, area="sefton")
    assert {r["small_areas"] for r in sefton} == {191}
    (liverpool,) = [r for r in sefton if r["other_area"] == "Liverpool"]
    assert liverpool["its_small_areas"] == 302
    assert {"Numbers of children" in r["not_told"] for r in sefton} == {True}


def test_without_an_area_it_is_of_every_area(rows: Rows) -> None:
    every = rows(NAME)
    assert len({row["area_name"] for row in every}) == 153
    one = [{k: v for k, v in row.items() if k != "area"} for row in every
           if row["area_name"] == "Sefton"]  # fmt: skip
    told = [{k: v for k, v in row.items() if k != "area"} for row in rows(NAME, area="sefton")]
    assert [row["other_area"] for row in one] == [row["other_area"] for row in told]
    assert [row["alike_in"] for row in one] == [row["alike_in"] for row in told]
