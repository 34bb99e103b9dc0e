"""voice-to-decision: words on children's views, and the lines of a body that they show.

In Sefton's text of 2021, twelve phrases are local, one is a commitment and three restate guidance.
They show the forum, which answers to the leadership team, the scrutineer, who reports to five, and
the children in care council, from which no line is stated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "voice-to-decision"


def test_routes_that_the_words_show(rows: Rows) -> None:
    named = {r["body_shown"]: r for r in rows(NAME, area="sefton") if r["body_shown"]}
    assert set(named) == {
        "Independent scrutiny in Sefton, by an independent scrutineer",
        "Sefton Children in Care Council",
        "Sefton Safeguarding Forum",
    }
    forum = named["Sefton Safeguarding Forum"]
    assert forum["leads_on_to"] == (
        "accountable to Strategic Leadership Team; reports to Strategic Leadership Team"
    )
    assert forum["not_told"] is None
    council = named["Sefton Children in Care Council"]
    assert council["leads_on_to"] is None
    assert council["not_told"] == "No line from this body was found in the text held"


def test_the_scrutineer_reports_to_those_that_scrutiny_reports_to_tells(rows: Rows) -> None:
    (row,) = [r for r in rows(NAME, area="sefton") if "scrutineer" in (r["body_shown"] or "")]
    told = {f"{r['line']} {r['reports_to']}" for r in rows("scrutiny-reports-to", area="sefton")}
    assert set(row["leads_on_to"].split("; ")) == told
    assert len(told) == 5


def test_words_without_a_body_show_no_route(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["words"] and not r["body_shown"]]
    assert len(found) == 13
    assert {r["not_told"] for r in found} == {
        "The words show no body, so no route can be drawn from them"
    }


def test_elsewhere_the_guidance_is_repeated_or_nothing_is_found(rows: Rows) -> None:
    others = [r for r in rows(NAME) if r["area_name"] != "Sefton"]
    assert [r["standing"] for r in others] == ["guidance restated"] * 4
    silent = [r["document"] for r in rows(NAME) if not r["words"]]
    assert silent == ["sefton-council-2024", "sefton-procedures-2024"]
    assert rows(NAME, area="kent") == []
