"""areas-sharing: which areas share a force or a board with an area."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows


def test_warwickshire_shares_a_board_and_no_force(rows: Rows) -> None:
    found = rows("areas-sharing", area="warwickshire", as_at="2024-06-01")
    assert [(r["partner"], r["shared_with"]) for r in found] == [("health", "Coventry")]


def test_merseyside(rows: Rows) -> None:
    found = rows("areas-sharing", area="sefton", as_at="2021-12-01")
    assert {r["partner"] for r in found} == {"police"}
    assert [r["shared_with"] for r in found] == ["Knowsley", "Liverpool", "St. Helens", "Wirral"]


def test_a_new_board_brings_new_neighbours(rows: Rows) -> None:
    def boards(as_at: str) -> set[str]:
        found = rows("areas-sharing", area="east-sussex", as_at=as_at)
        return {r["shared_with"] for r in found if r["partner"] == "health"}

    assert boards("2026-03-31") == {"Brighton and Hove", "West Sussex"}
    assert boards("2026-04-01") == {"Brighton and Hove", "Surrey", "West Sussex"}
