"""meetings-of-bodies: how often bodies meet, apart from how often they report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "meetings-of-bodies"
TOP = "Strategic Leadership Team"


def test_one_of_seven_bodies_has_stated_meetings(rows: Rows) -> None:
    found = {r["body"]: r for r in rows(NAME, area="sefton")}
    assert len(found) == 7
    assert [b for b, r in found.items() if r["frequency_stated"] == "meetings"] == [TOP]
    meets = found[TOP]["meets"].split(" / ")
    assert {m.partition(" (")[0] for m in meets} == {"bi-monthly", "twice per year", "annual"}
    assert found[TOP]["words"]


def test_a_frequency_of_reports_is_none_of_meetings(rows: Rows) -> None:
    others = [r for r in rows(NAME, area="sefton") if r["body"] != TOP]
    assert {(r["frequency_stated"], r["meets"]) for r in others} == {("reports only", None)}
    assert all("quarterly" in r["reports"] for r in others)
    assert {r["words"] for r in others} == {None}


def test_who_only_has_posts_is_no_body_that_meets(rows: Rows) -> None:
    assert "Business Unit" not in {r["body"] for r in rows(NAME)}


def test_areas_whose_documents_show_no_body(rows: Rows) -> None:
    assert rows(NAME, area="warwickshire") == []
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="sefton", as_at="2021-10-30") == []
