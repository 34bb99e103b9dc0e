"""scrutiny-reports-to: to whom independent scrutiny reports, and who sets its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "scrutiny-reports-to"


def test_five_recipients_in_sefton(rows: Rows) -> None:
    """SLG is held apart from the Strategic Leadership Team: the text does not expand it."""
    found = rows(NAME, area="sefton", as_at="2022-01-01")
    assert {r["reports_to"] for r in found} == {
        "SLG",
        "Sefton Health & Wellbeing Board",
        "Overview & Scrutiny Committee",
        "Strategic Leadership Team",
        "Improvement Board",
    }
    assert len(found) == 5
    assert {r["line"] for r in found} == {"reports to"}


def test_in_what_form(rows: Rows) -> None:
    found = {r["reports_to"]: r for r in rows(NAME, area="sefton")}
    top = found["Strategic Leadership Team"]
    assert "Formal recommendations" in top["remark"]
    assert "Make formal recommendations to the Strategic Leadership Team" in top["words"]
    assert len(top["words"].split(" / ")) == 2
    assert "Provide written reports" in found["SLG"]["words"]


def test_how_often_it_reports_is_not_stated_though_scrutiny_is_yearly(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert {r["how_often"] for r in found} == {None}
    assert {r["scrutiny_takes_place"] for r in found} == {"at least annually"}


def test_who_sets_the_scope(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert {r["scope_set_by"] for r in found} == {"Sefton Safeguarding Children Partnership"}
    (adviser,) = {r["scope_advised_by"] for r in found}
    assert "Forum" in adviser


@pytest.mark.parametrize("area", ["warwickshire", "west-sussex", "kent"])
def test_areas_that_only_presuppose_or_restate_it_have_no_row(rows: Rows, area: str) -> None:
    assert rows(NAME, area=area) == []


def test_before_the_document(rows: Rows) -> None:
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
