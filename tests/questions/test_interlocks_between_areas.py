"""interlocks-between-areas: forces and boards of several areas, by the national registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "interlocks-between-areas"


def test_one_force_and_one_board_join_sefton_to_others(rows: Rows) -> None:
    found = {row["partner"]: row for row in rows(NAME, area="sefton")}
    assert set(found) == {"health", "police"}
    assert found["police"]["shared_with"] == "Knowsley; Liverpool; St. Helens; Wirral"
    assert (found["police"]["others"], found["health"]["others"]) == (4, 8)


def test_before_the_boards_there_was_the_force_alone(rows: Rows) -> None:
    assert [row["partner"] for row in rows(NAME, area="sefton", as_at="2022-01-01")] == ["police"]


def test_the_others_are_those_of_areas_sharing(rows: Rows) -> None:
    pairs = {
        (row["area_name"], row["shared"], other)
        for row in rows(NAME)
        if row["partner"] != "post"
        for other in row["shared_with"].split("; ")
    }
    assert pairs == {
        (row["area_name"], row["organisation"], row["shared_with"]) for row in rows("areas-sharing")
    }
