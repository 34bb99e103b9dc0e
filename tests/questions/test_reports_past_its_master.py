"""reports-past-its-master: reports that pass over the body one answers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.questions.conftest import Rows

NAME = "reports-past-its-master"
FORUM, TOP = "Sefton Safeguarding Forum", "Strategic Leadership Team"
PARTNERS = "Sefton Safeguarding Children Partnership"


def test_two_groups_report_past_the_forum_to_the_partners_themselves(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["reports_to"] == PARTNERS]
    assert [(r["body"], r["accountable_to"], r["how_often"]) for r in found] == [
        ("Performance, Quality Assurance and Data Sub-group", FORUM, None),
        ("Practice Review Group", FORUM, "bi-monthly"),
    ]


def test_every_groups_reports_to_the_top_pass_the_forum_too(rows: Rows) -> None:
    found = [r for r in rows(NAME, area="sefton") if r["reports_to"] == TOP]
    assert len(found) == 5
    assert {r["how_often"] for r in found} == {"at least quarterly"}
    assert {r["document"] for r in found} == {"sefton-arrangements-2021"}


def test_a_report_to_ones_own_master_is_not_told(rows: Rows) -> None:
    assert FORUM not in {r["reports_to"] for r in rows(NAME)}
    assert FORUM not in {r["body"] for r in rows(NAME)}


def test_an_area_without_lines(rows: Rows) -> None:
    assert rows(NAME, area="kent") == []
    assert rows(NAME, area="warwickshire") == []
