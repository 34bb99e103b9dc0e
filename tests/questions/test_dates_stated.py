"""dates-stated: the dates that documents state, as far as they state them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "dates-stated"


def test_one_day_of_effect_and_four_other_dates_in_sefton(rows: Rows) -> None:
    found = rows(NAME, area="sefton")
    assert [(r["kind"], r["date"], r["precision"]) for r in found] == [
        ("event", "2019", "year"),
        ("event", "2021-07", "month"),
        ("event", "2021-09", "month"),
        ("event", "2021-10-01", "day"),
        ("in effect", "2021-10-31", "day"),
    ]
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}
    assert "came into effect" in found[-1]["words"]


def test_a_promise_stands_with_its_event(rows: Rows) -> None:
    (reserve,) = [r for r in rows(NAME, area="sefton") if r["date"] == "2021-10-01"]
    assert reserve["standing"] == "commitment only"
    assert "reserve will be transferred" in reserve["words"]
    assert "Thirty days before" in reserve["remark"]


def test_reviews(rows: Rows) -> None:
    found = rows(NAME, area="east-sussex")
    assert [(r["kind"], r["date"], r["precision"]) for r in found] == [
        ("event", "2024-10", "month"),
        ("review due", "2026-10", "month"),
    ]
    assert all("October 2026" in r["words"] for r in found)


def test_areas_whose_documents_state_none(rows: Rows) -> None:
    assert rows(NAME, area="warwickshire") == []
    assert rows(NAME, area="kent") == []
