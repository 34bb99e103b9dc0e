"""links-to-other-boards: lines to boards and committees outside the partnership."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "links-to-other-boards"
PARTNERSHIP = "Sefton Safeguarding Children Partnership"
SCRUTINY = "Independent scrutiny in Sefton, by an independent scrutineer"


def test_seftons_lines_out(rows: Rows) -> None:
    """Lines among the partnership's own groups are not here."""
    found = {(r["line"], r["from"], r["board"]) for r in rows(NAME, area="sefton")}
    assert found == {
        ("linked to", PARTNERSHIP, "Children and Young People's Partnership Board"),
        ("linked to", PARTNERSHIP, "Sefton Health & Wellbeing Board"),
        ("linked to", PARTNERSHIP, "Sefton Safeguarding Adults Board"),
        ("linked to", "Learning and Development sub-group",
         "pan Merseyside Workforce Development committee"),
        ("reports to", SCRUTINY, "Improvement Board"),
        ("reports to", SCRUTINY, "Overview & Scrutiny Committee"),
        ("reports to", SCRUTINY, "SLG"),
        ("reports to", SCRUTINY, "Sefton Health & Wellbeing Board"),
    }  # fmt: skip


def test_a_board_that_its_name_does_not_place_has_no_kind(rows: Rows) -> None:
    kinds = {r["board"]: r["kind"] for r in rows(NAME)}
    assert kinds["SLG"] is None
    assert kinds["Overview & Scrutiny Committee"] == "committee"


def test_no_other_document_states_such_a_line(rows: Rows) -> None:
    assert {r["area_name"] for r in rows(NAME)} == {"Sefton"}
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
