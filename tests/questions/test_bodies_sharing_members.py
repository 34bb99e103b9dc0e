"""bodies-sharing-members: posts that membership tables list on two bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "bodies-sharing-members"


def test_six_bodies_of_sefton_all_share_a_post(rows: Rows) -> None:
    """The chief inspector and the nurse sit on several; the leaders sit on their team alone."""
    found = rows(NAME, area="sefton")
    assert len(found) == 15
    bodies = {row["body"] for row in found} | {row["other"] for row in found}
    assert len(bodies) == 6
    assert "Strategic Leadership Team" not in bodies
    for row in found:
        assert 0 < row["shared"] <= row["together"]
        assert row["overlap"] == round(row["shared"] / row["together"] + 1e-9, 2)


def test_areas_whose_documents_list_no_members(rows: Rows) -> None:
    assert {row["area_name"] for row in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
