"""ultimately-accountable: lines that a document states, up to the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "ultimately-accountable"
FORUM, TOP = "Sefton Safeguarding Forum", "Strategic Leadership Team"


def test_seftons_groups_answer_to_the_forum_and_through_it_to_the_top(rows: Rows) -> None:
    found = {
        (r["body_name"], r["accountable_to"], r["directly"], r["at_the_top"])
        for r in rows(NAME, area="sefton")
    }
    groups = {
        "Contextual Safeguarding sub-group",
        "Learning and Development sub-group",
        "Performance, Quality Assurance and Data Sub-group",
        "Practice Model Group",
        "Practice Review Group",
    }
    expected = {(group, FORUM, True, False) for group in groups}
    expected |= {(group, TOP, False, True) for group in groups}
    assert found == expected | {(FORUM, TOP, True, True)}


def test_one_body(rows: Rows) -> None:
    found = rows(NAME, body="sefton/practice-review-group")
    assert [(r["accountable_to"], r["directly"]) for r in found] == [(FORUM, True), (TOP, False)]
    assert rows(NAME, body="practice-review-group") == found


def test_the_top_answers_to_nobody_that_is_held(rows: Rows) -> None:
    assert rows(NAME, body="sefton/strategic-leadership-team") == []


def test_a_body_that_only_reports_is_not_told_as_accountable(rows: Rows) -> None:
    """Reporting is another fact: the letters SLG, which receive reports, are nobody's master."""
    assert "SLG" not in {r["accountable_to"] for r in rows(NAME)}
